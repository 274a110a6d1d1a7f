import { Injectable } from '@nestjs/common';
import { passagesOf, textOfCompetence } from '../domain/embedding/texts.js';
import type { EmbeddedText } from '../../kernel/ports.js';
import type { EmbeddingProgressEntity } from '../store/embedding.entity.js';
import type { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { CallRepository } from '../../calls/store/call.repository.js';
import type { Read } from '../store/embedding.repository.js';

/**
 * Approximate number of texts per portion: a model on an ordinary CPU takes half a minute. A call usually has
 * at most four passages.
 */
const BATCH = 64;
const CALLS = BATCH / 4;

/** Texts a model has not read, and its progress once it has. */
export interface Portion {
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
