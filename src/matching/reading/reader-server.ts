import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { SECOND_MS } from '../../kernel/durations.js';
import type { Clock, TokenUsage } from '../../kernel/ports.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import type { Endpoint } from '../../platform/openai/openai-server.js';
import { LanguageModel } from '../../platform/reader/language-model.js';
import { CLOCK } from '../../platform/tokens.js';
import { readOnce } from '../domain/reader/read-call.js';
import type { Reading } from '../domain/reader/reading.js';
import { callHash, profileHash, readableCall, readingKey } from '../domain/reader/prompt.js';
import { ReaderAgreementRepository, ReaderServerRepository } from '../store/reader-server.repository.js';
import { ReadingRepository } from '../store/reading.repository.js';

/** How soon other processes notice what was set in one. */
const NOTICE_MS = 15 * SECOND_MS;
/** Somebody waits for the answers. */
const PATIENCE_MS = 60 * SECOND_MS;
/** Fewer decisions, or decisions of fewer institutes, would tell the network what one of them decided. */
const LEAST_DECISIONS = 20;
const LEAST_INSTITUTES = 3;

/** What a model said of a call for an institute, beside the built-in score; or why nothing it said counts. */
export interface Tried {
  title: string;
  institute: string;
  score: number;
  reading: Reading | null;
  refused: string | null;
  usage: TokenUsage;
}
/** On how many decided calls the model and the officers agree: wanted, at least in part, or not. */
export interface Agreement {
  decisions: number;
  same: number;
}

/** The language model that is set on its page instead of by variables. */
@Injectable()
export class ReaderServer implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('Reading');
  private timer: NodeJS.Timeout | null = null;
  private wasLocked = false;

  constructor(
    private readonly language: LanguageModel,
    private readonly stored: ReaderServerRepository,
    private readonly pairs: ReaderAgreementRepository,
    private readonly readings: ReadingRepository,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.language.isNamed) return;
    await this.refresh();
    this.timer = setInterval(() => {
      this.refresh().catch((error: unknown) =>
        this.log.warn(`The language model could not be looked up: ${(error as Error).message}`),
      );
    }, NOTICE_MS).unref();
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Uses what was set last, in this or another process. */
  async refresh(): Promise<void> {
    const server = await this.stored.findServer();
    const locked = server === 'locked';
    if (locked && !this.wasLocked)
      this.log.error(
        'The key of the language model was stored with another SECRET_KEY, so no model reads. Fix: Set SECRET_KEY (or SECRET_KEY_BEFORE) to the earlier key, or set the model again on its page.',
      );
    this.wasLocked = locked;
    await this.language.use(locked ? null : server);
  }

  /** Tries a server with three calls, and uses it from now on if it reads at least one of them. */
  async set(server: Endpoint, gone: AbortSignal): Promise<{ tried: Tried[]; used: boolean }> {
    const tried = await this.try(server, gone);
    const used = tried.length === 0 || tried.some(({ refused }) => refused === null);
    if (used) {
      await this.stored.put(server);
      await this.language.use(server);
      await this.audit.note('reader.set', null, null, { model: server.model });
    }
    return { tried, used };
  }

  /** Reads nothing any more; what was read is kept, and counts again once the same model reads. */
  async remove(): Promise<void> {
    await this.stored.put(null);
    await this.language.use(null);
    await this.audit.note('reader.removed', null, null);
  }

  private async try(server: Endpoint, gone: AbortSignal): Promise<Tried[]> {
    const pairs = await this.pairs.toTry(this.clock.now());
    const { calls, profiles } = await this.pairs.contents(
      pairs.map((p) => p.callId),
      pairs.map((p) => p.profileId),
    );
    const model = this.language.toTry(server);
    const signal = AbortSignal.any([gone, AbortSignal.timeout(PATIENCE_MS)]);
    try {
      return await Promise.all(
        pairs.map(async ({ callId, profileId, score }): Promise<Tried> => {
          const [content, profile] = [calls.get(callId)!, profiles.get(profileId)!];
          const question = { profiles: [profile], summary: false };
          const { readings, refused, usage } = await readOnce(model, readableCall(content), question, signal);
          return {
            title: content.title,
            institute: profile.name,
            score,
            reading: readings.get(profileId) ?? null,
            refused: refused.get(profileId) ?? null,
            usage,
          };
        }),
      );
    } finally {
      await model.close();
    }
  }

  /** Returns how often the current model agrees with the officers; null while there are too few decisions. */
  async agreement(): Promise<Agreement | null> {
    const model = this.language.current;
    if (!model) return null;
    const found = await acrossInstitutes('a model is held against the decisions of all institutes', () =>
      this.readDecided(model.name),
    );
    if (found.length < LEAST_DECISIONS || new Set(found.map((f) => f.profileId)).size < LEAST_INSTITUTES)
      return null;
    return { decisions: found.length, same: found.filter((f) => f.kept === f.wanted).length };
  }

  /** Decided calls that the model read before, as long as neither the call nor the profile changed. */
  private async readDecided(model: string): Promise<{ profileId: string; kept: boolean; wanted: boolean }[]> {
    const decided = await this.pairs.decided();
    const { calls, profiles } = await this.pairs.contents(
      decided.map((d) => d.callId),
      decided.map((d) => d.profileId),
    );
    const hashes = new Map([...calls].map(([id, content]) => [id, callHash(readableCall(content))]));
    const keyed = decided.map(({ callId, profileId, kept }) => ({
      profileId,
      kept,
      key: readingKey(model, hashes.get(callId)!, profileHash(profiles.get(profileId)!)),
    }));
    const read = await this.readings.findByKeys(keyed.map(({ key }) => key));
    return keyed.flatMap(({ profileId, kept, key }) => {
      const reading = read.get(key);
      return reading ? [{ profileId, kept, wanted: reading.grade !== 'not' }] : [];
    });
  }
}
