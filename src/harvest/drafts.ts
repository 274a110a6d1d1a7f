import { Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import { brusselsDate } from '../kernel/brussels.js';
import { topicChanges, type TopicChange } from './domain/drafts/draft-difference.js';
import { DraftRepository } from './store/drafts/draft.repository.js';

/** What a draft, put before its committee on that day, would change in a published call. */
export interface DraftedChange {
  day: string;
  version: number;
  changes: TopicChange[];
}

/** What drafts say of calls that are published already. */
@Injectable()
export class Drafts {
  constructor(private readonly drafts: DraftRepository) {}

  /** Returns null if no draft would change anything that both state. */
  async ofPublished(callId: string, content: CallContent): Promise<DraftedChange | null> {
    const draft = await this.drafts.ofPublished(callId);
    const changes = draft ? topicChanges(callId, content, draft.content) : [];
    if (!draft || !changes.length) return null;
    return { day: brusselsDate(new Date(draft.createdAt)), version: draft.version, changes };
  }
}
