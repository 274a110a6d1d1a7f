import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { BEFORE_GO, type Stage } from './stage.js';

/** What happened to a call at an institute, and its opportunity if any. */
export interface Known {
  verdict: Verdict | null;
  reason: VerdictReason | null;
  verdictBy: string | null;
  verdictById: string | null;
  verdictAt: Date | null;
  /** The first proposal to a researcher. */
  asked: { by: string; personId: string | null; at: Date } | null;
  /** The latest answer of an interested researcher. */
  yes: { by: string; proposalId: string; at: Date } | null;
  /** The call is closed. */
  over: boolean;
  now: Date;
  /**
   * `untouched`: it followed from a verdict and nobody has changed it since; `ended`: the "not for us" that
   * ended it, if nothing was done with it since, and the stage before that.
   */
  opportunity: {
    stage: Stage;
    stageAt: Date;
    untouched: boolean;
    ended: (Cause & { from: Stage }) | null;
  } | null;
}

/** Who made it happen: a person of the institute, or a researcher who answered. */
interface Cause {
  by: string;
  personId?: string | null;
  proposalId?: string;
  at: Date;
}
export type FollowUp =
  | ({ does: 'begin'; because: 'relevant' | 'study' | 'asked' } & Cause)
  | ({ does: 'move'; to: Stage; because: 'yes' | VerdictReason | 'not' } & Cause)
  | ({ does: 'reopen' } & Cause)
  | { does: 'drop' };

/** Returns who gave the verdict, and when. */
const decisionIn = ({ verdictBy, verdictById, verdictAt }: Known): Cause | null =>
  verdictAt && { by: verdictBy ?? '', personId: verdictById, at: verdictAt };

/** A call judged relevant, to be studied, or proposed to a researcher becomes an opportunity. */
function begins(known: Known): FollowUp | null {
  const { verdict, asked } = known;
  const [said, decision] = [
    verdict === 'relevant' || verdict === 'study' ? verdict : null,
    decisionIn(known),
  ];
  const byVerdict = said && decision && { because: said, ...decision };
  const byAsking = asked && { because: 'asked' as const, ...asked };
  const first = [byVerdict, byAsking]
    .filter((x) => x !== null && x !== undefined)
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  return first ? { does: 'begin', ...first } : null;
}

/**
 * A yes asks for the decision, and a "not for us" ends what is still undecided: each only once, so that
 * people can move it back.
 */
function moves(stage: Stage, since: Date, known: Known): FollowUp[] {
  if (!BEFORE_GO.includes(stage)) return [];
  const [{ verdict, reason, yes }, decision] = [known, decisionIn(known)];
  if (verdict === 'not' && decision && decision.at > since)
    return [{ does: 'move', to: 'no-go', because: reason ?? 'not', ...decision }];
  return stage === 'to-study' && yes && yes.at > since
    ? [{ does: 'move', to: 'go-no-go', because: 'yes', ...yes }]
    : [];
}

/**
 * Who undoes a decision is not kept: it counts as whose it was. Who decides otherwise is known. A yes that
 * came meanwhile counts from then on.
 */
function reopens({ from, ...ended }: Cause & { from: Stage }, known: Known): FollowUp[] {
  const decision = decisionIn(known);
  const cause = decision && decision.at > ended.at ? decision : { ...ended, at: known.now };
  return [
    { does: 'reopen', ...cause },
    ...moves(from, ended.at, known).map((move) => ({ ...move, at: cause.at })),
  ];
}

/**
 * What decisions, proposals and answers change in the pipeline. Idempotent: once applied, nothing more
 * follows.
 */
export function followUps(known: Known): FollowUp[] {
  const { opportunity, verdict, asked, over } = known;
  if (!opportunity) {
    const begin = over || verdict === 'not' ? null : begins(known);
    return begin?.does === 'begin' ? [begin, ...moves('to-study', begin.at, known)] : [];
  }
  if (opportunity.ended && verdict !== 'not') return reopens(opportunity.ended, known);
  const takenBack = verdict === null || verdict === 'later';
  if (opportunity.untouched && takenBack && asked === null) return [{ does: 'drop' }];
  return moves(opportunity.stage, opportunity.stageAt, known);
}
