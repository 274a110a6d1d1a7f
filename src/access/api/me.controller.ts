import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, changesAnything, PersonRole } from '../../kernel/actor.js';
import { Language } from '../../kernel/language.js';
import { CurrentActor, Oneself, SignedIn } from '../../platform/access/rule.js';
import { pageOf, type Page } from '../../platform/api/paging.js';
import { Account, Myself } from '../account.js';
import { ListQuery, pageById } from '../answers.js';
import { Passkeys } from '../passkeys/passkeys.js';
import { PasskeyView, SessionView } from './credential-views.js';
import { Sessions } from '../sessions.js';
import { jsonBody } from '../../platform/api/input.pipe.js';

const MeView = z
  .object({
    kind: z.enum(['operator', 'person', 'service']),
    role: z.enum(['operator', 'service', ...PersonRole.options]),
    name: z.string(),
    email: z.string().nullable(),
    language: Language.nullable(),
    writes: z.boolean().describe('whether this credential may make changes'),
    profile: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe('the institute; null for the network'),
  })
  .meta({ id: 'Me' });
type MeView = z.infer<typeof MeView>;

const view = (actor: Actor): MeView => ({
  kind: actor.kind,
  role: actor.role,
  name: actor.name,
  email: actor.email,
  language: actor.language,
  writes: changesAnything(actor),
  profile:
    actor.profileId === null ? null : { id: actor.profileId, name: actor.profileName ?? actor.profileId },
});

/** The current user and their sessions. */
@ApiTags('me')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  constructor(
    private readonly account: Account,
    private readonly sessions: Sessions,
    private readonly passkeys: Passkeys,
  ) {}

  @SignedIn()
  @Get()
  @ApiOperation({ summary: 'Who is signed in' })
  @ApiOkResponse({ standardSchema: MeView })
  me(@CurrentActor() actor: Actor): MeView {
    return view(actor);
  }

  @Oneself()
  @Patch()
  @ApiOperation({ summary: "Change one's own name and language" })
  @ApiBody(jsonBody(Myself))
  @ApiOkResponse({ standardSchema: MeView })
  async describe(@CurrentActor() actor: Actor, @Body({ schema: Myself }) myself: Myself): Promise<MeView> {
    await this.account.describe(actor, myself);
    return view({ ...actor, ...myself });
  }

  @Oneself()
  @Get('passkeys')
  @ApiOperation({ summary: "One's own passkeys" })
  @ApiOkResponse({ standardSchema: pageOf(PasskeyView) })
  async listPasskeys(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<PasskeyView>> {
    return pageById(await this.passkeys.list(actor), query);
  }

  @Oneself()
  @Get('sessions')
  @ApiOperation({ summary: "One's own sessions" })
  @ApiOkResponse({ standardSchema: pageOf(SessionView) })
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: ListQuery,
  ): Promise<Page<SessionView>> {
    return pageById(await this.sessions.list(actor), query);
  }
}
