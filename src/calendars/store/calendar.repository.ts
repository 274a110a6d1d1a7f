import { Column, DataSource, Entity, type EntityManager, ForeignKey, Index } from 'typeorm';
import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../domain/published-events.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import {
  addressesOf,
  type AddressPlace,
  livingAddresses,
  revokeAddress,
  SecretAddress,
  type WithMaker,
  withMakers,
} from '../../access/store/secret-address.js';
import { lockNamed } from '../../platform/database/locks.js';

/**
 * Whose deadlines a calendar has: those of an institute, a group of institutes, or the person who created it.
 */
type CalendarKind = 'institute' | 'group' | 'own';

@Entity('calendar')
@Index('calendar_token', ['tokenHash'], { unique: true })
@Index('calendar_profile', ['profileId'])
@Index('calendar_person', ['personId'])
export class CalendarEntity extends SecretAddress {
  @Column('text') kind: CalendarKind;
  /** The creator's institute; null for the network. */
  @ForeignKey(() => ProfileEntity, 'id', { name: 'calendar_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('text', { name: 'group_id', nullable: true }) groupId: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'calendar_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  /** What its readers last saw, so that an event says when it changed, and a removed one is cancelled. */
  @Column('jsonb', { default: [], select: false }) events: PublishedEvent[];
}

/** The owner of calendars: an institute, a group, or a person for themselves. */
export type CalendarOwner =
  | { kind: 'institute'; profileId: string }
  | { kind: 'group'; groupId: string }
  | { kind: 'own'; personId: string };

/** A calendar without its published events. */
type CalendarWithMaker = WithMaker<Omit<CalendarEntity, 'events'>>;
export type NewCalendar = Omit<CalendarEntity, 'lastReadAt' | 'revokedAt' | 'events'>;

const OWNED = {
  institute: `address.kind = 'institute' AND address.profile_id = :profileId`,
  group: `address.kind = 'group' AND address.group_id = :groupId`,
  own: `address.kind = 'own' AND address.person_id = :personId`,
};

@Injectable()
export class CalendarRepository {
  constructor(private readonly database: DataSource) {}

  /** Stores a link. False, without storing, if its owner already has `most` active ones. */
  async add(owner: CalendarOwner, calendar: NewCalendar, most: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await lockNamed(tx, `calendar ${Object.values(owner).join(' ')}`);
      if ((await this.alive(owner, tx).getCount()) >= most) return false;
      await tx.insert(CalendarEntity, calendar);
      return true;
    });
  }

  /** Returns a page of an owner's active links, newest first. */
  list(
    owner: CalendarOwner,
    limit: number,
    before: AddressPlace | null,
  ): Promise<{ addresses: CalendarWithMaker[]; total: number }> {
    return addressesOf(this.alive(owner), limit, before);
  }

  /** Returns an active link of that owner; null if there is none with this id. */
  async findActive(owner: CalendarOwner, id: string): Promise<CalendarWithMaker | null> {
    return (await withMakers(this.alive(owner).andWhere('address.id = :id', { id })))[0] ?? null;
  }

  /** Returns the link with that hash, if active. */
  bySecret(tokenHash: string): Promise<CalendarEntity | null> {
    return livingAddresses(CalendarEntity, this.database.manager)
      .andWhere('address.token_hash = :tokenHash', { tokenHash })
      .getOne();
  }

  /**
   * Records that it was read and what was published; `publish` derives that from what was published before.
   * Concurrent readers are serialised.
   */
  async publish(
    id: string,
    now: Date,
    publish: (before: PublishedEvent[]) => PublishedEvent[],
  ): Promise<PublishedEvent[]> {
    return this.database.transaction(async (tx) => {
      const rows: { events: PublishedEvent[] }[] = await tx.query(
        'SELECT events FROM calendar WHERE id = $1 FOR UPDATE',
        [id],
      );
      const before = rows[0]?.events ?? [];
      const events = publish(before);
      const changed = JSON.stringify(events) !== JSON.stringify(before);
      await tx.update(CalendarEntity, { id }, { lastReadAt: now, ...(changed && { events }) });
      return events;
    });
  }

  /** Revokes an active link; returns whether it was active. */
  revoke(id: string, now: Date): Promise<boolean> {
    return revokeAddress(CalendarEntity, this.database.manager, id, now);
  }

  private alive(owner: CalendarOwner, from: EntityManager = this.database.manager) {
    return livingAddresses(CalendarEntity, from).andWhere(OWNED[owner.kind], owner);
  }
}
