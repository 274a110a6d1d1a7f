import { Inject, Injectable } from '@nestjs/common';
import type { TrackRecord } from '../profiles/domain/track-record.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { HistoryProject } from '../funded-projects/domain/history-project.js';
import { HistoryRepository } from '../funded-projects/store/history.repository.js';
import { affinityOf } from './domain/scoring/affinity.js';
import type { Beside, Matched, MatchScore, RankedCall } from './domain/scoring/match.js';
import { type PassagePlace, passagesOf, textHash, textOfCompetence } from './domain/embedding/texts.js';
import type { MatchableCall } from './domain/index/fields.js';
import type { ExternalCallVectors } from './domain/semantic/profile-embeddings.js';
import { meaningKey, type Serving, VectorStore } from './store/embedding.repository.js';
import { Matcher, type MatchingModel } from './domain/scoring/matcher.js';
import type { MatchingSettings } from './domain/scoring/settings.js';
import type { CallContent } from '../calls/domain/call-content.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK, MATCHING_MODEL } from '../platform/tokens.js';
import { AnalysedCalls } from './analysed-calls.js';
import type { AnalysedCall } from './domain/index/analysed-call.js';
import {
  AnalysedCallRepository,
  type ReadCall,
  type Recent,
  type SeenCall,
} from './store/analysed-call.repository.js';
import { eachInTimeSlices, inTimeSlices } from '../kernel/time-slices.js';
import { Readings } from './readings.js';

/** Cached track records, including those of drafts; the cache is cleared when it is full. */
const MOST_RECORDS = 100;

/** The projects of a track record, and how their funding types compare with those of all projects. */
interface ReadRecord extends Required<Pick<Matched, 'affinity'>> {
  projects: HistoryProject[];
}
const NONE: ReadRecord = { projects: [], affinity: new Map() };

/**
 * The funded projects that profiles claim, except those they left. Read once per track record until the next
 * import; an unchanged list is the same object.
 */
@Injectable()
export class ClaimedProjects {
  private imported = 0;
  private readonly known = new Map<string, Promise<ReadRecord>>();

  constructor(private readonly history: HistoryRepository) {}

  async forProfile({ trackRecord }: Profile): Promise<ReadRecord> {
    if (!trackRecord?.length) return NONE;
    const imported = await this.history.lastImport();
    if (imported !== this.imported || this.known.size >= MOST_RECORDS) this.known.clear();
    this.imported = imported;
    const key = JSON.stringify(trackRecord);
    const read = this.known.get(key) ?? this.read(trackRecord);
    this.known.set(key, read);
    // A failed read is retried on the next request.
    read.catch(() => this.known.delete(key));
    return read;
  }

  private async read(trackRecord: TrackRecord): Promise<ReadRecord> {
    const [claimed, all] = await Promise.all([this.history.projectsOf(trackRecord), this.history.schemes()]);
    const projects = claimed.filter((c) => !c.left).map((c) => c.project);
    return {
      projects,
      affinity: affinityOf(
        projects.map(({ fundingScheme }) => ({ scheme: fundingScheme, projects: 1 })),
        all,
      ),
    };
  }
}

/** Calls whose vectors are read at once. */
const VECTORS_AT_ONCE = 200;
/** Cached competences, including those of drafts; the cache is cleared when it is full. */
const MOST_COMPETENCES = 2_000;

type HashedPassage = PassagePlace & { hash: string };

/** The external-model data that a profile is matched with; see `ProfileEntity.matchedMeaning`. */
interface MatchedWith {
  key: string | null;
  readSeq: string;
}

/** Loads the available vectors of the operator's own model, if any, into the matcher. */
@Injectable()
export class ExternalVectors {
  private serving: Serving | null = null;
  private readonly passages = new Map<string, HashedPassage[]>();
  /** Calls without vectors, and whether any were added since the last check. */
  private readonly waiting = new Set<string>();
  private fresh = false;
  private readonly competences = new Map<string, Float32Array>();

  constructor(private readonly store: VectorStore) {}

  /** Registers a new or changed call; it has no vectors until all of them are available. */
  note(id: string, call: MatchableCall, calls: ExternalCallVectors): void {
    if (this.store.model === null) return;
    this.passages.set(
      id,
      passagesOf(call).map(({ text, ...place }) => ({ ...place, hash: textHash(text) })),
    );
    calls.remove(id);
    this.waiting.add(id);
    this.fresh = true;
  }

  /** Forgets a call that is not in memory any more. */
  forget(id: string): void {
    this.passages.delete(id);
    this.waiting.delete(id);
  }

  /** Loads the available vectors of the current model. */
  async refresh(calls: ExternalCallVectors): Promise<void> {
    const [before, now] = [this.serving, await this.store.serving()];
    if (now?.model !== before?.model) this.begin(calls);
    this.serving = now;
    if (now && (this.fresh || now.callSeq !== before?.callSeq)) await this.bring(now.model, calls);
  }

