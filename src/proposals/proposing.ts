import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../kernel/errors.js';
import type { Actor } from '../kernel/actor.js';
import { requirementsOf } from '../calls/domain/requirements.js';
import type { StatedTotal } from '../calls/domain/page/budget-comparison.js';
import { type Status, statusAt } from '../calls/domain/status.js';
import { labelsIn } from '../profiles/domain/names-in.js';
import type { Profile } from '../profiles/domain/profile.js';
import { inCallsWords, matchIn } from '../matching/domain/explanation/passage.js';
import type { CallEntity } from '../calls/store/call.entity.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import { type MatchedPair, MatchOfCall } from '../matching/match-of-call.js';
import type { Clock } from '../kernel/ports.js';
import {
  reasonsOfCompetences,
  candidatesFor,
  withNobody,
  type Candidate,
  type Why,
} from './domain/candidates.js';
import { proposalMessage } from './domain/message.js';
import { CLOCK } from '../platform/tokens.js';
import type { ResearcherView } from './api/researcher-views.js';
import { Researchers } from './researchers.js';

interface Before {
  profile: Profile;
  call: CallEntity;
  status: Status;
}
export interface Parties extends Before {
  researcher: ResearcherView;
}

/** A call and an institute's researchers: those that match, and the others. */
export interface Situation extends Before {
  matched: MatchedPair | null;
  /** What the total stated in the budget covers. */
  total: StatedTotal;
  /** The competences that contributed points. */
  why: Why[];
  candidates: Candidate<ResearcherView>[];
  /** All other researchers of the institute. */
  others: ResearcherView[];
  /** Competences that contributed points and that no researcher has. */
  nobody: Why[];
}

/** All possible recipients, matching researchers first. */
export const everybodyOf = ({ candidates, others }: Situation): ResearcherView[] => [
  ...candidates.map((c) => c.researcher),
  ...others,
];

const NO_MATCH = { competences: [], evidence: [] };

/** Finds the researchers for a call and drafts the message. */
@Injectable()
export class Proposing {
  constructor(
    private readonly researchers: Researchers,
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    private readonly matches: MatchOfCall,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The parties to a proposal; throws if one of them does not exist. */
  async parties(profileId: string, callId: string, researcherId: string): Promise<Parties> {
    const [profile, call, researcher] = await Promise.all([
      this.researchers.profile(profileId),
      this.call(callId),
      this.researchers.viewById(profileId, researcherId),
    ]);
    return { profile, call, status: statusAt(call, this.clock.now()), researcher };
  }

  async situation(profileId: string, callId: string): Promise<Situation> {
    const [profile, call, all, matched] = await Promise.all([
      this.researchers.profile(profileId),
      this.call(callId),
      this.researchers.all(profileId),
      this.matches.forPair(profileId, callId),
    ]);
    const match = matched ? inCallsWords(matched.match.result, matched.matched) : NO_MATCH;
    const totals = await this.fit.statedTotals([call]);
    const candidates = candidatesFor(match, all);
    const suited = new Set(candidates.map((c) => c.researcher.id));
    return {
      profile,
      call,
      status: statusAt(call, this.clock.now()),
      matched,
      total: totals.get(callId) ?? 'topic',
      why: reasonsOfCompetences(match),
      candidates,
      others: all.filter((r) => !suited.has(r.id)),
      nobody: withNobody(match, all),
    };
  }

  /** The ready-made message to a researcher, signed by the officer. */
  draft(
    { call, matched, total, profile, candidates }: Situation,
    researcher: ResearcherView,
    officer: Actor,
    word: string | null = null,
  ): { subject: string; text: string } {
    const called = labelsIn(profile.competences, researcher.language);
    const why = candidates.find((c) => c.researcher.id === researcher.id)?.why ?? [];
    return proposalMessage({
      researcher,
      call: call.content,
      stated: requirementsOf(call.content, call.written?.binding),
      total,
      why: why.map((w) => ({ ...w, competence: called(w.competence) })),
      matched: matched && {
        match: matchIn(matched.match.result, called, matched.matched),
        content: matched.matched,
      },
      word,
      officer: officer.name,
      institute: profile.name,
      now: this.clock.now(),
    });
  }

  private async call(callId: string): Promise<CallEntity> {
    const call = await this.calls.findById(callId);
    if (!call) throw new NotFound('no-call', { id: callId });
    return call;
  }
}
