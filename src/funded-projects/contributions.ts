import { Injectable } from '@nestjs/common';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { TrackRecord } from '../profiles/domain/track-record.js';
import {
  contributionsOf,
  mergedParts,
  type Part,
  partsOfClaimed,
  type YearOfContributions,
} from './domain/contributions.js';
import { HistoryRepository } from './store/history.repository.js';

/** The most track records cached; beyond that the cache is cleared. */
const MOST_RECORDS = 200;

/**
 * The EU contributions to institutes in the projects they claim, year by year. The projects of a track record
 * are read once and cached until an import changes something.
 */
@Injectable()
export class Contributions {
  private imported = 0;
  private readonly known = new Map<string, Promise<Part[]>>();

  constructor(
    private readonly history: HistoryRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async ofInstitute(profileId: string): Promise<YearOfContributions[]> {
    const profile = await this.profiles.findById(profileId);
    return contributionsOf(await this.parts(profile?.content.trackRecord ?? []));
  }

  /** All institutes together. */
  async ofNetwork(): Promise<YearOfContributions[]> {
    const parts: Part[] = [];
    for (const { content } of await this.profiles.findAll())
      parts.push(...(await this.parts(content.trackRecord ?? [])));
    return contributionsOf(mergedParts(parts));
  }

  private async parts(trackRecord: TrackRecord): Promise<Part[]> {
    if (trackRecord.length === 0) return [];
    const imported = await this.history.lastImport();
    if (imported !== this.imported || this.known.size >= MOST_RECORDS) this.known.clear();
    this.imported = imported;
    const key = JSON.stringify(trackRecord);
    const read = this.known.get(key) ?? this.history.projectsOf(trackRecord).then(partsOfClaimed);
    this.known.set(key, read);
    // A failed read is retried on the next call.
    read.catch(() => this.known.delete(key));
    return read;
  }
}
