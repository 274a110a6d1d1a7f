import { Inject, Injectable } from '@nestjs/common';
import { FIRST_STATUSES } from '../domain/preferences/choice.js';
import type { Clock } from '../../kernel/ports.js';
import { RecipientFitRepository } from '../store/recipient-fit.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { CallItems } from './call-items.js';
import type { MessageParts } from './message-writer.js';
import type { Names } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';

/** The content of a first message: the best calls that are open or open soon, and how many more fit. */
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
    const list = { statuses: FIRST_STATUSES, minScore: of.least, limit: this.settings.digest.first };
    const { ids, total } = await this.recipientFit.best(of, list, this.clock.now());
    const calls = await this.items.forRecipient(of, names, ids, { least: of.least });
    const items = ids
      .flatMap((id) => calls.get(id) ?? [])
      .map((call) => ({ ...call, changes: [], urgency: null }));
    return {
      kind: 'first',
      items,
      reminders: [],
      answers: [],
      troubles: [],
      partners: [],
      glance: [],
      asked: null,
      more: total - ids.length,
      held: 0,
    };
  }
}
