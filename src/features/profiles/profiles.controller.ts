import { Body, Controller, Get, Inject, NotFoundException, Param, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../domain/access/actor.js';
import { job } from '../../domain/jobs.js';
import type { Clock } from '../../domain/ports.js';
import { Profile } from '../../domain/profile/profile.js';
import type { ProfileEntity } from '../../persistence/entities/profile.entity.js';
import { ProfileRepository } from '../../persistence/repositories/profile.repository.js';
import { CurrentActor, OfInstitute, SignedIn } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import { ahead, page, PAGING, pageOf, placeOf, type Page } from '../../platform/api/paging.js';
import { invalid } from '../../platform/api/problem.js';
import { Queues } from '../../platform/queue/queues.js';
import { CLOCK } from '../../platform/tokens.js';

const readOnly = {
  revision: z.number().int().describe('counts the changes of the competences'),
  editedAt: z.iso.datetime().nullable().describe('when it was edited through the API last; null while it says what its file says'),
  updatedAt: z.iso.datetime(),
  matched: z.boolean().describe('whether its matches were made for this revision'),
  file: z
    .object({ conflict: Profile.nullable().describe('the file as it stands now, where it changed although the profile was edited') })
    .nullable().describe('null where no file brought the profile'),
};
const ProfileView = Profile.extend(readOnly).meta({ id: 'Profile' });
type ProfileView = z.infer<typeof ProfileView>;
const ListQuery = z.object(PAGING);

// What GET gives can be given back: the fields that only we write are taken and left aside.
const ProfileInput = z
  .preprocess((x) => (isObject(x) ? Object.fromEntries(Object.entries(x).filter(([k]) => !Object.hasOwn(readOnly, k))) : x), Profile)
  .meta({ id: 'ProfileInput' });

const unknown = (id: string) => new NotFoundException(`There is no profile "${id}".`);
const isObject = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);

const view = (p: ProfileEntity): ProfileView => ({
  ...p.content,
  revision: p.revision,
  editedAt: p.editedAt?.toISOString() ?? null,
  updatedAt: p.updatedAt.toISOString(),
  matched: p.matchedRevision === p.revision,
  file: p.fileHash === null ? null : { conflict: p.fileConflict },
});

/** The institutes' profiles: what they can do, and who is written to. */
@ApiTags('profiles')
@ApiBearerAuth()
@Controller('v1/profiles')
export class ProfilesController {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @SignedIn()
  @Get()
  @ApiOkResponse({ standardSchema: pageOf(ProfileView) })
  async list(@CurrentActor() actor: Actor, @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>): Promise<Page<ProfileView>> {
    const { profiles, total } = await this.profiles.list(ahead(query.limit), placeOf(query.cursor, z.string()), profileScope(actor, undefined));
    return page(profiles, query.limit, total, view, (p) => p.id);
  }

  @OfInstitute('id', 'read')
  @Get(':id')
  @ApiOkResponse({ standardSchema: ProfileView })
  async one(@Param('id') id: string): Promise<ProfileView> {
    return view(await this.get(id));
  }

  /** Replaces the profile and matches it again at once. Takes what GET gives; fields that only we write are ignored. */
  @OfInstitute('id', 'write')
  @Put(':id')
  @ApiBody({ schema: z.toJSONSchema(Profile, { io: 'input', target: 'openapi-3.0' }) as never })
  @ApiOkResponse({ standardSchema: ProfileView })
  async replace(@Param('id') id: string, @Body({ schema: ProfileInput }) profile: Profile): Promise<ProfileView> {
    if (profile.id !== id) throw invalid([{ path: ['id'], message: `is "${profile.id}", but the address names "${id}"` }]);
    const saved = await this.profiles.edit(profile, this.clock.now());
    if (!saved) throw unknown(id);
    await this.queues.hurry([job('match', { profileId: id })]);
    return view(saved);
  }

  private async get(id: string): Promise<ProfileEntity> {
    const profile = await this.profiles.find(id);
    if (!profile) throw unknown(id);
    return profile;
  }
}
