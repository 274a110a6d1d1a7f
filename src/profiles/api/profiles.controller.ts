import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Response } from 'express';
import { InstituteOverview } from '../../access/api/institute-overview.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, InPerson, Needs } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { FromVersion, unlessStale } from '../if-match.js';
import {
  profileTag,
  profileView,
  ProfileView,
  SavedProfileView,
  versionSummary,
  VersionSummary,
  VersionView,
} from './profile-views.js';
import { Profiles, type Standing } from '../profiles.js';
import { Contacts, Named } from '../contacts/contacts.js';
import { jsonBody } from '../../platform/api/input.pipe.js';
import { Invalid } from '../../kernel/errors.js';
import { wrong } from '../../kernel/issues.js';
import { Profile, ProfileInput } from '../domain/profile.js';
import type { ProfileWarnings } from '../domain/warning.js';
import { PROFILE_WARNINGS } from '../../platform/tokens.js';

const ListQuery = z.object(PAGING);
const VersionNumber = z.coerce.number().int().min(1).max(1_000_000_000);

/** The saved versions of profiles; can restore one. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/versions')
export class ProfileVersionsController {
  constructor(
    private readonly profiles: Profiles,
    private readonly institutes: InstituteOverview,
  ) {}

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
    const restored = unlessStale(await this.profiles.restore(id, number, actor, version));
    return profileView(restored, await this.institutes.isTold(restored.profile.content));
  }
}

const BODY = jsonBody(Named);
const TAGGED = { headers: { ETag: { description: 'for `If-Match`', schema: { type: 'string' as const } } } };

/** The state of a profile's contacts. The response is the profile. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles/:id/contacts')
export class ContactsController {
  constructor(
    private readonly contacts: Contacts,
    private readonly profiles: Profiles,
    private readonly institutes: InstituteOverview,
  ) {}

  @Needs('profile.write', 'id')
  @Post('resend')
  @ApiOperation({ summary: 'Resend the confirmation request to a contact' })
  @HttpCode(200)
  @ApiBody(BODY)
  @ApiOkResponse({ standardSchema: ProfileView })
  async resend(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: Named }) { email }: Named,
  ): Promise<ProfileView> {
    await this.contacts.resend(id, email, actor);
    return this.view(id);
  }

  /** Drops the network's request: an officer declines it, or the network withdraws it. */
  @Needs('profile.write', 'id')
  @InPerson()
  @Delete('change')
  @ApiOperation({ summary: 'Decline a change of contacts requested by the network' })
  @ApiOkResponse({ standardSchema: ProfileView })
  async decline(@Param('id') id: string): Promise<ProfileView> {
    await this.contacts.decline(id);
    return this.view(id);
  }

  private async view(id: string): Promise<ProfileView> {
    const standing = await this.profiles.get(id);
    return profileView(standing, await this.institutes.isTold(standing.profile.content));
  }
}

/** The institutes' profiles: what they can do, and who gets e-mails. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class ProfilesController {
  constructor(
    private readonly profiles: Profiles,
    private readonly institutes: InstituteOverview,
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
    const told = await this.institutes.told(profiles.map(({ profile }) => profile.content));
    return page(
      profiles,
      query.limit,
      total,
      (standing) => profileView(standing, told.has(standing.profile.id)),
      ({ profile }) => profile.id,
    );
  }

  @Needs('profile.read', 'id')
  @Get(':id')
  @ApiOperation({ summary: 'A profile' })
  @ApiOkResponse({ standardSchema: ProfileView, ...TAGGED })
  async findOne(
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProfileView> {
    return this.shown(await this.profiles.get(id), response);
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
  @ApiOkResponse({ standardSchema: SavedProfileView, ...TAGGED })
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
    return { ...(await this.shown(saved, response)), warnings: await warnings };
  }

  @Needs('profile.write', 'id')
  @Post(':id/confirm')
  @ApiOperation({ summary: 'Confirm that a profile describes the institute' })
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: ProfileView, ...TAGGED })
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @FromVersion() version: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProfileView> {
    return this.shown(unlessStale(await this.profiles.confirm(id, actor, version)), response);
  }

  private async shown(standing: Standing, response: Response): Promise<ProfileView> {
    const told = await this.institutes.isTold(standing.profile.content);
    response.setHeader('ETag', profileTag(standing, told));
    return profileView(standing, told);
  }
}
