import { Injectable } from '@nestjs/common';
import { type PassagePlace, passagesOf, textHash, textOfCompetence } from './domain/embedding/texts.js';
import type { MatchableCall } from './domain/index/fields.js';
import type { ExternalCallVectors } from './domain/semantic/external-call-vectors.js';
import type { Profile } from '../profiles/domain/profile.js';
import { meaningKey, type Serving } from './store/embedding.repository.js';
import { VectorStore } from './store/vector-store.js';

/** Calls whose vectors are read at once. */
const BATCH = 200;
/** Cached competences, including those of drafts; the cache is cleared when it is full. */
const MOST_COMPETENCES = 2_000;

type HashedPassage = PassagePlace & { hash: string };

/** The external-model data that a profile is matched with; see `ProfileEntity.matchedMeaning`. */
export interface MatchedWith {
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
    for (let i = 0; i < ids.length; i += BATCH) {
      const some = ids.slice(i, i + BATCH);
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
