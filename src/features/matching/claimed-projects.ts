import { Injectable } from '@nestjs/common';
import type { PastProject } from '../../domain/matching/meaning/pieces.js';
import type { Profile } from '../../domain/profile/profile.js';
import { HistoryRepository } from '../../persistence/repositories/history.repository.js';

/** So many track records are kept, and drafts of such: all are let go when there are more. */
const MOST_RECORDS = 100;
const NONE: readonly PastProject[] = [];

/** The funded projects that profiles claim. Read once for each track record, as long as no import changes something: the same list is the same object. */
@Injectable()
export class ClaimedProjects {
  private imported = 0;
  private readonly known = new Map<string, Promise<readonly PastProject[]>>();

  constructor(private readonly history: HistoryRepository) {}

  async of({ trackRecord }: Profile): Promise<readonly PastProject[]> {
    if (!trackRecord?.length) return NONE;
    const imported = await this.history.lastImport();
    if (imported !== this.imported || this.known.size >= MOST_RECORDS) this.known.clear();
    this.imported = imported;
    const key = JSON.stringify(trackRecord);
    const read = this.known.get(key) ?? this.history.projectsOf(trackRecord).then((claimed) => claimed.map((c) => c.project));
    this.known.set(key, read);
    // What failed is tried again with the next question.
    read.catch(() => this.known.delete(key));
    return read;
  }
}
