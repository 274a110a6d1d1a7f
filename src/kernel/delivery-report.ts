import { blameOf } from './mail-refusal.js';

/** What a mail server reports about one recipient (RFC 3464, 2.3). */
export interface ReportedOutcome {
  /** The address it was sent to, and the forwarding address if different; in lower case. */
  recipients: string[];
  action: string;
  /** For example 5.1.1 (RFC 3463); null if none. */
  status: string | null;
  words: string;
}

/** A delivery status notification: which e-mails it may concern, and what happened to them. */
export interface DeliveryReport {
  messageIds: string[];
  outcomes: ReportedOutcome[];
}

const fieldsOf = (group: string): Map<string, string> =>
  new Map(
    [...group.matchAll(/^([\w-]+):(.*)$/gm)].map(([, name, value]) => [name!.toLowerCase(), value!.trim()]),
  );

/** The value after the type: `rfc822;<anne@example.fr>`. */
const behindType = (value: string | undefined): string => (value ?? '').replace(/^[\w-]+\s*;\s*/, '').trim();
const addressIn = (value: string | undefined): string =>
  behindType(value)
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase();

/**
 * Parses the outcomes in a `message/delivery-status`: its first group concerns the message, each other one a
 * recipient.
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
 * What to do: nothing if `arrived`; `delayed` is recorded; `lost`: this e-mail did not arrive; `gone`: no
 * other will either.
 */
export type Consequence = 'arrived' | 'delayed' | 'lost' | 'gone';

export function consequenceOf({ action, status, words }: ReportedOutcome): Consequence {
  if (action === 'delayed') return 'delayed';
  if (action !== 'failed') return 'arrived';
  // A server that gave up after days still reports 4: it never learnt that the address does not exist.
  return status?.startsWith('5') && blameOf(status, words, 'recipient') === 'address' ? 'gone' : 'lost';
}
