import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../domain/ports.js';
import { TellingRepository } from '../../persistence/repositories/telling.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { CallItems, type TellableCall } from './call-items.js';
import type { Said } from './message-writer.js';
import type { Names } from './names.js';
import type { Reading } from './reader.js';

/** What a first message says: the best calls that are open, those still to open, and how many more fit. */
@Injectable()
export class FirstContent {
  constructor(
    private readonly telling: TellingRepository,
    private readonly items: CallItems,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Less is asked of open calls than of news, since they are the best there is. */
  async said(of: Reading, names: Names): Promise<Said> {
    const { first, firstMinScore } = this.settings.digest;
    const best = (status: 'open' | 'forthcoming', minScore: number, limit: number) => this.telling.best(of.profiles, { status, minScore, limit }, this.clock.now());
    const [open, coming, passing] = [await best('open', firstMinScore, first), await best('forthcoming', of.least, first), await best('open', of.least, 1)];
    const calls = await this.items.of(of, names, [...open.ids, ...coming.ids], { least: firstMinScore });
    const listed = (ids: string[]) => ids.flatMap((id) => calls.get(id) ?? []).map((c): TellableCall & { changes: []; urgency: null } => ({ ...c, changes: [], urgency: null }));
    const items = listed(open.ids);
    const more = Math.max(0, passing.total - items.filter((i) => (i.match?.score ?? 0) >= of.least).length) + Math.max(0, coming.total - coming.ids.length);
    return { kind: 'first', items, coming: listed(coming.ids), reminders: [], answers: [], troubles: [], more, held: 0 };
  }
}
