import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { followUps, type FollowUp, type Known } from '../domain/take-up.js';
import { before } from '../domain/history.js';
import { aimedAt } from '../domain/milestones.js';
import { NO_FACTS } from '../domain/opportunity.js';
import type { Stage } from '../domain/stage.js';
import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { lockProfile } from '../../profiles/store/profile.repository.js';
import { OpportunityRepository } from './opportunity.repository.js';

interface Pending {
  profileId: string;
  callId: string;
  deadlines: { at: string }[];
  over: boolean;
  verdict: Verdict | null;
  reason: VerdictReason | null;
  verdictBy: string | null;
  verdictById: string | null;
  verdictAt: Date | null;
  askedBy: string | null;
  askedById: string | null;
  askedAt: Date | null;
  yesBy: string | null;
  yesById: string | null;
  yesAt: Date | null;
  id: string | null;
  stage: Stage | null;
  stageAt: Date | null;
  untouched: boolean;
  endedBy: string | null;
  endedById: string | null;
  endedAt: Date | null;
  endedFrom: Stage | null;
}

/** SQL for whether anything was said about the opportunity `o`: it is not let go of then. */
const SAID =
  'EXISTS (SELECT FROM opportunity_comment c WHERE c.opportunity_id = o.id AND c.deleted_at IS NULL)';

const LAST_STEP = `LATERAL (SELECT s.kind, s.by, s.person_id, s.at, s.changes->'stage'->>'from' AS stage FROM opportunity_step s WHERE s.opportunity_id = o.id ORDER BY s.seq DESC LIMIT 1)`;

/** Calls with verdicts, proposals or answers that the pipeline has not taken up yet; of institute $2. */
const PENDING = `
  SELECT * FROM (
    SELECT k.profile_id AS "profileId", k.call_id AS "callId", call.deadlines,
           (call.withdrawn_at IS NOT NULL OR coalesce(call.last_deadline_at < $1, false)) AS over,
           r.verdict, r.reason, r.verdict_by AS "verdictBy", r.verdict_by_id AS "verdictById", r.verdict_at AS "verdictAt", asked.by AS "askedBy", asked.by_id AS "askedById", asked.at AS "askedAt", yes.by AS "yesBy", yes.by_id AS "yesById", yes.at AS "yesAt",
           o.id, o.stage, o.stage_at AS "stageAt", coalesce(o.id IS NOT NULL AND steps.only AND NOT ${SAID}, false) AS untouched,
           ended.by AS "endedBy", ended.person_id AS "endedById", ended.at AS "endedAt", ended.stage AS "endedFrom"
      FROM (SELECT profile_id, call_id FROM review WHERE verdict IN ('relevant', 'study') UNION SELECT profile_id, call_id FROM proposal
             UNION SELECT profile_id, call_id FROM opportunity WHERE stage IN ('to-study', 'go-no-go', 'no-go')) k
      JOIN call ON call.id = k.call_id
      LEFT JOIN review r ON r.profile_id = k.profile_id AND r.call_id = k.call_id
      LEFT JOIN opportunity o ON o.profile_id = k.profile_id AND o.call_id = k.call_id
      LEFT JOIN LATERAL (SELECT p.asked_by AS by, p.person_id AS by_id, p.created_at AS at FROM proposal p WHERE p.profile_id = k.profile_id AND p.call_id = k.call_id ORDER BY p.created_at, p.id LIMIT 1) asked ON true
      LEFT JOIN LATERAL (SELECT p.name AS by, p.id AS by_id, p.answered_at AS at FROM proposal p WHERE p.profile_id = k.profile_id AND p.call_id = k.call_id AND p.answer = 'interested' ORDER BY p.answered_at DESC, p.id LIMIT 1) yes ON true
      LEFT JOIN LATERAL (SELECT bool_and(s.kind = 'taken-up') AND count(*) = 1 AS only FROM opportunity_step s WHERE s.opportunity_id = o.id) steps ON true
      LEFT JOIN ${LAST_STEP} ended ON o.stage = 'no-go' AND ended.kind = 'decided'
     WHERE k.profile_id = $2) known
   WHERE (id IS NULL AND NOT over AND verdict IS DISTINCT FROM 'not')
      OR (stage IN ('to-study', 'go-no-go') AND ((verdict = 'not' AND "verdictAt" > "stageAt") OR (stage = 'to-study' AND "yesAt" > "stageAt")
          OR (untouched AND "askedAt" IS NULL AND (verdict IS NULL OR verdict = 'later'))))
      OR ("endedAt" IS NOT NULL AND verdict IS DISTINCT FROM 'not')
   ORDER BY "profileId", "callId"`;

/**
 * The institutes for which `followUps` finds something. It runs for all of them at each tick, so each part
 * starts from what is rare: calls decided or proposed without an opportunity; a "not" or a yes since the
 * current stage; untouched opportunities whose verdict was taken back; and those ended by a "not" that was.
 */
