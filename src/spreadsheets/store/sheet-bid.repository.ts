import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { aimedAt } from '../../pipeline/domain/milestones.js';
import type { OpportunityState } from '../../pipeline/domain/state.js';
import { OpportunityEntity } from '../../pipeline/store/opportunity.entity.js';
import { OpportunityRepository } from '../../pipeline/store/opportunity.repository.js';
import { stateOf } from '../../pipeline/store/opportunity-state.js';
import type { Decider } from '../../decisions/domain/decision.js';
import { brusselsDate } from '../../kernel/brussels.js';
import type { Writes } from '../domain/plan.js';

export interface Importer extends Decider {
  personId: string | null;
}

interface StandingBid {
  id: string;
  state: OpportunityState;
  /** Whether somebody has worked on it. */
  touched: boolean;
}

/** The bids of an officer's sheet, in the pipeline. */
@Injectable()
export class SheetBidRepository {
  constructor(private readonly opportunities: OpportunityRepository) {}

  /** Returns the pipeline entries of these calls, by call. */
  async standing(tx: EntityManager, profileId: string, callIds: string[]): Promise<Map<string, StandingBid>> {
    const rows = await tx
      .createQueryBuilder(OpportunityEntity, 'o')
      .where('o.profile_id = :profileId AND o.call_id = ANY(:callIds)', { profileId, callIds })
      .getMany();
    const touched: { id: string }[] = await tx.query(
      'SELECT opportunity_id AS id FROM opportunity_step WHERE opportunity_id = ANY($1) GROUP BY 1 HAVING count(*) > 1 OR bool_or(kind = $2)',
      [rows.map((r) => r.id), 'imported'],
    );
    const worked = new Set(touched.map((t) => t.id));
    return new Map(
      rows.map((row) => [row.callId, { id: row.id, state: stateOf(row), touched: worked.has(row.id) }]),
    );
  }

  /** Writes the bids of a sheet, each with an entry in its history; returns their number. */
  async write(tx: EntityManager, profileId: string, { bids }: Writes, by: Importer): Promise<number> {
    const callIds = bids.map((b) => b.callId);
    const [standing, calls] = [
      await this.standing(tx, profileId, callIds),
      await tx.query<{ id: string; deadlines: { at: string }[] }[]>(
        'SELECT id, deadlines FROM call WHERE id = ANY($1)',
        [callIds],
      ),
    ];
    const at = new Date(by.at);
    const doing = { kind: 'imported' as const, by: by.name, personId: by.personId, at, why: null };
    const deadlinesOf = new Map(calls.map((c) => [c.id, c.deadlines]));
    for (const { callId, state, deadline } of bids) {
      const there = standing.get(callId);
      if (there) {
        await this.opportunities.change(profileId, there.id, () => ({ state, doing }), tx);
        continue;
      }
      const deadlines = deadlinesOf.get(callId) ?? [];
      // Of several deadlines, the one that the sheet names.
      const named = deadlines.filter((d) => brusselsDate(new Date(d.at)) === deadline);
      const deadlineAt = aimedAt(named.length > 0 ? named : deadlines, at);
      await this.opportunities.begin({ profileId, callId }, { ...state, deadlineAt }, doing, tx);
    }
    return bids.length;
  }
}
