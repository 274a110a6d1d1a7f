import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import type { Language } from '../kernel/language.js';
import type { Rate } from '../kernel/statistics.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/tokens.js';
import type { InboxItem } from './api/inbox-views.js';
import { recallOf } from './domain/recall.js';
import { Inbox } from './inbox.js';
import { RecallSampleRepository } from './store/recall-sample.repository.js';

/** Calls not sent to an institute, which is asked about them; `month` is null before the first sample. */
export interface RecallSample {
  month: string | null;
  items: InboxItem[];
}

/** The monthly recall sample: calls not sent that may have been wanted, and the recall they give. */
@Injectable()
export class RecallSamples {
  constructor(
    private readonly samples: RecallSampleRepository,
    private readonly inbox: Inbox,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Returns the latest sample, undecided calls first. */
  async list(actor: Actor, profileId: string, language: Language): Promise<RecallSample> {
    const asked = await this.samples.newest(profileId);
    const ids = asked.map((call) => call.callId);
    const items = new Map(
      (await this.inbox.findItems(actor, profileId, ids, language)).map((item) => [item.id, item]),
    );
    return {
      month: asked[0]?.month ?? null,
      items: ids.flatMap((id) => items.get(id) ?? []),
    };
  }

  /** Returns the number of undecided calls in the latest sample. */
  waiting(profileId: string): Promise<number> {
    return this.samples.waiting(profileId);
  }

  /** Returns the share of the calls an institute wanted that were sent to it. */
  async recall(profileId: string): Promise<Rate> {
    return recallOf(await this.samples.months(profileId, this.settings.digest.minScore));
  }
}
