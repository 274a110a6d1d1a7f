import type { EntityManager } from 'typeorm';

/** What people are sent, as far as it ends with them; kept by the notifications. */
export abstract class MessagesOfPerson {
  /** Ends what somebody chose to be sent, in `tx`; gives how many subscriptions that were. */
  abstract leave(tx: EntityManager, personId: string, now: Date): Promise<number>;

  /** The names of an institute's channels that take messages: they go on whoever leaves. */
  abstract channelsOf(profileId: string): Promise<string[]>;
}
