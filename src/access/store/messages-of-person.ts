import type { EntityManager } from 'typeorm';

/** A person's subscriptions, which end when they leave; implemented by the notifications. */
export abstract class MessagesOfPerson {
  /** Ends a person's subscriptions in `tx`; returns how many there were. */
  abstract leave(tx: EntityManager, personId: string, now: Date): Promise<number>;

  /** Returns the names of an institute's active channels, which continue whoever leaves. */
  abstract channelsOf(profileId: string): Promise<string[]>;
}