  /** Returns the external-model data that matches of a profile are currently made with. */
  matchedWith(profileId: string): MatchedWith {
    return { key: meaningKey(this.serving, profileId), readSeq: this.serving?.callSeq ?? '0' };
  }

  /** Returns the model's vectors of the profile's competences, by label. */
  async forProfile({ competences }: Profile): Promise<ReadonlyMap<string, Float32Array>> {
    if (!this.serving) return new Map();
    const hashes = new Map(competences.map((c) => [c.label, textHash(textOfCompetence(c))]));
    const unknown = [...hashes.values()].filter((hash) => !this.competences.has(hash));
    if (this.competences.size + unknown.length > MOST_COMPETENCES) this.competences.clear();
    for (const [hash, vector] of await this.store.vectorsOf(this.serving.model, unknown))
      this.competences.set(hash, vector);
    return new Map(
      [...hashes].flatMap(([label, hash]) =>
        this.competences.has(hash) ? [[label, this.competences.get(hash)!]] : [],
      ),
    );
  }

  private begin(calls: ExternalCallVectors): void {
    calls.clear();
    this.competences.clear();
    for (const id of this.passages.keys()) this.waiting.add(id);
    this.fresh = true;
  }

  private async bring(model: string, calls: ExternalCallVectors): Promise<void> {
    this.fresh = false;
    const ids = [...this.waiting];
    for (let i = 0; i < ids.length; i += VECTORS_AT_ONCE) {
      const some = ids.slice(i, i + VECTORS_AT_ONCE);
      const vectors = await this.store.vectorsOf(
        model,
        some.flatMap((id) => this.passages.get(id)!.map((p) => p.hash)),
      );
      for (const id of some) {
        const read = this.passages
          .get(id)!
          .flatMap((p) => (vectors.has(p.hash) ? [{ ...p, unit: vectors.get(p.hash)! }] : []));
        if (read.length < this.passages.get(id)!.length) continue;
        calls.put(id, read);
        this.waiting.delete(id);
      }
    }
  }
}

/** Calls read per query. */
const BATCH = 100;
/** Calls per query of which only the positions are read. */
const MANY = 2_000;
/** Calls and terms of the archive that are counted before that is kept for processes that start later. */
const WORTH_KEEPING = 100;
/** Vectors of calls that are not in memory. The cache is cleared when it is full. */
const MOST_VECTORS = 20_000;
/** Calls in memory that were asked for by name. All leave at the next turn when there are more. */
const MOST_BROUGHT_BACK = 500;

/** Every process keeps the same calls, from one midnight to the next. */
function recentAt(now: Date): Recent {
  const [day, since] = [new Date(now), new Date(now)];
  for (const one of [day, since]) one.setUTCHours(0, 0, 0, 0);
  since.setUTCFullYear(since.getUTCFullYear() - 1);
  return { since, day };
}

/** The profile to score: against every call, or only against the calls in `only`. */
export interface Wanted {
  profile: Profile;
  only?: ReadonlySet<string> | undefined;
  /** See `Wanted` of the matcher. */
  also?: Beside | undefined;
}

/**
 * The in-process index of the calls of the last twelve months, updated with versions stored since the last
 * read. Older calls are only counted, so that words are as rare as among all calls; one that is asked for by
 * name is brought back.
 */
@Injectable()
export class Corpus {
  readonly matcher: Matcher;
  readonly versions = new Map<string, { version: number; seq: bigint }>();
  private seq = '0';
  /** The last answer of `behind`, which many profiles in a row ask for. */
  private askedBehind: { seq: string; ids: readonly string[] } | null = null;
  /** The calls that are only counted, each with the position of the version that is. */
  private archived = new Map<string, string>();
  /** Whether what another process has counted was taken over. */
  private restored = false;
  /** Whether the archive counts its calls alone, and may be kept. */
  private exact = true;
  private readonly broughtBack = new Set<string>();
  /** The vectors of archived calls that were compared with others; null for one without. */
  private readonly vectors = new Map<string, Float32Array | null>();
  /** What is in memory, and since when. */
  private recent: Recent | null = null;
  /** Other analysers that had left something when this process started. */
  private outdated: string[] | null = null;
  private last: Promise<unknown> = Promise.resolve();
  /** Tasks that wait for the index or hold it, one at a time. */
  private waiting = 0;
  /** Tasks that use the index concurrently with its holder. */
  private readonly beside = new Set<Promise<unknown>>();
  private reading: Promise<string> | null = null;

