import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import type { Language } from '../kernel/language.js';
import type { Reader } from './domain/table.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';

/** The reader and the time that tables are made for. */
@Injectable()
export class SheetReaders {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The minimum score of calls that an institute is notified of. */
  get minScore(): number {
    return this.settings.digest.minScore;
  }

  get home(): string {
    return this.env.PUBLIC_URL;
  }

  reading(language: Language): Reader {
    return { language, now: this.clock.now(), home: this.home };
  }
}
