import { Inject, Injectable } from '@nestjs/common';
import type { Change } from '../../domain/call/diff.js';
import { changeSentences } from '../../domain/notification/change-sentences.js';
import type { Clock } from '../../domain/ports.js';
import type { RecipientEntity } from '../entities/recipient.entity.js';
import { CallRepository } from './call.repository.js';
import { MatchRepository, type MatchFilter, type MatchWithCall } from './match.repository.js';
import { RecipientRepository } from './recipient.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';

/** A match that is news to somebody; `changes` is empty for a call that they never heard of. */
export interface News extends MatchWithCall {
  changes: Change[];
  /** It was there when its source was read for the first time, which may have been after the contact was taken in. */
  stood: boolean;
}

/** What a contact has not been told yet. */
@Injectable()
export class NewsRepository {
  constructor(
    private readonly matches: MatchRepository,
    private readonly recipients: RecipientRepository,
    private readonly calls: CallRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The best calls that are open now, for somebody who was never written to; the best that are still to open; and how many
   * others fit. Less is asked of the open ones than of news, since they are the best there is.
   */
  async best(profileId: string): Promise<{ news: News[]; coming: News[]; more: number }> {
    const { first, firstMinScore, minScore } = this.settings.digest;
    const best = (filter: MatchFilter, limit: number) => this.matches.list({ profile: profileId, current: true, ...filter }, this.clock.now(), limit, null);
    const open = await best({ closed: false, status: 'open', minScore: firstMinScore }, first);
    const coming = await best({ closed: false, status: 'forthcoming', minScore }, first);
    const { total } = await best({ closed: false, minScore }, 1);
    const shown = [...open.items, ...coming.items].filter(({ match }) => match.score >= minScore).length;
    const untouched = (items: MatchWithCall[]) => items.map((m) => ({ ...m, changes: [], stood: true }));
    return { news: untouched(open.items), coming: untouched(coming.items), more: Math.max(0, total - shown) };
  }

  /**
   * Calls that fit and are new, or changed, since the contact was told of them or since the baseline, best first. A call
   * is new by our own first sight, whatever dates it bears.
   */
  async since(recipient: Pick<RecipientEntity, 'profileId' | 'email' | 'baselineSeq'>): Promise<News[]> {
    const { profileId, email, baselineSeq } = recipient;
    const told = await this.recipients.told(profileId, email);
    const found = await this.matches.telling(profileId, this.settings.digest.minScore, this.clock.now(), baselineSeq);
    const untold = found.filter(({ call }) => BigInt(call.seq) > (told.get(call.id) ?? 0n));
    const stood = await this.calls.neverNew(untold.map(({ call }) => call.id));
    const news = await Promise.all(untold.map(async (m) => {
      const known = told.get(m.call.id) ?? (BigInt(m.call.firstSeq) <= BigInt(baselineSeq) ? BigInt(baselineSeq) : null);
      return this.newsOf({ ...m, stood: stood.has(m.call.id) }, known);
    }));
    return news.filter((n) => n !== null);
  }

  /** `known` is the place up to which they know the call; null where they never heard of it. */
  private async newsOf(m: MatchWithCall & { stood: boolean }, known: bigint | null): Promise<News | null> {
    // What ended before they heard of it is nothing to them.
    if (known === null) return m.call.withdrawnAt ? null : { ...m, changes: [] };
    // Up to what was read of the call and no further: that much is noted as told, and a later change comes with the next mail.
    const changes = await this.calls.changesBehind(m.call.id, known.toString(), m.call.seq);
    // What changed and is now as they know it is no news, and least of all a new call.
    return changeSentences(changes, 'en', m.call.content).length ? { ...m, changes } : null;
  }
}
