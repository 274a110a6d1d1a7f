import { Inject, Injectable } from '@nestjs/common';
import { firstLists } from '../domain/preferences/choice.js';
import type { Clock } from '../../kernel/ports.js';
import { RecipientFitRepository } from '../store/recipient-fit.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { CallItems, type TellableCall } from './call-items.js';
import type { MessageParts } from './message-writer.js';
import type { Names } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';

/** The content of a first message: the best open calls, those opening soon, and how many more fit. */
@Injectable()
export class FirstContent {
  constructor(
    private readonly recipientFit: RecipientFitRepository,
    private readonly items: CallItems,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the parts for a reader and what they start to follow. */
  async parts(of: RecipientContext, names: Names): Promise<MessageParts> {
    const lists = firstLists(this.settings.digest, of.least);
    const best = (list: Parameters<RecipientFitRepository['best']>[1]) =>
      this.recipientFit.best(of, list, this.clock.now());
    const [open, coming] = [await best(lists.open), await best(lists.coming)];
    const calls = await this.items.of(of, names, [...open.ids, ...coming.ids], { least: of.least });
    const listed = (ids: string[]) =>
      ids
        .flatMap((id) => calls.get(id) ?? [])
        .map((c): TellableCall & { changes: []; urgency: null } => ({ ...c, changes: [], urgency: null }));
    const items = listed(open.ids);
    const more = open.total - open.ids.length + coming.total - coming.ids.length;
    return {
      kind: 'first',
      items,
      coming: listed(coming.ids),
      reminders: [],
      answers: [],
      troubles: [],
      partners: [],
      glance: [],
      asked: null,
      more,
      held: 0,
    };
  }
}
