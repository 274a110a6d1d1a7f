import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { FromVersion, unlessStale } from '../if-match.js';
import { profileView, ProfileView, versionSummary, VersionSummary, VersionView } from './profile-views.js';
import { Profiles } from '../profiles.js';

const ListQuery = z.object(PAGING);
const VersionNumber = z.coerce.number().int().min(1).max(1_000_000_000);

/** The saved versions of profiles; can restore one. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/versions')
export class ProfileVersionsController {
  constructor(private readonly profiles: Profiles) {}

  /** Lists what was saved, when and by whom, newest first. */
  @Needs('profile.read', 'id')
  @Get()
  @ApiOperation({ summary: 'The versions of a profile' })
  @ApiOkResponse({ standardSchema: pageOf(VersionSummary) })
  async list(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<VersionSummary>> {
    const { versions, total } = await this.profiles.history(
      id,
      ahead(query.limit),
      placeOf(query.cursor, InCursor.count),
    );
    return page(versions, query.limit, total, versionSummary, (v) => v.number);
  }

  @Needs('profile.read', 'id')
  @Get(':number')
  @ApiOperation({ summary: 'A version of a profile' })
  @ApiOkResponse({ standardSchema: VersionView })
  async findOne(
    @Param('id') id: string,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<VersionView> {
    const version = await this.profiles.version(id, number);
    return { ...versionSummary(version), content: version.content };
  }

  /** Saves the version again as the newest one, and matches it immediately. */
  @Needs('profile.write', 'id')
  @Post(':number/restore')
  @ApiOperation({ summary: 'Restore a version of a profile' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ProfileView })
  async restore(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('number', { schema: VersionNumber }) number: number,
    @FromVersion() version: number | undefined,
  ): Promise<ProfileView> {
    return profileView(unlessStale(await this.profiles.restore(id, number, actor, version)));
  }
}
