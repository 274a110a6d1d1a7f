import { Injectable } from '@nestjs/common';
import type { TrackRecord } from '../profiles/domain/track-record.js';
import type { Profile } from '../profiles/domain/profile.js';
import type { HistoryProject } from '../funded-projects/domain/history-project.js';
import { HistoryRepository } from '../funded-projects/store/history.repository.js';
import { affinityOf } from './domain/scoring/affinity.js';
import type { Matched } from './domain/scoring/match.js';

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
