import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { type Draft, draftCompetences } from '../matching/domain/drafting/draft.js';
import { Corpus } from '../matching/corpus.js';
import { inTimeSlices } from '../kernel/time-slices.js';
import { PerUserQueue } from './per-user-queue.js';

/** Drafts competences from a description, in terms that occur in calls. */
@Injectable()
export class ProfileDrafting {
  private readonly asked = new PerUserQueue();

  constructor(private readonly corpus: Corpus) {}

  /**
   * Saves nothing; the draft is to be reviewed and corrected by a person. One at a time per user, until the
   * caller is gone.
   */
  draft(description: string, by: Actor, gone: AbortSignal): Promise<Draft> {
    return this.draftThen(description, by, gone, (draft) => Promise.resolve(draft));
  }

  /** Returns what a draft is needed for, which is the caller's turn too. */
  draftThen<T>(
    description: string,
    by: Actor,
    gone: AbortSignal,
    then: (draft: Draft, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.asked.run(by, gone, async (signal) => then(await this.drafted(description, signal), signal));
  }

  private drafted(description: string, signal: AbortSignal): Promise<Draft> {
    const {
      matcher: { index },
      model: { terminology },
    } = this.corpus;
    return this.corpus.asItIs(() =>
      inTimeSlices(
        draftCompetences(description, {
          terminology,
          calls: (language) => index.sizeIn(language),
          holding: (texts, language) => index.holding(texts, language),
        }),
        signal,
      ),
    );
  }
}
