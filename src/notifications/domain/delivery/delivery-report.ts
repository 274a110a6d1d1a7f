import { blamesAddress } from './refusal.js';

/** What a mail server says of one recipient (RFC 3464, 2.3). */
export interface ReportedOutcome {
  /** Whom it was sent to, and where it went from there where that is another address; in small letters. */
  recipients: string[];
  action: string;
  /** As 5.1.1 (RFC 3463); null where it says none. */
  status: string | null;
  words: string;
}

/** A delivery status notification: of which mails it may speak, and what became of them. */
export interface DeliveryReport {
  messageIds: string[];
  outcomes: ReportedOutcome[];
}

const fieldsOf = (group: string): Map<string, string> =>
  new Map(
    [...group.matchAll(/^([\w-]+):[ \t]*(.*)$/gm)].map(([, name, value]) => [
      name!.toLowerCase(),
      value!.trim(),
    ]),
  );

/** What stands behind the type: `rfc822;<anne@example.fr>`. */
const behindType = (value: string | undefined): string => (value ?? '').replace(/^[\w-]+\s*;\s*/, '').trim();
const addressIn = (value: string | undefined): string =>
  behindType(value)
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase();

/**
 * The outcomes in the text of a `message/delivery-status`: its first group speaks of the message, each other
 * of one recipient.
 */
export function outcomesIn(text: string): ReportedOutcome[] {
  const groups = text
    .replace(/\r\n/g, '\n')
    .replace(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n\s*\n/)
    .map(fieldsOf);
  return groups
    .filter((fields) => fields.has('final-recipient'))
    .map((fields) => ({
      recipients: [
        addressIn(fields.get('original-recipient')),
        addressIn(fields.get('final-recipient')),
      ].filter(Boolean),
      action: (fields.get('action') ?? '').toLowerCase(),
      status: /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? null,
      words: behindType(fields.get('diagnostic-code')),
    }));
}

/**
 * What is to be done: `arrived` nothing; `delayed` is noted; `lost` means that this mail did not arrive,
 * `gone` that no other will.
 */
export type Consequence = 'arrived' | 'delayed' | 'lost' | 'gone';

export function consequenceOf({ action, status, words }: ReportedOutcome): Consequence {
  if (action === 'delayed') return 'delayed';
  if (action !== 'failed') return 'arrived';
  // A server that gave up after days says 4 still: it never learnt that there is nobody.
  return status?.startsWith('5') && blamesAddress(status, words) ? 'gone' : 'lost';
}
