import type { z } from 'zod';
import type { Clock, Fetcher, Mailer } from '../ports.js';
import type { Language } from '../profile/profile.js';
import type { Message, Rendered } from './message.js';

/** A message that leaves, as it stands in the outbox: it is the same at each try. */
export interface Outgoing {
  /** Without angle brackets: the Message-ID of a mail, the webhook-id. However often it is sent, it stays the same. */
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

/**
 * A way to reach people, one folder each. `render` is pure; `send` resolves once the other side has accepted the message, `where` tells a
 * reader where it went and what was answered. It throws a CarnotError: remedy `later` is tried again over days, `person` too (the channel
 * as such does not work: nobody's address is to blame), `never` gives this message up; of kind `AddressGone` it stops the address.
 */
export interface Channel {
  /** The name of its folder. */
  id: string;
  name: Record<Language, string>;
  /** Takes an address as people write it, and gives the one form in which it is kept. */
  address: z.ZodType<string, string>;
  /** Whether what leaves is signed, so that its recipient needs a secret. */
  signs: boolean;
  /** How often it tells where nobody says it: people read digests, machines want each thing. */
  every: 'weekly' | 'at-once';
  render(message: Message): Rendered;
  send(outgoing: Outgoing, outside: Outside): Promise<{ where: string }>;
}

export const defineChannel = (channel: Channel): Channel => channel;

/** The kind of an error that says that nothing can be delivered at an address any more. */
export const ADDRESS_GONE = 'AddressGone';

/** Why a recipient is stopped who wanted it so. */
export const UNSUBSCRIBED = 'unsubscribed';

/** An address as others may see it: of one on the web its path is a secret. */
export const shownAddress = ({ channel, address }: { channel: string; address: string }): string =>
  (channel === 'email' || !URL.canParse(address) ? address : `${new URL(address).origin}/…`);
