import type { Response } from 'express';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Conflict } from '../../../kernel/errors.js';
import { LastOfficer, NewColleague, OfficersInvite, RoleChange, Team } from '../../team.js';
import { TooOften } from '../../../platform/access/rate-limit.js';
import { comeBack } from '../../../ui/page.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { Institutes } from '../../institutes.js';
import { Keys } from '../../keys.js';
import type { SessionView } from '../../api/credential-views.js';
import { Sessions } from '../../sessions.js';
import { Passkeys } from '../../passkeys/passkeys.js';
import { CurrentActor, InPerson, JustSignedIn, Needs } from '../../../platform/access/rule.js';
import { readForm, typedOf } from '../../../ui/form.js';
import { madeKey } from '../account/account.controller.js';
import { type TeamModel, teamPage } from './team-page.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

/** Returns why an invitation was not sent, by field; rethrows what no form can fix. */
export function whyNotInvited(
  v: Viewer,
  response: Response,
  error: unknown,
): { status: number; errors: Record<string, string> } {
  if (error instanceof Conflict) return { status: 409, errors: { email: v.t('team.taken') } };
  if (error instanceof OfficersInvite) return { status: 403, errors: { '': v.t('team.officers-invite') } };
  if (!(error instanceof TooOften)) throw error;
  return { status: 429, errors: { '': comeBack(v, response, error) } };
}

/** Returns why a role change or removal failed, as a sentence; null on success. Rethrows anything else. */
export async function whyNotChanged(
  v: Viewer,
  change: Promise<unknown>,
  last: 'problem.last-officer' | 'problem.last-coordinator',
): Promise<{ status: number; refused: string } | null> {
  try {
    await change;
    return null;
  } catch (error) {
    if (error instanceof OfficersInvite) return { status: 403, refused: v.t('team.officers-invite') };
    if (error instanceof LastOfficer) return { status: 409, refused: v.t('team.last.network') };
    if (error instanceof Conflict) return { status: 409, refused: v.t(last) };
    throw error;
  }
}

/** An institute's people, and the keys of its services. */
@ApiExcludeController()
@Controller('institutes/:profile')
export class TeamPages {
  constructor(
    private readonly team: Team,
    private readonly institutes: Institutes,
    private readonly keys: Keys,
    private readonly passkeys: Passkeys,
    private readonly sessions: Sessions,
  ) {}

  @Needs('team.read', 'profile')
  @Get('team')
  show(@View() v: Viewer, @Param('profile') id: string): Promise<string> {
    return this.page(v, id, {});
  }

  @Needs('team.write', 'profile')
  @JustSignedIn()
  @Post('team')
  async invite(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const form = readForm(NewColleague, body, v.language);
    if (!form.ok) return this.again(v, id, 422, { invite: form });
    try {
      await this.team.invite(id, form.value, actor);
    } catch (error) {
      const { status, errors } = whyNotInvited(v, response, error);
      return this.again(v, id, status, { invite: { typed: typedOf(form.value), errors } });
    }
    return redirectTo(`/institutes/${id}/team`, 'flash.invited');
  }

  @Needs('team.write', 'profile')
  @JustSignedIn()
  @Post('team/:person/role')
  async assign(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Param('person', { schema: z.uuid() }) person: string,
    @Body({ schema: RoleChange }) { role }: z.infer<typeof RoleChange>,
  ): Promise<Answer> {
    const why = await whyNotChanged(v, this.team.assign(id, person, role, actor), 'problem.last-officer');
    if (why) return this.again(v, id, why.status, why);
    return redirectTo(`/institutes/${id}/team`, 'flash.saved');
  }

  @Needs('team.write', 'profile')
  @JustSignedIn()
  @Post('team/:person/remove')
  async remove(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Answer> {
    const removing = this.team.remove(id, person, actor);
    const why = await whyNotChanged(v, removing, 'problem.last-officer');
    if (why) return this.again(v, id, why.status, why);
    // People who remove themselves can no longer see this page.
    return redirectTo(
      person === actor.personId ? '/sign-in' : `/institutes/${id}/team`,
      (await removing).leavesAt ? 'flash.leaving' : 'flash.removed',
    );
  }

  /** For a person who lost their passkey. */
  @Needs('team.write', 'profile')
  @JustSignedIn()
  @Post('team/:person/passkeys/remove')
  async removePasskeys(
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Answer> {
    await this.passkeys.removeOf(id, person, actor);
    return redirectTo(`/institutes/${id}/team`, 'flash.passkey-removed');
  }

  /** For a session left open somewhere. */
  @Needs('team.admit', 'profile')
  @InPerson()
  @Post('team/:person/sessions/:session/revoke')
  async revokeSession(
    @Param('profile') id: string,
    @Param('person', { schema: z.uuid() }) person: string,
    @Param('session', { schema: z.uuid() }) session: string,
  ): Promise<Answer> {
    await this.sessions.revokeOf(id, person, session);
    return redirectTo(`/institutes/${id}/team`, 'flash.revoked');
  }

  /** For somebody whom the network let in after others. */
  @Needs('team.admit', 'profile')
  @JustSignedIn()
  @Post('team/:person/let-in')
  async letIn(
    @Param('profile') id: string,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Answer> {
    await this.team.letIn(id, person);
    return redirectTo(`/institutes/${id}/team`, 'flash.let-in');
  }

  /** Lets an officer whom the network wants to remove keep their place: nobody gets more than they have. */
  @Needs('team.admit', 'profile')
  @InPerson()
  @Post('team/:person/keep')
  async keep(
    @Param('profile') id: string,
    @Param('person', { schema: z.uuid() }) person: string,
  ): Promise<Answer> {
    await this.team.keep(id, person);
    return redirectTo(`/institutes/${id}/team`, 'flash.kept');
  }

  /** Renders the key in this response, because it is not stored and cannot be shown later. */
  @Needs('key.write', 'profile')
  @JustSignedIn()
  @Post('keys')
  async makeKey(@View() v: Viewer, @Param('profile') id: string, @Body() body: unknown): Promise<Answer> {
    const { status, extra } = await madeKey(v, this.keys, { profileId: id }, body);
    return this.again(v, id, status, extra);
  }

  @Needs('key.write', 'profile')
  @InPerson()
  @Post('keys/:key/revoke')
  async revokeKey(
    @Param('profile') id: string,
    @Param('key', { schema: z.uuid() }) key: string,
  ): Promise<Answer> {
    await this.keys.revoke({ profileId: id }, key);
    return redirectTo(`/institutes/${id}/team`, 'flash.revoked');
  }

  private async again(v: Viewer, id: string, status: number, extra: Partial<TeamModel>): Promise<Answer> {
    return pageWith(status, await this.page(v, id, extra));
  }

  private async page(v: Viewer, id: string, extra: Partial<TeamModel>): Promise<string> {
    const institute = await this.institutes.head(id);
    const inside = may(v.actor, 'key.write', id) ? v.actor : null;
    const keys = inside && (await this.keys.list({ profileId: id }));
    const sessions = inside ? await this.sessions.ofTeam(inside, id) : new Map<string, SessionView[]>();
    const invites = v.actor !== null && (await this.team.invites(id, v.actor));
    const [people, holders] = await Promise.all([this.team.list(id), this.passkeys.holders(id)]);
    return teamPage(v, { ...extra, institute, people, holders, sessions, invites, keys });
  }
}
