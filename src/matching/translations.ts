import { Inject, Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { sha256 } from '../kernel/hash.js';
import type { Language } from '../kernel/language.js';
import type { Clock } from '../kernel/ports.js';
import { LanguageModel } from '../platform/reader/language-model.js';
import { CLOCK } from '../platform/tokens.js';
import { translate, TRANSLATION_VERSION } from './domain/reader/translate.js';
import type { ReadingModel } from '../kernel/ports.js';
import { ReaderLogRepository } from './store/reader-log.repository.js';
import { TranslationRepository } from './store/translation.repository.js';
import { ReaderBudget } from './reading/reader-budget.js';

/** A user is waiting for the page: slower translations appear on the next visit, or never. */
const PATIENCE_MS = 25_000;

/** Passages of a call to translate, for a page of an institute. */
export interface ToTranslate {
  callId: string;
  profileId: string;
  texts: readonly string[];
  to: Language;
}
/** The translated passages in order, and the model. */
export interface Translation {
  texts: string[];
  model: string;
}

/** Has the operator's language model, if any, translate passages of calls; each is requested once. */
@Injectable()
export class Translations {
  private readonly log = new Logger('Reading');

  constructor(
    private readonly translations: TranslationRepository,
    private readonly requests: ReaderLogRepository,
    private readonly budget: ReaderBudget,
    private readonly language: LanguageModel,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns null if there is nothing to show: no model, no answer in time, no room in the daily limit, or a
   * refused answer.
   */
  async translate(asked: ToTranslate): Promise<Translation | null> {
    const reader = this.language.current;
    if (!reader || asked.texts.length === 0) return null;
    const key = sha256(JSON.stringify([reader.name, TRANSLATION_VERSION, asked.to, asked.texts]));
    const known = await this.translations.findByKey(key);
    const texts = known ? known.texts : await this.ask(reader, key, asked);
    return texts && { texts, model: reader.name };
  }

  private async ask(
    reader: ReadingModel,
    key: string,
    { callId, profileId, texts, to }: ToTranslate,
  ): Promise<string[] | null> {
    const now = this.clock.now();
    if (this.budget.isPaused(await this.requests.state(reader.name), now)) return null;
    const request = { id: randomUUID(), model: reader.name, callId };
    const expected = this.budget.expectedToTranslate(texts.join('').length);
    if (!(await this.budget.begin({ ...request, institutes: [profileId], expected }, now))) return null;
    try {
      const made = await translate(reader, texts, to, AbortSignal.timeout(PATIENCE_MS));
      const held = 'texts' in made ? made.texts : null;
      if ('refused' in made)
        this.log.warn(`The translation of call ${callId} is not shown: ${made.refused}.`);
      await this.translations.keep({ key, callId, model: reader.name, texts: held, madeAt: now });
      await this.requests.ended(request, {
        usage: made.usage,
        money: this.budget.cost(made.usage),
        refused: held === null ? 1 : 0,
        now: this.clock.now(),
      });
      return held;
    } catch (error) {
      this.log.warn(`Call ${callId} could not be translated: ${(error as Error).message}`);
      await this.requests.unanswered(request, (error as Error).message, this.clock.now());
      return null;
    }
  }
}
