import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import type { Clock, Embedder } from '../../kernel/ports.js';
import { EmbeddingProgressRepository } from '../store/embedding-progress.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { CLOCK, EMBEDDER } from '../../platform/tokens.js';
import { Unread } from './unread.js';

/** Finds texts the operator's own model has not read, unless there is no model or it is paused. */
@Injectable()
export class EmbedDue implements DueCheck {
  constructor(
    private readonly unread: Unread,
    private readonly progress: EmbeddingProgressRepository,
    @Inject(EMBEDDER) private readonly embedder: Embedder | null,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    if (!this.embedder) return [];
    const now = this.clock.now();
    const progress = await this.progress.of(this.embedder.model, now);
    if (progress.pausedUntil && progress.pausedUntil > now) return [];
    // A process may have ended before recording that everything is read.
    return !progress.ready || (await this.unread.any(progress)) ? [job('embed', {})] : [];
  }
}
