import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { PAGING } from '../../platform/api/paging.js';
import { TrackRecordView } from './track-record-views.js';
import { TrackRecords } from '../track-records.js';

const ListQuery = z.object(PAGING);

/** The funded projects that an institute claims as its own. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/track-record')
export class TrackRecordController {
  constructor(private readonly records: TrackRecords) {}

  /**
   * Returns the projects that the profile's `trackRecord` claims, latest first, their money, and how many
   * projects with the same numbers it does not claim.
   */
  @Needs('profile.read', 'id')
  @Get()
  @ApiOperation({ summary: 'The track record of an institute' })
  @ApiOkResponse({ standardSchema: TrackRecordView })
  list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<TrackRecordView> {
    return this.records.forProfile(id, limit, cursor);
  }
}
