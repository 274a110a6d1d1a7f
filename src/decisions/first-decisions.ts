import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { MINUTE_MS } from '../kernel/durations.js';
import type { Language } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import { Ranking } from '../matching/ranking.js';
import { CLOCK } from '../platform/tokens.js';
import type { InboxItem } from './api/inbox-views.js';
import { FIRST_DECISIONS, tellingCalls } from './domain/first-decisions.js';
import { Inbox } from './inbox.js';
import { FirstDecisionsRepository } from './store/first-decisions.repository.js';

/** Whoever decides and was here a shorter time ago may still be deciding. */
const PAUSE_MS = 30 * MINUTE_MS;

/** The calls that a new institute is asked about, so that its decisions choose its first message. */
@Injectable()
export class FirstDecisions {
  constructor(
    private readonly store: FirstDecisionsRepository,
    private readonly ranking: Ranking,
    private readonly inbox: Inbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the calls, with what was decided on each. */
  async list(actor: Actor, profileId: string, language: Language): Promise<InboxItem[]> {
    const ids = (await this.asked(profileId)).map(({ callId }) => callId);
    const items = await this.inbox.findItems(actor, profileId, ids, language);
    const found = new Map(items.map((item) => [item.id, item]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** Returns how many are left to decide on; 0 once the institute has made that many decisions anywhere. */
  async waiting(profileId: string): Promise<number> {
    return this.left(profileId, (await this.store.beginning(profileId)).decisions);
  }

  /**
   * Whether somebody of the institute may be deciding: whoever decides was here or has decided a short time
   * ago, and calls are left. The first message waits for them.
   */
  async underWay(profileId: string): Promise<boolean> {
    const { decisions, lastSeenAt, lastDecidedAt } = await this.store.beginning(profileId);
    const last = Math.max(lastSeenAt?.getTime() ?? 0, lastDecidedAt?.getTime() ?? 0);
    return last > this.clock.now().getTime() - PAUSE_MS && (await this.left(profileId, decisions)) > 0;
  }

  private async left(profileId: string, decisions: number): Promise<number> {
    if (decisions >= FIRST_DECISIONS) return 0;
    return (await this.asked(profileId)).filter(({ decided }) => !decided).length;
  }

  private async asked(profileId: string) {
    // Also from those decided on, so that the others stay the same from one decision to the next.
    const calls = await this.store.candidates(profileId, this.clock.now());
    return tellingCalls(calls, (score) => this.ranking.likelihood(score));
  }
}
