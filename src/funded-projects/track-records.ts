import { Injectable } from '@nestjs/common';
import { unknownNames } from './domain/claims.js';
import { HistoryRepository } from './store/history.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { ahead, page, placeOf } from '../platform/api/paging.js';
import { claimedView, inOrder, moneyOf, Place, type TrackRecordView } from './api/track-record-views.js';

/** The funded projects that institutes claim as their own. */
@Injectable()
export class TrackRecords {
  constructor(
    private readonly history: HistoryRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  /** Returns a page of what a profile's `trackRecord` claims, latest first, with the money of all pages. */
  async forProfile(profileId: string, limit: number, cursor: string | undefined): Promise<TrackRecordView> {
    const profile = await this.profiles.get(profileId);
    const after = placeOf(cursor, Place);
    const trackRecord = profile.content.trackRecord ?? [];
    const claimed = await this.history.projectsOf(trackRecord);
    const rest = claimed
      .sort((a, b) => inOrder(a.project, b.project))
      .filter((c) => after === null || inOrder(after, c.project) < 0);
    const money = moneyOf(claimed);
    return {
      ...page(rest.slice(0, ahead(limit)), limit, claimed.length, claimedView, ({ project }) => ({
        start: project.start,
        id: project.id,
      })),
      money,
      unclaimed: (await this.history.countOf(trackRecord.map((c) => c.pic))) - money.projects,
      unknown: unknownNames(trackRecord, claimed),
    };
  }
}
