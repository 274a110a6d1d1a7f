import { z } from 'zod';

import type { Clock, Fetcher, Mailer } from '../../../kernel/ports.js';
import type { Message } from '../../../i18n/message.js';
import { MessageTexts } from '../../../kernel/language.js';
import type { Message as Notification, Rendered } from '../content/message.js';

/** A message ready to be sent, as stored in the outbox; identical at each try. */
export interface Outgoing {
  /** The Message-ID (without angle brackets) or webhook-id; the same at every try. */
  id: string;
  to: { name: string | null; address: string };
  /** The signing secrets, newest first, if the channel signs. */
  secrets: string[];
  rendered: Rendered;
  /** Ids of its thread; empty if it has none. */
  threads: string[];
  unsubscribeUrl: string;
}

/** What a channel may use of the outside world. */
export interface Outside {
  mailer: Mailer;
  /** The outgoing gate for deliveries: no redirects, no robots.txt. */
  fetcher: Fetcher;
  clock: Clock;
}

/** How a channel that an institute or a group may add is offered. */
interface Offer {
  /** The end of "The institute can be notified …". */
  way: Message;
  /** Where to find an address; omitted if obvious. */
  found?: Message;
}

/**
 * A way to reach people, one folder each. `render` is pure; `send` resolves once the other side has accepted
 * the message, and `where` says where it went and what was answered. It throws a CarnotError: the retry
 * policies `later` and `person` (the channel itself fails, no address is to blame) are retried over days;
 * `never` gives this message up, and the kind `AddressGone` stops the address.
 */
export interface Channel {
  /** The name of its folder. */
  id: string;
  name: Message;
  /** Shown where an institute adds an address; null if it reaches people, who choose for themselves. */
  offer: Offer | null;
  /** Parses an address as people write it into its normalised form. */
  address: z.ZodType<string, string>;
  /** Whether messages are signed, so that the receiver needs a secret. */
  signs: boolean;
  /** The default frequency: people read digests, programs want each event. */
  frequency: 'weekly' | 'at-once';
  /**
   * Milliseconds to wait after each failed try, in order; `tries.ts` adds jitter. After the last one the
   * message is given up.
   */
  waits: readonly number[];
  /** What it posts to a program, for the description of the API. */
  document?: z.ZodType;
  render(message: Notification): Rendered;
  send(outgoing: Outgoing, outside: Outside): Promise<{ where: string }>;
}

const Contract = z.object({
  // Also the name of its queue and its folder.
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: MessageTexts,
  offer: z.object({ way: MessageTexts, found: MessageTexts.optional() }).nullable(),
  address: z.custom<Channel['address']>((x) => x instanceof z.ZodType),
  signs: z.boolean(),
  frequency: z.enum(['weekly', 'at-once']),
  waits: z.array(z.number().positive()).min(1),
  document: z.custom<Channel['address']>((x) => x instanceof z.ZodType).optional(),
  render: z.custom<Channel['render']>((x) => typeof x === 'function'),
  send: z.custom<Channel['send']>((x) => typeof x === 'function'),
});

/** Declares a channel. One that breaks the contract stops the program at start and says where. */
export function defineChannel(channel: Channel): Channel {
  return Contract.parse(channel);
}

/** The reason stored for recipients who unsubscribed. */
export const UNSUBSCRIBED = 'unsubscribed';

/** An address as others may see it: the path of a web address is secret. */
export const shownAddress = ({ channel, address }: { channel: string; address: string }): string =>
  channel === 'email' || !URL.canParse(address) ? address : `${new URL(address).origin}/…`;

/**
 * Characters of a secret address shown so its owner can recognise it; none of a short one, since that would
 * be half of it.
 */
const [SHOWN_END, LEAST_HIDDEN] = [4, 12];

/** The address for whoever maintains it: its origin and last characters. */
export function hintedAddress({ channel, address }: { channel: string; address: string }): string {
  const shown = shownAddress({ channel, address });
  return address.length - shown.length >= LEAST_HIDDEN && shown !== address
    ? `${shown}${address.slice(-SHOWN_END)}`
    : shown;
}
