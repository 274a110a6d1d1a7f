import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { passagesOf, textHash, textOfCompetence } from '../domain/embedding/texts.js';
import type { Clock, EmbeddedText, Embedder } from '../../kernel/ports.js';
import {
  EmbeddingProgressRepository,
  EmbeddingRepository,
  type Read,
} from '../store/embedding.repository.js';
import type { EmbeddingProgressEntity } from '../store/embedding.entity.js';
import type { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { CallRepository } from '../../calls/store/call.repository.js';
import { DAY_MS, MINUTE_MS } from '../../kernel/durations.js';
import { CarnotError, MOST_ASKED_MS } from '../../kernel/errors.js';
import { CLOCK, EMBEDDER } from '../../platform/tokens.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofAllInstitutes,
  Runs,
} from '../../platform/queue/job.js';

/**
 * Approximate number of texts per portion: a model on an ordinary CPU takes half a minute. A call usually has
 * at most four passages.
 */
const BATCH = 64;
const CALLS = BATCH / 4;

/** Texts a model has not read, and its progress once it has. */
interface Portion {
  texts: EmbeddedText[];
  read: Read;
}

/** The texts of calls and profiles that a model has not read yet. */
@Injectable()
export class Unread {
  constructor(
    private readonly calls: CallRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async any(progress: EmbeddingProgressEntity): Promise<boolean> {
    return (
      BigInt(await this.calls.lastSeq()) > BigInt(progress.callSeq) ||
      (await this.behind(progress)).length > 0
    );
  }

  /**
   * Returns the next portion, or null if everything is read. Profiles come first: they are few, and each
   * affects every call.
   */
  async next(progress: EmbeddingProgressEntity): Promise<Portion | null> {
    const behind = await this.behind(progress);
    if (behind.length) return ofProfiles(behind);
    const calls = await this.calls.since(progress.callSeq, CALLS);
    if (!calls.length) return null;
    return {
      texts: calls.flatMap((call) => passagesOf(call.content).map((p) => p.text)),
      read: { callSeq: calls.at(-1)!.seq },
    };
  }

  private async behind({ profiles }: EmbeddingProgressEntity): Promise<ProfileEntity[]> {
    return (await this.profiles.findAll()).filter((p) => profiles[p.id] !== p.revision);
  }
}

/** Returns as many profiles as fit into a portion, at least one. */
function ofProfiles(behind: ProfileEntity[]): Portion {
  const portion: Portion & { read: { profiles: Record<string, number> } } = {
    texts: [],
    read: { profiles: {} },
  };
  for (const { id, revision, content } of behind) {
    if (portion.texts.length && portion.texts.length + content.competences.length > BATCH) break;
    portion.texts.push(...content.competences.map(textOfCompetence));
    portion.read.profiles[id] = revision;
  }
  return portion;
}

/** A model with stored vectors, which reads each text only once. */
export class CachedEmbedder implements Embedder {
  readonly model: string;

  constructor(
    private readonly embedder: Embedder,
    private readonly embeddings: EmbeddingRepository,
  ) {
    this.model = embedder.model;
  }

  async embed(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<Float32Array[]> {
    await this.fill(texts, signal);
    const hashes = texts.map(textHash);
    const vectors = await this.embeddings.findByHashes(this.model, hashes);
    return hashes.map((hash) => vectors.get(hash)!);
  }

  /** Has the model read those of these texts that have no vector yet, and stores the results. */
  async fill(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const byHash = new Map(texts.map((text) => [textHash(text), text]));
    const missing = [...(await this.embeddings.missing(this.model, [...byHash.keys()]))];
    const vectors = await this.embedder.embed(
      missing.map((hash) => byHash.get(hash)!),
      signal,
    );
    await this.embeddings.store(this.model, new Map(missing.map((hash, i) => [hash, vectors[i]!])));
  }
}

/** How long a failing model is paused, unless it asks for longer. */
const PAUSE_MS = 5 * MINUTE_MS;
/** An operator who returns to the previous model within a day still finds its vectors. */
const KEPT_MS = DAY_MS;

const EMBED = defineJob({
  name: 'embed',
  queue: 'embed',
  data: z.strictObject({}),
  rows: ofAllInstitutes('a model reads the words of every profile'),
});

/** Has the operator's own model read unread texts, one portion per job, until none are left. */
@Runs(EMBED)
export class EmbedJob implements Job<typeof EMBED> {
  private readonly log = new Logger('Embedding');

  constructor(
    private readonly unread: Unread,
    private readonly progress: EmbeddingProgressRepository,
    private readonly embeddings: EmbeddingRepository,
    @Inject(EMBEDDER) private readonly embedder: Embedder | null,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds texts the operator's own model has not read, unless there is no model or it is paused. */
  async due(): Promise<NextJob[]> {
    if (!this.embedder) return [];
    const now = this.clock.now();
    const progress = await this.progress.findByModel(this.embedder.model, now);
    if (progress.pausedUntil && progress.pausedUntil > now) return [];
    // A process may have ended before recording that everything is read.
    return !progress.ready || (await this.unread.any(progress)) ? [job(EMBED, {})] : [];
  }

  async run(): Promise<NextJob[]> {
    // The job was queued when there was a model.
    if (!this.embedder) return [];
    const { model } = this.embedder;
    const portion = await this.unread.next(await this.progress.findByModel(model, this.clock.now()));
    if (!portion) {
      await this.complete(model);
      return [];
    }
    await new CachedEmbedder(this.embedder, this.embeddings).fill(portion.texts);
    await this.progress.advance(model, portion.read);
    return [job(EMBED, {})];
  }

  async giveUp(_data: JobData<typeof EMBED>, error: Error): Promise<void> {
    if (!this.embedder) return;
    const asked = error instanceof CarnotError ? (error.details.retryAfterMs ?? 0) : 0;
    const pause = Math.min(Math.max(PAUSE_MS, asked), MOST_ASKED_MS);
    this.log.warn(
      `The model in EMBEDDING_URL or EMBEDDING_MODEL_DIR is not available; matching continues without it, next try in ${Math.ceil(pause / MINUTE_MS)} minutes.`,
    );
    await this.progress.pause(this.embedder.model, new Date(this.clock.now().getTime() + pause));
  }

  private async complete(model: string): Promise<void> {
    this.log.log(
      `${model} has read every call and competence: ${await this.progress.complete(model)} vectors so far`,
    );
    await this.embeddings.forgetUnused(new Date(this.clock.now().getTime() - KEPT_MS));
  }
}
