import { Injectable } from '@nestjs/common';
import type { CallContent } from '../calls/domain/call-content.js';
import { brusselsDate } from '../kernel/brussels.js';
import {
  topicChanges,
  type DraftedChange,
  type DraftHistory,
  type DraftNews,
  type DraftPlace,
  type DraftState,
  historyOf,
  type MergedInto,
  summaryOf,
} from './domain/drafts/draft-history.js';
import { DraftRepository } from './store/drafts/draft.repository.js';

/** What drafts say of calls. */
@Injectable()
export class Drafts {
  constructor(private readonly drafts: DraftRepository) {}

  /** Returns null if no draft would change anything that both state, or if what it changes was adopted. */
  async ofPublished(callId: string, content: CallContent): Promise<DraftedChange | null> {
    const draft = await this.drafts.ofPublished(callId);
    const changes = draft ? topicChanges(callId, content, draft.content) : [];
    if (!draft || !changes.length) return null;
    const since = await this.drafts.contentsSince(callId, draft.seenAt);
    const adopted = since.some((before) => topicChanges(callId, before, draft.content).length === 0);
    const { document, day, version } = draft;
    return adopted ? null : { document, day, version, changes };
  }

  /** Returns the history of a call that is or was a draft; null if there is none yet. */
  async history(callId: string): Promise<DraftHistory | null> {
    const { states, published } = await this.course(callId);
    const steps = historyOf(states, published);
    const summary = summaryOf(steps);
    return summary && { steps, summary };
  }

  /** Returns what drafts say that is new of a call; null if nothing. */
  async news(
    callId: string,
    call: { content: CallContent; withdrawnAt: Date | null },
  ): Promise<DraftNews | null> {
    const { states, published } = await this.course(callId);
    const last = states.at(-1);
    if (call.content.sourceStatus !== 'draft') {
      const would = await this.ofPublished(callId, call.content);
      const drafted = would && states.find((s) => s.document === would.document);
      if (would) return { ...would, kind: 'would', at: drafted?.seenAt ?? new Date(0) };
      return last && published
        ? {
            ...placeOf(last),
            kind: 'published',
            at: published.seenAt,
            summary: summaryOf(historyOf(states, published)),
          }
        : null;
    }
    if (call.withdrawnAt) {
      const newest = await this.drafts.newestOf(call.content.draft!.reference);
      if (!newest) return null;
      const [place, at] = [placeOf(newest), call.withdrawnAt];
      const into = await this.mergedInto(callId, call.content);
      if (into) return { ...place, kind: 'merged', at, into };
      return newest.has(call.content.identifier) ? null : { ...place, kind: 'dropped', at };
    }
    if (!last) return null;
    const changes = historyOf(states, null).at(-1)!.changes;
    return changes.length ? { ...placeOf(last), kind: 'changed', at: last.seenAt, changes } : null;
  }

  /** Returns the call that a topic of a draft went into, in a later version or as it was published. */
  async mergedInto(
    callId: string,
    { draft, identifier }: Pick<CallContent, 'draft' | 'identifier'>,
  ): Promise<MergedInto | null> {
    return draft && identifier ? this.drafts.mergedInto(callId, draft.reference, identifier) : null;
  }

  /** Returns the drafts of a call that is or was one, and its publication; none for one that never was. */
  private async course(callId: string): Promise<{
    states: DraftState[];
    published: { day: string; seenAt: Date; content: CallContent } | null;
  }> {
    const { was, published } = await this.drafts.publication(callId);
    if (!was) return { states: [], published: null };
    const states = (await this.drafts.ofCall(callId)).filter(
      (s) => !published || s.seenAt < published.seenAt,
    );
    return {
      states,
      published: published && { ...published, day: brusselsDate(published.seenAt) },
    };
  }
}

const placeOf = ({ document, day, version }: DraftPlace): DraftPlace => ({
  document,
  day,
  version,
});
