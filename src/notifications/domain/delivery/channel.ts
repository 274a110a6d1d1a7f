import { z } from 'zod';
import { CarnotError } from '../../../kernel/errors.js';
import type { Clock, Fetcher, Mailer } from '../../../kernel/ports.js';
import type { Message } from '../../../i18n/message.js';
import { MessageTexts } from '../../../kernel/language.js';
import type { Message as Notification, Rendered } from '../content/message.js';

/** A message that leaves, as it stands in the outbox: it is the same at each try. */
export interface Outgoing {
  /**
   * Without angle brackets: the Message-ID of a mail, the webhook-id. However often it is sent, it stays the
   * same.
   */
  id: string;
  to: { name: string | null; address: string };
  /** With what it is signed, the newest first, where the channel signs. */
  secrets: string[];
  rendered: Rendered;
  /** Ids of the thread that it belongs to; empty for what stands alone. */
  threads: string[];
  unsubscribeUrl: string;
}

/** What a channel may use of the outside. */
export interface Outside {
  mailer: Mailer;
  /** The outgoing gate as it stands for deliveries: no redirects, no robots.txt. */
  fetcher: Fetcher;
  clock: Clock;
}

/** A channel that an institute or a group may add. */
interface Offer {
  /** The end of "The institute can be notified …". */
  way: Message;
  /** Where an address of it is found; left out where that needs no word. */
  found?: Message;
}

/**
 * A way to reach people, one folder each. `render` is pure; `send` resolves once the other side has accepted
 * the message, `where` tells a reader where it went and what was answered. It throws a CarnotError: with
 * the retry policy `later` it is tried again over days, with `person` too (the channel as such does not
 * work: nobody's address is to blame); `never` gives this message up, and the kind `AddressGone` stops the
 * address.
 */
export interface Channel {
  /** The name of its folder. */
  id: string;
  name: Message;
  /**
   * What is said where an institute adds an address; null for what reaches people, who choose for themselves.
   */
  offer: Offer | null;
  /** Takes an address as people write it, and gives the one form in which it is kept. */
  address: z.ZodType<string, string>;
  /** Whether what leaves is signed, so that its recipient needs a secret. */
  signs: boolean;
  /** How often it tells where nobody says it: people read digests, machines want each thing. */
  frequency: 'weekly' | 'at-once';
  /**
   * Milliseconds to wait after each try that failed, in order: `tries.ts` scatters them. After the last one
   * the message is given up.
   */
  waits: readonly number[];
  render(message: Notification): Rendered;
  send(outgoing: Outgoing, outside: Outside): Promise<{ where: string }>;
}

const Contract = z.object({
  // A queue is called after it, and a folder.
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: MessageTexts,
  offer: z.object({ way: MessageTexts, found: MessageTexts.optional() }).nullable(),
  address: z.custom<Channel['address']>((x) => x instanceof z.ZodType),
  signs: z.boolean(),
  frequency: z.enum(['weekly', 'at-once']),
  waits: z.array(z.number().positive()).min(1),
  render: z.custom<Channel['render']>((x) => typeof x === 'function'),
  send: z.custom<Channel['send']>((x) => typeof x === 'function'),
});

/**
 * Declares a channel, checked at start: a channel that breaks the contract stops the program and says where.
 */
export function defineChannel(channel: Channel): Channel {
  return Contract.parse(channel);
}

/** The kind of an error that says that nothing can be delivered at an address any more. */
export const ADDRESS_GONE = 'AddressGone';

/** The address takes nothing any more: `words` are those of whoever said so. */
export const addressGone = (words: string, cause?: unknown): CarnotError =>
  new CarnotError(ADDRESS_GONE, words, 'never', { cause });

export const isAddressGone = (error: unknown): boolean =>
  error instanceof CarnotError && error.kind === ADDRESS_GONE;

/** Why a recipient is stopped who wanted it so. */
export const UNSUBSCRIBED = 'unsubscribed';

/** An address as others may see it: of one on the web its path is a secret. */
export const shownAddress = ({ channel, address }: { channel: string; address: string }): string =>
  channel === 'email' || !URL.canParse(address) ? address : `${new URL(address).origin}/…`;

/**
 * So much of a secret address is shown that its owner tells it from another; of a short one nothing, since
 * that were half of it.
 */
const [SHOWN_END, LEAST_HIDDEN] = [4, 12];

/** The address for whoever looks after it: its origin and its last signs. */
export function hintedAddress({ channel, address }: { channel: string; address: string }): string {
  const shown = shownAddress({ channel, address });
  return address.length - shown.length >= LEAST_HIDDEN && shown !== address
    ? `${shown}${address.slice(-SHOWN_END)}`
    : shown;
}
