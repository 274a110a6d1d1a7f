import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, may } from '../../../kernel/actor.js';
import { Keys } from '../../keys.js';
import { Sessions } from '../../sessions.js';
import { Passkeys } from '../../passkeys/passkeys.js';
import { NewNetworkPerson, Team } from '../../team.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../../platform/access/rule.js';
import { readForm, typedOf } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { madeKey } from '../account/account.controller.js';
import { whyNotChanged, whyNotInvited } from '../team/team.controller.js';
import { type TeamModel, teamPage } from '../team/team-page.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

const NETWORK = { profileId: null };

/** The network's people, and the keys of its services. */
@ApiExcludeController()
@Controller('coordinators')
export class CoordinatorsPages {
  constructor(
    private readonly team: Team,
    private readonly keys: Keys,
    private readonly passkeys: Passkeys,
    private readonly sessions: Sessions,
  ) {}

  @Needs('coordinator.read')
  @Get()
  show(@View() v: Viewer): Promise<string> {
    return this.page(v, {});
  }

  @Needs('coordinator.write')
  @JustSignedIn()
  @Post()
  async invite(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const form = readForm(NewNetworkPerson, body, v.language);
    if (!form.ok) return this.again(v, 422, { invite: form });
    try {
      await this.team.invite(null, form.value, actor);
    } catch (error) {
      const { status, errors } = whyNotInvited(v, response, error);
      return this.again(v, status, { invite: { typed: typedOf(form.value), errors } });
    }
    return redirectTo('/coordinators', 'flash.invited');
  }

  @Needs('coordinator.write')
  @JustSignedIn()
  @Post(':person/remove')
  async remove(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Answer> {
    const why = await whyNotChanged(v, this.team.remove(null, person, actor), 'problem.last-coordinator');
    if (why) return this.again(v, why.status, why);
    return redirectTo(person === actor.personId ? '/sign-in' : '/coordinators', 'flash.removed');
  }

  /** For a person who lost their passkey. */
  @Needs('coordinator.write')
  @JustSignedIn()
  @Post(':person/passkeys/remove')
  async removePasskeys(
    @CurrentActor() actor: Actor,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Answer> {
    await this.passkeys.removeOf(null, person, actor);
    return redirectTo('/coordinators', 'flash.passkey-removed');
  }

  /** For a session left open somewhere. */
  @Needs('coordinator.write')
  @InPerson()
  @Post(':person/sessions/:session/revoke')
  async revokeSession(
    @Param('person', { schema: z.uuid() }) person: string,
    @Param('session', { schema: z.uuid() }) session: string,
  ): Promise<Answer> {
    await this.sessions.revokeOf(null, person, session);
    return redirectTo('/coordinators', 'flash.revoked');
  }

  /** Renders the key in this response, because it is not stored and cannot be shown later. */
  @Needs('coordinator.write')
  @JustSignedIn()
  @Post('keys')
  async makeKey(@View() v: Viewer, @Body() body: unknown): Promise<Answer> {
    const { status, extra } = await madeKey(v, this.keys, NETWORK, body);
    return this.again(v, status, extra);
  }

  @Needs('coordinator.write')
  @InPerson()
  @Post('keys/:key/revoke')
  async revokeKey(@Param('key', { schema: z.uuid() }) key: string): Promise<Answer> {
    await this.keys.revoke(NETWORK, key);
    return redirectTo('/coordinators', 'flash.revoked');
  }

  private async again(v: Viewer, status: number, extra: Partial<TeamModel>): Promise<Answer> {
    return pageWith(status, await this.page(v, extra));
  }

  private async page(v: Viewer, extra: Partial<TeamModel>): Promise<string> {
    const writes = may(v.actor, 'coordinator.write') ? v.actor : null;
    const keys = writes && (await this.keys.list(NETWORK));
    return teamPage(v, {
      ...extra,
      institute: null,
      people: await this.team.list(null),
      holders: await this.passkeys.holders(null),
      sessions: writes ? await this.sessions.ofTeam(writes, null) : new Map(),
      invites: may(v.actor, 'coordinator.write'),
      keys,
    });
  }
}
