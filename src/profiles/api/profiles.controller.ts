import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Invalid } from '../../kernel/errors.js';
import { wrong } from '../../kernel/issues.js';
import type { Actor } from '../../kernel/actor.js';
import { Profile, ProfileInput } from '../domain/profile.js';
import type { ProfileWarnings } from '../domain/warning.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { PROFILE_WARNINGS } from '../../platform/tokens.js';
import { FromVersion, unlessStale } from '../if-match.js';
import { profileTag, profileView, ProfileView, SavedProfileView } from './profile-views.js';
import { Profiles, type Standing } from '../profiles.js';
import { jsonBody } from '../../platform/api/json-body.js';

const ListQuery = z.object(PAGING);

/** The institutes' profiles: what they can do, and who gets e-mails. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class ProfilesController {
  constructor(
    private readonly profiles: Profiles,
    @Inject(PROFILE_WARNINGS) private readonly warnings: ProfileWarnings,
  ) {}

  @Needs('profile.read')
  @Get()
  @ApiOperation({ summary: 'The profiles of the institutes' })
  @ApiOkResponse({ standardSchema: pageOf(ProfileView) })
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
  ): Promise<Page<ProfileView>> {
    const { profiles, total } = await this.profiles.list(
      ahead(query.limit),
      placeOf(query.cursor, InCursor.text),
      profileScope(actor, undefined),
    );
    return page(profiles, query.limit, total, profileView, ({ profile }) => profile.id);
  }

  @Needs('profile.read', 'id')
  @Get(':id')
  @ApiOperation({ summary: 'A profile' })
  @ApiOkResponse({ standardSchema: ProfileView })
  async findOne(
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProfileView> {
    return told(await this.profiles.get(id), response);
  }

  /**
   * Replaces the profile and matches it again immediately. Accepts what GET returns; read-only fields are
   * ignored. With `If-Match` and the version that was read, a profile saved in between is left unchanged:
   * 409. Returns the warnings found within three seconds.
   */
  @Needs('profile.write', 'id')
  @Put(':id')
  @ApiOperation({ summary: 'Replace a profile' })
  @ApiBody(jsonBody(Profile))
  @ApiOkResponse({ standardSchema: SavedProfileView })
  async replace(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @FromVersion() version: number | undefined,
    @Body({ schema: ProfileInput }) profile: Profile,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SavedProfileView> {
    if (profile.id !== id) throw new Invalid([wrong(['id'], 'other-id', { id: profile.id, address: id })]);
    // Runs in parallel, and before the matching that saving starts.
    const warnings = this.warnings.forProfile(profile, actor);
    const saved = unlessStale(
      await this.profiles.save(profile, actor, version === undefined ? {} : { version }),
    );
    return { ...told(saved, response), warnings: await warnings };
  }

  /** Confirms on behalf of the institute that the profile is right. */
  @Needs('profile.write', 'id')
  @Post(':id/confirm')
  @ApiOperation({ summary: 'Confirm that a profile describes the institute' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ProfileView })
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @FromVersion() version: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProfileView> {
    return told(unlessStale(await this.profiles.confirm(id, actor, version)), response);
  }
}

function told(standing: Standing, response: Response): ProfileView {
  response.setHeader('ETag', profileTag(standing));
  return profileView(standing);
}
