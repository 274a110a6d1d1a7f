import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { unknownNames } from '../../domain/history/claims.js';
import { HistoryRepository } from '../../persistence/repositories/history.repository.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { OfInstitute } from '../../platform/access/rule.js';
import { ahead, page, PAGING, placeOf } from '../../platform/api/paging.js';
import { claimedView, inOrder, Place, TrackRecordView } from './track-record-views.js';

const ListQuery = z.object(PAGING);

/** The funded projects that an institute claims as its own. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/track-record')
export class TrackRecordController {
  constructor(
    private readonly history: HistoryRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  /** What the profile's `trackRecord` claims, the latest first, and how many projects of the same numbers it leaves. */
  @OfInstitute('id', 'read')
  @Get()
  @ApiOkResponse({ standardSchema: TrackRecordView })
  async list(@Param('id') id: string, @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>): Promise<TrackRecordView> {
    const profile = await this.profiles.find(id);
    if (!profile) throw new NotFoundException(`There is no profile "${id}".`);
    const after = placeOf(cursor, Place);
    const trackRecord = profile.content.trackRecord ?? [];
    const claimed = await this.history.projectsOf(trackRecord);
    const rest = claimed.sort((a, b) => inOrder(a.project, b.project)).filter((c) => after === null || inOrder(after, c.project) < 0);
    return {
      ...page(rest.slice(0, ahead(limit)), limit, claimed.length, claimedView, ({ project }) => ({ start: project.start, id: project.id })),
      unclaimed: (await this.history.countOf(trackRecord.map((c) => c.pic))) - claimed.length,
      unknown: unknownNames(trackRecord, claimed),
    };
  }
}