  constructor(
    private readonly stored: AnalysedCallRepository,
    private readonly analysed: AnalysedCalls,
    private readonly claimed: ClaimedProjects,
    private readonly external: ExternalVectors,
    private readonly readings: Readings,
    @Inject(MATCHING_MODEL) readonly model: MatchingModel,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.matcher = new Matcher(model);
    for (const language of ['en', 'fr'] as const)
      this.matcher.index.keepArchive(
        language,
        analysed.archive(language, this.matcher, {
          seq: () => this.seq,
          isInMemory: (id) => this.versions.has(id),
          countedAt: (id) => this.archived.get(id),
        }),
      );
  }

  /** Reads new versions; returns the position in the order of versions that the index has reached. */
  refresh(): Promise<string> {
    return this.held((seq) => seq);
  }

  /**
   * Reads new versions, then runs `work` with the position the index has reached. Tasks run one at a time: of
   * two concurrent reads the slower would overwrite newer contents with older ones, and the index must not
   * change while a task works. `asked`: calls that it needs, however old they are.
   */
  held<T>(work: (seq: string) => T | Promise<T>, asked: Iterable<string> = []): Promise<T> {
    this.waiting += 1;
    const next = this.last.then(() => this.read(asked)).then(work);
    this.last = next.catch(() => undefined).finally(() => (this.waiting -= 1));
    return next;
  }

