import { Injectable } from '@nestjs/common';
import { page } from '../../ui/page.js';
import type { Viewer } from '../../ui/viewer.js';
import { Comments } from '../comments.js';
import { Pipeline } from '../pipeline.js';
import { Planning } from '../planning.js';
import { typedOf } from './facts-form.js';
import { bidTitle } from './bid-words.js';
import { linesOf } from './milestones-form.js';
import { OpportunityPage, type OpportunityShown } from './opportunity-page.js';

/** Comments per page, the latest first. */
const COMMENTS = 30;

/** Input that failed validation, as typed, and the cursor into the thread. */
type Typed = Partial<Pick<OpportunityShown, 'facts' | 'milestones' | 'commentDraft' | 'taskDraft'>> & {
  earlier?: string | undefined;
};

/** Builds the page of an opportunity for a reader. */
@Injectable()
export class OpportunityScreen {
  constructor(
    private readonly pipeline: Pipeline,
    private readonly planning: Planning,
    private readonly comments: Comments,
  ) {}

  async render(v: Viewer, profileId: string, id: string, { earlier, ...typed }: Typed = {}): Promise<string> {
    const opportunity = await this.pipeline.get(profileId, id);
    const [history, people, thread] = await Promise.all([
      this.pipeline.history(profileId, id),
      this.planning.peopleOf(profileId),
      this.comments.list(v.actor!, profileId, id, { limit: COMMENTS, cursor: earlier }),
    ]);
    const options = {
      title: bidTitle(opportunity),
      place: 'pipeline' as const,
      styles: ['pipeline'],
      wide: true,
    };
    return page(
      v,
      options,
      OpportunityPage({
        v,
        profileId,
        opportunity,
        history,
        people,
        thread: { ...thread, isLatest: earlier === undefined },
        facts: { typed: typedOf(opportunity), errors: {} },
        milestones: { lines: linesOf(opportunity.milestones), wrong: false },
        commentDraft: null,
        taskDraft: null,
        ...typed,
      }),
    );
  }
}
