import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { PublishedEvent } from '../domain/published-events.js';
import { CalendarEntity } from './calendar.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { lockNamed } from '../../platform/database/locks.js';

/** The owner of calendars: an institute, a group, or a person for themselves. */
export type CalendarOwner =
  | { kind: 'institute'; profileId: string }
  | { kind: 'group'; groupId: string }
  | { kind: 'own'; personId: string };

/** A secret link without its published events, and its creator's name. */
export type CalendarWithMaker = Omit<CalendarEntity, 'events'> & { madeBy: string | null };
export type NewCalendar = Omit<CalendarEntity, 'lastReadAt' | 'revokedAt' | 'events'>;

/** The end of the last page of calendars. */
export interface CalendarPlace {
  at: string;
  id: string;
}

const OWNED = {
  institute: `calendar.kind = 'institute' AND calendar.profile_id = :profileId`,
  group: `calendar.kind = 'group' AND calendar.group_id = :groupId`,
  own: `calendar.kind = 'own' AND calendar.person_id = :personId`,
};

type Calendars = SelectQueryBuilder<CalendarEntity>;

async function withMakers(query: Calendars): Promise<CalendarWithMaker[]> {
  const { entities, raw } = await query
    .addSelect('person.name', 'made_by')
    .getRawAndEntities<{ made_by: string | null }>();
  return entities.map((calendar, i) => ({ ...calendar, madeBy: raw[i]!.made_by }));
}

/** Secret links of calendars. */
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
  async list(
    owner: CalendarOwner,
    limit: number,
    before: CalendarPlace | null,
  ): Promise<{ calendars: CalendarWithMaker[]; total: number }> {
    const query = this.alive(owner);
    const total = await query.getCount();
    if (before) query.andWhere('(calendar.created_at, calendar.id) < (:at, :id)', before);
    return {
      calendars: await withMakers(
        query.orderBy('calendar.created_at', 'DESC').addOrderBy('calendar.id', 'DESC').limit(limit),
      ),
      total,
    };
  }

  /** Returns an active link of that owner; null if there is none with this id. */
  async findActive(owner: CalendarOwner, id: string): Promise<CalendarWithMaker | null> {
    return (await withMakers(this.alive(owner).andWhere('calendar.id = :id', { id })))[0] ?? null;
  }

  /** Returns the link with that hash, if active. */
  bySecret(tokenHash: string): Promise<CalendarEntity | null> {
    return this.answering().andWhere('calendar.token_hash = :tokenHash', { tokenHash }).getOne();
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
  async revoke(id: string, now: Date): Promise<boolean> {
    return (
      ((
        await this.database
          .getRepository(CalendarEntity)
          .update({ id, revokedAt: IsNull() }, { revokedAt: now })
      ).affected ?? 0) > 0
    );
  }

  private alive(owner: CalendarOwner, from?: EntityManager): Calendars {
    return this.answering(from).andWhere(OWNED[owner.kind], owner);
  }

  /**
   * A link is active until it is revoked, or until its creator no longer belongs to the institute or the
   * network.
   */
  private answering(from: EntityManager = this.database.manager): Calendars {
    return from
      .createQueryBuilder(CalendarEntity, 'calendar')
      .innerJoin(
        PersonEntity,
        'person',
        'person.id = calendar.person_id AND person.removed_at IS NULL AND person.profile_id IS NOT DISTINCT FROM calendar.profile_id',
      )
      .where('calendar.revoked_at IS NULL');
  }
}