  /**
   * Runs `work` on the current index, concurrently with its holder; it waits only for a read in progress. For
   * short, interactive tasks: nothing is read into the index until `work` has ended.
   */
  async asItIs<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting === 0) await this.refresh();
    while (this.reading) await this.reading.catch(() => undefined);
    const working = work();
    this.beside.add(working);
    try {
      return await working;
    } finally {
      this.beside.delete(working);
    }
  }

  /**
   * Returns every call that matches, best first. Call this while holding the index: it takes several turns.
   */
  async score(
    { profile, only, also }: Wanted,
    settings: MatchingSettings,
    signal?: AbortSignal,
  ): Promise<RankedCall[]> {
    return inTimeSlices(this.matcher.ranking(await this.matched(profile), settings, { only, also }), signal);
  }

  /**
   * Returns the match with one call, whatever its score; null if the index does not contain the call. Call
   * this while holding the index.
   */
  async explain(id: string, profile: Profile, settings: MatchingSettings): Promise<MatchScore | null> {
    return inTimeSlices(this.matcher.explaining(id, await this.matched(profile), settings));
  }

  /** Returns the external-model data that a profile is matched with while the index is held. */
  matchedWith(profileId: string): MatchedWith {
    return this.external.matchedWith(profileId);
  }

  /** Returns the profile with its claimed projects, their funding types and its external-model data. */
  private async matched(profile: Profile): Promise<Matched> {
    return {
      profile,
      ...(await this.claimed.forProfile(profile)),
      external: await this.external.forProfile(profile),
    };
  }

  /** Prepares `likeness` to these calls, however old they are. */
  async expectLikenessTo(ids: readonly string[]): Promise<void> {
    const archived = ids.filter((id) => !this.versions.has(id));
    if (this.vectors.size + archived.length > MOST_VECTORS) this.vectors.clear();
    const unknown = archived.filter((id) => !this.vectors.has(id));
    if (unknown.length === 0) return;
    for (const [id, vector] of await this.analysed.vectors(unknown, this.matcher))
      this.vectors.set(id, vector);
  }

  /** Returns how similar two calls are in meaning, from -1 to 1; 0 if one is unknown. */
  likeness(a: string, b: string): number {
    return this.matcher.likeness(a, b, this.vectors);
  }

  private async read(asked: Iterable<string>): Promise<string> {
    while (this.beside.size > 0) await Promise.allSettled(this.beside);
    this.reading = this.readNew(asked);
    try {
      return await this.reading;
    } finally {
      this.reading = null;
    }
  }

  private async readNew(asked: Iterable<string>): Promise<string> {
    await inTimeSlices(this.model.terminology.prepare());
    await this.updateMemory();
    if (!this.restored) this.archived = await this.analysed.restoreCounts(this.matcher);
    this.restored = true;
    for (;;) {
      const calls = await this.stored.since(this.seq, this.recent!, MANY);
      await this.takeNew(calls);
      if (calls.length < MANY) break;
    }
    await this.bringBack([...asked].filter((id) => !this.versions.has(id)));
    await this.external.refresh(this.matcher.external);
    return this.seq;
  }

  /**
   * Takes the calls out of memory that are over since more than a year, once a day, and those that were
   * brought back if they are too many. Brings those back that are not over, where a clock that was ahead has
   * been set right.
   */
  private async updateMemory(): Promise<void> {
    if (this.broughtBack.size > MOST_BROUGHT_BACK)
      await eachInTimeSlices([...this.broughtBack], (id) => this.archive(id));
    this.outdated ??= await this.stored.othersThan(this.model.analyser);
    const recent = recentAt(this.clock.now());
    if (this.recent && recent.day > this.recent.day) {
      const kept = await this.stored.recentAmong(this.versions.keys(), recent);
      const over = [...this.versions.keys()].filter((id) => !kept.has(id));
      await eachInTimeSlices(over, (id) => this.archive(id));
      // A process of the version before has ended by the day after an update; a later one may have begun.
      await this.stored.forget(this.outdated);
    } else if (this.recent && recent.day < this.recent.day) {
      const back = await this.stored.recentAmong(this.archived.keys(), recent);
      await this.bringBack([...back]);
      for (const id of back) this.broughtBack.delete(id);
    }
    this.recent = recent;
  }

  private archive(id: string): void {
    this.archived.set(id, `${this.versions.get(id)!.seq}`);
    this.matcher.archive(id);
    this.forget(id);
  }

  private async takeNew(seen: readonly SeenCall[]): Promise<void> {
    const seqs = seen.filter((c) => c.recent || this.archived.get(c.id) !== c.seq).map(({ seq }) => seq);
    for (let i = 0; i < seqs.length; i += BATCH)
      await this.take(await this.stored.bySeqs(seqs.slice(i, i + BATCH), this.model.analyser, this.recent!));
    this.seq = seen.at(-1)?.seq ?? this.seq;
  }

  private async take(calls: readonly ReadCall[]): Promise<void> {
    const fresh = await this.analysed.analyse(calls, this.matcher);
    for (const { id } of calls) await this.uncount(id);
    await eachInTimeSlices(calls, (call) => this.put(call, fresh.get(call.id)));
  }

  /** Takes calls into memory that are only counted. */
  private async bringBack(ids: readonly string[]): Promise<void> {
    const archived = ids.filter((id) => this.archived.has(id));
    for (let i = 0; i < archived.length; i += BATCH) {
      const calls = await this.stored.byIds(archived.slice(i, i + BATCH), this.model.analyser);
      const fresh = await this.analysed.analyse(calls, this.matcher);
      await eachInTimeSlices(calls, (call) => {
        // One that has changed meanwhile is read next time.
        if (call.seq !== this.archived.get(call.id)) return;
        const analysis = fresh.get(call.id) ?? this.analysed.read(call);
        this.count(analysis, -1);
        this.archived.delete(call.id);
        this.keepInMemory(call, analysis);
        this.broughtBack.add(call.id);
      });
    }
  }

  private keepInMemory(call: ReadCall, analysis: AnalysedCall): void {
    const content = JSON.parse(call.content!) as CallContent;
    this.matcher.put(call.id, content, analysis);
    this.external.note(call.id, content, this.matcher.external);
    this.readings.note(call.id, content);
    this.askedBehind = null;
    this.versions.set(call.id, { version: call.version, seq: BigInt(call.seq) });
  }

  private forget(id: string): void {
    this.external.forget(id);
    this.readings.forget(id);
    this.askedBehind = null;
    this.versions.delete(id);
    this.broughtBack.delete(id);
  }

  /** Takes back what an archived call counted, as it was when it was counted. */
  private async uncount(id: string): Promise<void> {
    const seq = this.archived.get(id);
    if (seq === undefined) return;
    const content = await this.stored.contentAt(id, seq);
    if (content === null) this.exact = false;
    else this.count(this.analysed.ofText(content, this.matcher), -1);
    this.archived.delete(id);
    this.vectors.delete(id);
  }

  private count({ language, words }: Pick<AnalysedCall, 'language' | 'words'>, by: 1 | -1): void {
    this.matcher.index.count(language, words, by);
  }

  private put(call: ReadCall, fresh: AnalysedCall | undefined): void {
    if (call.recent) {
      this.keepInMemory(call, fresh ?? this.analysed.read(call));
      this.broughtBack.delete(call.id);
    } else {
      if (this.versions.has(call.id)) {
        this.matcher.remove(call.id);
        this.forget(call.id);
      }
      this.count(fresh ?? this.analysed.wordsOf(call), 1);
      this.archived.set(call.id, call.seq);
    }
    this.seq = call.seq;
  }

  /**
   * Keeps what the archive counts for processes that start later, if much of it is new. Call this while
   * holding the index.
   */
  async keepCounts(): Promise<void> {
    if (!this.exact || this.archived.size === 0 || this.matcher.index.uncounted < WORTH_KEEPING) return;
    await this.analysed.keepCounts(this.archived, this.matcher);
  }

  /** Returns the calls whose current version comes after a position. */
  behind(seq: string): readonly string[] {
    if (this.askedBehind?.seq !== seq) {
      const from = BigInt(seq);
      this.askedBehind = {
        seq,
        ids: [...this.versions].filter(([, v]) => v.seq > from).map(([id]) => id),
      };
    }
    return this.askedBehind.ids;
  }
}
