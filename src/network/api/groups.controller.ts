import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { GroupMatch, GroupView } from './network-views.js';
import { Groups } from '../groups.js';

const ListQuery = z.object(PAGING);
const MatchesQuery = z.object({
  ...PAGING,
  minScore: z.coerce
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('lowest score for a member; by default the score that a digest requires'),
});

/** Groups of institutes. Everybody may see their members; only the network sees which calls match whom. */
@ApiTags('network')
@ApiBearerAuth()
@Controller('v1/groups')
export class GroupsController {
  constructor(private readonly groups: Groups) {}

  @Needs('group.read')
  @Get()
  @ApiOperation({ summary: 'The groups of institutes' })
  @ApiOkResponse({ standardSchema: pageOf(GroupView) })
  async list(
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<Page<GroupView>> {
    const behind = placeOf(cursor, InCursor.count) ?? 0;
    const views = await this.groups.views(this.groups.all.slice(behind, behind + ahead(limit)));
    return page(
      views.map((view, i) => ({ view, behind: behind + i + 1 })),
      limit,
      this.groups.all.length,
      ({ view }) => view,
      (v) => v.behind,
    );
  }

  @Needs('group.read')
  @Get(':id')
  @ApiOperation({ summary: 'A group of institutes' })
  @ApiOkResponse({ standardSchema: GroupView })
  async findOne(@Param('id') id: string): Promise<GroupView> {
    return (await this.groups.views([this.groups.findById(id)]))[0]!;
  }

  /**
   * Returns the calls that match its members, best for the group first, without those that are closed or open
   * to every subject.
   */
  @Needs('network.read')
  @Get(':id/matches')
  @ApiOperation({ summary: 'Calls that fit several institutes of a group' })
  @ApiOkResponse({ standardSchema: pageOf(GroupMatch) })
  matches(
    @Param('id') id: string,
    @Query({ schema: MatchesQuery }) { limit, cursor, minScore }: z.infer<typeof MatchesQuery>,
  ): Promise<Page<GroupMatch>> {
    return this.groups.matches(id, { limit, cursor, minScore });
  }
}
