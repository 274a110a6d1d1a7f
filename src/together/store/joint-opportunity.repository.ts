import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { grouped } from '../../kernel/grouping.js';
import { LISTED_SQL, type ListedCall } from '../../calls/store/index.js';
import { JointOpportunityEntity } from './joint-opportunity.entity.js';
import { InterestRepository, type NamedInterest } from './interest.repository.js';

/** A joint bid with its call and its members. */
export interface JointRow {
  row: JointOpportunityEntity;
  call: ListedCall;
  members: NamedInterest[];
}
/** Of which institutes a member must be one, of all where it is null; `profileId` is a member itself. */
export interface JointFilter {
  profileId?: string;
  group?: readonly string[] | null;
}

/** Bids that institutes make together. */
@Injectable()
export class JointOpportunityRepository {
  constructor(
    private readonly database: DataSource,
    private readonly interests: InterestRepository,
  ) {}

  /** By the next deadline of their calls; those whose deadlines have passed, or that have none, come last. */
  async list({ profileId, group = null }: JointFilter, now: Date): Promise<JointRow[]> {
    const member = (what: string): string =>
      `EXISTS (SELECT FROM interest i WHERE i.call_id = j.call_id AND ${what})`;
    const rows: { id: string }[] = await this.database.query(
      `SELECT j.id FROM joint_opportunity j JOIN call ON call.id = j.call_id
        WHERE ($1::text IS NULL OR ${member('i.profile_id = $1')}) AND ($2::text[] IS NULL OR ${member('i.profile_id = ANY($2)')})
        ORDER BY (SELECT min((d->>'at')::timestamptz) FROM jsonb_array_elements(call.deadlines) d WHERE (d->>'at')::timestamptz > $3) NULLS LAST, j.begun_at DESC, j.id`,
      [profileId ?? null, group, now],
    );
    return this.rows(rows.map((r) => r.id));
  }

  async find(id: string): Promise<JointRow | null> {
    return (await this.rows([id]))[0] ?? null;
  }

  /** By the call that it is about. */
  async ofCall(callId: string): Promise<JointRow | null> {
    const row = await this.database.getRepository(JointOpportunityEntity).findOneBy({ callId });
    return row && this.find(row.id);
  }

  /** Begins one; where the call has one it stays as it is. */
  async begin(callId: string, leadId: string | null, at: Date): Promise<void> {
    await this.database
      .createQueryBuilder()
      .insert()
      .into(JointOpportunityEntity)
      .values({ id: randomUUID(), callId, leadId, stage: 'forming', stageAt: at, begunAt: at, updatedAt: at })
      .orIgnore()
      .execute();
  }

  /** Changes one by what stands, of two at once one after the other. */
  async change(
    id: string,
    next: (row: JointOpportunityEntity) => Partial<JointOpportunityEntity>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await tx.findOneOrFail(JointOpportunityEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      await tx.update(JointOpportunityEntity, { id }, next(row));
    });
  }

  private async rows(ids: string[]): Promise<JointRow[]> {
    const rows = await this.database
      .getRepository(JointOpportunityEntity)
      .createQueryBuilder('j')
      .where('j.id = ANY(:ids)', { ids })
      .getMany();
    const callIds = rows.map((r) => r.callId);
    const [calls, members] = await Promise.all([
      this.database.query<ListedCall[]>(`SELECT call.id, ${LISTED_SQL} FROM call WHERE id = ANY($1)`, [
        callIds,
      ]),
      this.interests.of(callIds),
    ]);
    const [byId, callOf, membersOf] = [
      new Map(rows.map((r) => [r.id, r])),
      new Map(calls.map((c) => [c.id, c])),
      grouped(members, (m) => [m.callId]),
    ];
    return ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [{ row, call: callOf.get(row.callId)!, members: membersOf.get(row.callId) ?? [] }] : [];
    });
  }
}
