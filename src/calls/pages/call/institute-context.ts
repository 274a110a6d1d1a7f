import { Injectable } from '@nestjs/common';
import { type Actor, may } from '../../../kernel/actor.js';
import { Pipeline } from '../../../pipeline/pipeline.js';
import type { OpportunityView } from '../../../pipeline/api/opportunity-views.js';
import { Proposals } from '../../../proposals/proposals.js';
import { Notes, type NoteView } from '../../../decisions/notes.js';
import { Verdicts } from '../../../decisions/verdicts.js';
import type { ProposalView } from '../../../proposals/api/proposal-views.js';
import type { VerdictView } from '../../../decisions/api/inbox-views.js';

/** The most notes shown on a page. */
const NOTES = 50;

/** An institute's verdict, notes and requests on a call. */
@Injectable()
export class InstituteCallContext {
  constructor(
    private readonly verdicts: Verdicts,
    private readonly notes: Notes,
    private readonly proposals: Proposals,
    private readonly pipeline: Pipeline,
  ) {}

  /**
   * Returns the current state; if the actor opens it and may change something there, also marks the call as
   * seen.
   */
  async forCall(
    actor: Actor,
    profileId: string,
    call: { id: string; version: number },
    opens: boolean,
  ): Promise<{
    standing: VerdictView & { seenVersion: number | null };
    changed: boolean;
    notes: NoteView[];
    asked: ProposalView[];
    opportunity: OpportunityView | null;
  }> {
    const [standing, changed, notes, asked, opportunity] = await Promise.all([
      this.verdicts.standing(profileId, call.id),
      this.verdicts.changed(profileId, call.id),
      this.notes.list(actor, profileId, call.id, { limit: NOTES }),
      this.proposals.asked(profileId, call.id),
      this.pipeline.ofCall(profileId, call.id),
    ]);
    if (opens && may(actor, 'decision.write')) await this.verdicts.markSeen(profileId, call.id, call.version);
    return { standing, changed, notes: notes.items, asked, opportunity };
  }
}
