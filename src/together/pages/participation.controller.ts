import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Conflict } from '../../kernel/errors.js';
import { InstituteOverview } from '../../access/api/institute-overview.js';
import { Team, NewCoordinator } from '../../access/team.js';
import { belongsTo } from '../../network/domain/group.js';
import { Alarms } from '../../monitoring/alarms.js';
import { Groups } from '../../network/groups.js';
import { whyNotInvited } from '../../access/pages/team/team-forms.js';
import { DAY_MS } from '../../kernel/durations.js';
import type { Actor } from '../../kernel/actor.js';
import { JustSignedIn } from '../../platform/access/presence.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { redirectWithFlash, View, type Viewer } from '../../ui/viewer.js';
import { Cockpit } from '../cockpit.js';
import {
  ParticipationPage,
  type ParticipationShown,
  type Standing,
  type State,
  STATES,
} from './participation-page.js';

const FIELDS = { state: z.enum(STATES).default('all'), group: z.string().max(63).optional() };
type Query = z.infer<z.ZodObject<typeof FIELDS>>;
const SILENT_DAYS = 30;
type Typed = ParticipationShown['typed'];

/** The values of a repeatable field. */
const several = (body: Record<string, unknown>, name: string): string[] =>
  [body[name]].flat().filter((value): value is string => typeof value === 'string');

/** The pages that show which institutes take part, and invite the others. */
@ApiExcludeController()
@Controller('network/institutes')
export class ParticipationPages {
  constructor(
    private readonly cockpit: Cockpit,
    private readonly groups: Groups,
    private readonly team: Team,
    private readonly institutes: InstituteOverview,
    private readonly alarms: Alarms,
  ) {}

  @Needs('institute.read')
  @Get()
  show(@View() v: Viewer, @PageQuery(FIELDS) query: Query): Promise<string> {
    return this.render(v, query, new Map(), null);
  }

  @Needs('institute.write')
  @JustSignedIn()
  @Post('remind')
  async remind(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    try {
      await this.team.remind(several(body, 'people'), actor);
      redirectWithFlash(response, '/network/institutes', 'flash.sent');
    } catch (error) {
      const { status, errors } = whyNotInvited(v, response, error);
      await this.refuse(v, response, status, new Map(), errors['']);
    }
  }

  /** Those that cannot be invited are shown with the reason; the others are invited. */
  @Needs('institute.write')
  @JustSignedIn()
  @Post('invite')
  async invite(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    const wrong: Typed = new Map();
    for (const id of several(body, 'invite')) {
      const of = (field: string): string => several(body, `${field}-${id}`)[0] ?? '';
      const typed = { name: of('name'), email: of('email'), language: of('language') };
      const line = { ...typed, ticked: true };
      const read = NewCoordinator.safeParse(typed);
      if (!read.success) {
        wrong.set(id, { ...line, error: v.t('cockpit.invite.wrong') });
        continue;
      }
      try {
        await this.team.invite(id, { ...read.data, role: 'officer' }, actor);
      } catch (error) {
        if (!(error instanceof Conflict)) {
          const { status, errors } = whyNotInvited(v, response, error);
          return this.refuse(v, response, status, wrong.set(id, line), errors['']);
        }
        wrong.set(id, { ...line, error: v.t('team.taken') });
      }
    }
    if (wrong.size === 0) return redirectWithFlash(response, '/network/institutes', 'flash.invited');
    return this.refuse(v, response, 422, wrong, undefined);
  }

  private async refuse(
    v: Viewer,
    response: Response,
    status: number,
    typed: Typed,
    refused: string | undefined,
  ): Promise<void> {
    response
      .status(status)
      .type('html')
      .send(await this.render(v, { state: 'all', group: undefined }, typed, refused ?? null));
  }

  private async render(v: Viewer, query: Query, typed: Typed, refused: string | null): Promise<string> {
    const group = this.groups.all.find((g) => g.id === query.group);
    const [overview, opened, neverSeen, contacts, troubled] = await Promise.all([
      this.institutes.overview(),
      this.cockpit.opened(),
      this.team.neverSeen(),
      this.cockpit.contacts(),
      this.alarms.troubledSources(),
    ]);
    const all = overview
      .filter(({ id }) => !group || belongsTo(group, id))
      .map((i) => ({ ...i, interests: opened.get(i.id) ?? 0 }));
    const names = new Map(overview.map((i) => [i.id, i.name]));
    const waiting = neverSeen.filter(({ profileId }) => !group || belongsTo(group, profileId));
    const proposed: Typed = new Map([...contacts].map(([id, c]) => [id, { ...c, ticked: false }]));
    return page(
      v,
      { title: v.t('cockpit.institutes'), place: 'cockpit', styles: ['calls', 'inbox', 'network'] },
      ParticipationPage({
        v,
        state: query.state,
        group: group?.id,
        groups: this.groups.named(v.language),
        standing: standingOf(all, v.now),
        waiting: waiting.map((p) => ({ ...p, institute: names.get(p.profileId) ?? p.profileId })),
        typed: new Map([...proposed, ...typed]),
        refused,
        troubled,
      }),
    );
  }
}

function standingOf(all: Standing[], now: Date): Record<State, Standing[]> {
  const since = now.getTime() - SILENT_DAYS * DAY_MS;
  return {
    all,
    silent: all.filter((i) => i.lastSeenAt === null || Date.parse(i.lastSeenAt) < since),
    untold: all.filter((i) => !i.notified),
    invited: all.filter((i) => i.people > 0 && i.lastSeenAt === null),
    nobody: all.filter((i) => i.people === 0),
  };
}