const BEHIND = `
  SELECT DISTINCT "profileId" FROM (
    SELECT k.profile_id AS "profileId" FROM (SELECT profile_id, call_id FROM review WHERE verdict IN ('relevant', 'study') UNION SELECT profile_id, call_id FROM proposal) k
      JOIN call ON call.id = k.call_id AND call.withdrawn_at IS NULL AND (call.last_deadline_at IS NULL OR call.last_deadline_at >= $1)
     WHERE NOT EXISTS (SELECT FROM opportunity o WHERE o.profile_id = k.profile_id AND o.call_id = k.call_id)
       AND NOT EXISTS (SELECT FROM review r WHERE r.profile_id = k.profile_id AND r.call_id = k.call_id AND r.verdict = 'not')
    UNION ALL
    SELECT o.profile_id FROM opportunity o JOIN review r ON r.profile_id = o.profile_id AND r.call_id = o.call_id
     WHERE o.stage IN ('to-study', 'go-no-go') AND r.verdict = 'not' AND r.verdict_at > o.stage_at
    UNION ALL
    SELECT o.profile_id FROM opportunity o JOIN proposal p ON p.profile_id = o.profile_id AND p.call_id = o.call_id
     WHERE o.stage = 'to-study' AND p.answer = 'interested' AND p.answered_at > o.stage_at
    UNION ALL
    SELECT o.profile_id FROM opportunity o LEFT JOIN review r ON r.profile_id = o.profile_id AND r.call_id = o.call_id
     WHERE o.stage IN ('to-study', 'go-no-go') AND (r.verdict IS NULL OR r.verdict = 'later')
       AND NOT EXISTS (SELECT FROM proposal p WHERE p.profile_id = o.profile_id AND p.call_id = o.call_id)
       AND EXISTS (SELECT FROM opportunity_step s WHERE s.opportunity_id = o.id AND s.seq = 1 AND s.kind = 'taken-up')
       AND NOT EXISTS (SELECT FROM opportunity_step s WHERE s.opportunity_id = o.id AND s.seq > 1) AND NOT ${SAID}
    UNION ALL
    SELECT o.profile_id FROM opportunity o LEFT JOIN review r ON r.profile_id = o.profile_id AND r.call_id = o.call_id
      JOIN ${LAST_STEP} ended ON ended.kind = 'decided'
     WHERE o.stage = 'no-go' AND r.verdict IS DISTINCT FROM 'not') behind
   ORDER BY 1`;

const knownOf = (p: Pending, now: Date): Known => ({
  now,
  verdict: p.verdict,
  reason: p.reason,
  verdictBy: p.verdictBy,
  verdictById: p.verdictById,
  verdictAt: p.verdictAt,
  asked: p.askedAt && { by: p.askedBy!, personId: p.askedById, at: p.askedAt },
  yes: p.yesAt && { by: p.yesBy!, proposalId: p.yesById!, at: p.yesAt },
  over: p.over,
  opportunity:
    p.id === null
      ? null
      : {
          ...{ stage: p.stage!, stageAt: p.stageAt!, untouched: p.untouched },
          ended: p.endedAt && {
            ...{ by: p.endedBy!, personId: p.endedById, at: p.endedAt },
            from: p.endedFrom!,
          },
        },
});

/** Applies verdicts, proposals and answers to the pipeline. */
@Injectable()
export class TakeUpRepository {
  constructor(
    private readonly database: DataSource,
    private readonly opportunities: OpportunityRepository,
  ) {}

  /** The institutes with something to apply. */
  async behind(now: Date): Promise<string[]> {
    const rows: { profileId: string }[] = await this.database.query(BEHIND, [now]);
    return rows.map((row) => row.profileId);
  }

  /**
   * Applies what is pending for an institute. Concurrent runs wait for a lock, and the second finds nothing
   * left.
   */
  async takeUp(profileId: string, now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockProfile(tx, profileId);
      const pending: Pending[] = await tx.query(PENDING, [now, profileId]);
      for (const one of pending) await this.follow(tx, one, followUps(knownOf(one, now)), now);
    });
  }

  private async follow(tx: EntityManager, one: Pending, all: FollowUp[], now: Date): Promise<void> {
    let { id } = one;
    for (const step of all) {
      if (step.does === 'drop') {
        await this.opportunities.remove(id!, tx);
        continue;
      }
      const doing = {
        kind: 'taken-up' as const,
        by: step.by,
        personId: step.personId ?? null,
        proposalId: step.proposalId ?? null,
        at: step.at,
        why: step.does === 'reopen' ? null : step.because,
      };
      if (step.does === 'begin') {
        const deadlineAt = aimedAt(one.deadlines, now);
        id = await this.opportunities.begin(
          one,
          { ...NO_FACTS, stage: 'to-study', deadlineAt, milestones: [], tasks: [] },
          doing,
          tx,
        );
      } else if (step.does === 'reopen') {
        await this.opportunities.change(
          one.profileId,
          id!,
          (state, [ended]) => ({
            state: before(state, ended!),
            doing: { ...doing, kind: 'undo', undoes: ended!.id },
          }),
          tx,
        );
      } else if (id !== null) {
        const { to } = step;
        await this.opportunities.change(
          one.profileId,
          id,
          (state) => ({ state: { ...state, stage: to }, doing: { ...doing, kind: 'decided' } }),
          tx,
        );
      }
    }
  }
}
