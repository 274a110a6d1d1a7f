import type { CallContent } from '../../../calls/domain/call-content.js';
import { translateTo } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { type Because, CALLS_ALONE, type Message } from '../content/message.js';

const PREFIX = 'whsec_';

/** Returns a signing secret in the format of Standard Webhooks, from 24 to 64 random bytes. */
export const signingSecret = (bytes: Buffer): string => `${PREFIX}${bytes.toString('base64')}`;

export const signingKey = (secret: string): Buffer =>
  Buffer.from(secret.slice(secret.startsWith(PREFIX) ? PREFIX.length : 0), 'base64');

/** A call that nobody can apply to: everything that could be taken for real is missing. */
const inventedCall = (language: Language, url: string): CallContent => ({
  dataSource: 'test',
  reference: 'TEST',
  language,
  title: translateTo(language)('message.test.title'),
  kind: 'grant',
  identifier: null,
  callIdentifier: null,
  callTitle: null,
  programme: null,
  divisions: [],
  typesOfAction: [],
  sourceStatus: 'open',
  opensAt: null,
  deadlineModel: null,
  deadlines: [],
  budget: null,
  destination: null,
  keywords: [],
  sections: [{ kind: 'summary', title: '', text: translateTo(language)('message.test.text') }],
  url,
  alsoAt: [],
  trl: null,
});

/** Who a test message is for, and the links of every message to them. */
interface TestFor {
  id: string;
  callId: string;
  language: Language;
  follows: Because[];
  publicUrl: string;
  settingsUrl: string;
  unsubscribeUrl: string;
  now: Date;
}

/**
 * Returns the message that tests an address: a normal one with a single call, which first says that it is
 * invented.
 */
export function testMessage({
  id,
  callId,
  language,
  follows,
  publicUrl,
  settingsUrl,
  unsubscribeUrl,
  now,
}: TestFor): Message {
  const item = {
    callId,
    version: 1,
    call: inventedCall(language, publicUrl),
    summary: null,
    total: 'topic' as const,
    match: null,
    profiles: [],
    because: follows,
    binding: [],
    changes: [],
    baseline: false,
    urgency: null,
    pageUrl: publicUrl,
  };
  return {
    kind: 'first',
    id,
    language,
    name: null,
    follows,
    items: [item],
    ...CALLS_ALONE,
    more: 0,
    held: 0,
    dailyLimit: 0,
    next: null,
    sources: [],
    inboxUrl: null,
    hasInbox: false,
    settingsUrl,
    unsubscribeUrl,
    decideUrl: null,
    sample: true,
    now,
  };
}
