import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { PersonInput } from '../../access/pages/person-fields.js';
import { type Actor, may } from '../../kernel/actor.js';
import { ConfirmFirst, FormError, LanguageOptions } from '../../ui/parts.js';
import { dayText } from '../../ui/dates.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { InstituteOverview, type InstituteView } from '../../access/api/institute-overview.js';
import { withQuery } from '../../ui/address.js';
import { numberTo } from '../../i18n/message.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';
import { Conflict } from '../../kernel/errors.js';
import { NewColleague, OfficersInvite, Team } from '../../access/team.js';
import { belongsTo } from '../domain/group.js';
import { Alarms } from '../../monitoring/alarms.js';
import { Groups } from '../groups.js';
import { whyNotInvited } from '../../access/pages/team/team.controller.js';
import { DAY_MS } from '../../kernel/durations.js';
import { CurrentActor, JustSignedIn, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { Cockpit } from '../cockpit.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

/** A person who was invited and never signed in. */
interface Waiting {
  id: string;
  name: string;
  email: string;
  institute: string;
  createdAt: string;
}

/** The form to remind everyone who was invited and never signed in. */
function RemindForm({ v, state, group, waiting, reminded }: ParticipationShown) {
  return (
    <section class="card no-print" aria-labelledby="remind">
      <h2 id="remind">{v.t('cockpit.remind.title')}</h2>
      {waiting.length === 0 ? (
        <p class="muted">{v.t('cockpit.remind.none')}</p>
      ) : (
        <form method="post" action={addressOf(state, group, '/remind')}>
          <p class="muted small">{v.t('cockpit.remind.says')}</p>
          <ConfirmFirst v={v} />
          {waiting.map((p) => (
            <label key={p.id} class="choice">
              <input type="checkbox" name="people" value={p.id} checked={reminded?.includes(p.id) ?? true} />
              <span>
                {p.institute}{' '}
                <span class="muted small">
                  {p.name}, {p.email}, {v.t('cockpit.remind.since', { day: dayText(v, p.createdAt) })}
                </span>
              </span>
            </label>
          ))}
          <button type="submit">{v.t('cockpit.remind.do')}</button>
        </form>
      )}
    </section>
  );
}

/** A line of the form, as typed or proposed. */
interface InviteLine {
  name: string;
  email: string;
  language: string;
  ticked: boolean;
  error?: string;
}

/** The fields for the first officer of an institute. */
const Line = ({ v, id, name, line }: { v: Viewer; id: string; name: string; line: InviteLine }) => (
  <div class={line.error === undefined ? 'invite-line' : 'invite-line wrong'}>
    <label class="choice">
      <input type="checkbox" name="invite" value={id} checked={line.ticked} />
      {name}
    </label>
    <PersonInput
      kind="name"
      name={`name-${id}`}
      placeholder={v.t('form.name')}
      aria-label={v.t('cockpit.invite.name', { institute: name })}
      value={line.name}
      aria-invalid={line.error === undefined ? undefined : true}
      aria-describedby={line.error === undefined ? undefined : `error-${id}`}
    />
    <PersonInput
      kind="email"
      name={`email-${id}`}
      placeholder={v.t('form.email')}
      aria-label={v.t('cockpit.invite.email', { institute: name })}
      value={line.email}
    />
    <select name={`language-${id}`} aria-label={v.t('cockpit.invite.language', { institute: name })}>
      <LanguageOptions v={v} chosen={line.language} />
    </select>
    {line.error !== undefined && (
      <p class="error" id={`error-${id}`}>
        {line.error}
      </p>
    )}
  </div>
);

/** The form to invite first officers for all institutes without people. */
function InviteForm({ v, state, group, standing, typed, inviting }: ParticipationShown) {
  if (standing.nobody.length === 0) return null;
  return (
    <details class="card no-print" open={inviting}>
      <summary>{v.t('cockpit.invite.title')}</summary>
      <form method="post" action={addressOf(state, group, '/invite')}>
        <p class="muted small">{v.t('cockpit.invite.says')}</p>
        <ConfirmFirst v={v} />
        {standing.nobody.map(({ id, name }) => (
          <Line
            key={id}
            v={v}
            id={id}
            name={name}
            line={typed.get(id) ?? { name: '', email: '', language: 'fr', ticked: false }}
          />
        ))}
        <button type="submit">{v.t('cockpit.invite.do')}</button>
      </form>
    </details>
  );
}

const STATES = ['all', 'silent', 'untold', 'invited', 'nobody'] as const;
type State = (typeof STATES)[number];

/** An institute, and its number of open interests. */
type Standing = InstituteView & { interests: number };

interface ParticipationShown {
  v: Viewer;
  state: State;
  group: string | undefined;
  groups: { id: string; name: string }[];
  /** The institutes of the chosen group, by state. */
  standing: Record<State, Standing[]>;
  waiting: Waiting[];
  /** The values of the form by institute, as typed or proposed. */
  typed: Map<string, InviteLine>;
  /** Whether the form to invite was refused. */
  inviting: boolean;
  /** The people ticked in the form to remind, if it was refused; all are proposed. */
  reminded: string[] | null;
  refused: string;
  /** Names of the sources that cannot be read as planned. */
  troubled: string[];
}

const addressOf = (state: State, group: string | undefined, below = ''): string =>
  withQuery(`/network/institutes${below}`, { state: state === 'all' ? null : state, group: group ?? null });

function States({ v, state, group, standing }: ParticipationShown) {
  return (
    <nav class="states no-print" aria-label={v.t('cockpit.state')}>
      <ul>
        {STATES.map((one) => (
          <li key={one}>
            <a href={addressOf(one, group)} aria-current={one === state ? 'page' : undefined}>
              {v.t(`cockpit.state.${one}`)}{' '}
              <span class="count">{numberTo(v.language, standing[one].length)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const HEADS = [
  'network.institute',
  'cockpit.last',
  'cockpit.told',
  'cockpit.interests',
  'cockpit.strong',
] as const;

function Table({ v, institutes }: { v: Viewer; institutes: Standing[] }) {
  if (institutes.length === 0) return <p class="muted">{v.t('cockpit.no-institute')}</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={v.t('cockpit.institutes')}>
      <table class="standing stacked">
        <thead>
          <tr>
            {HEADS.map((key, i) => (
              <th key={key} scope="col" class={i > 2 ? 'number' : undefined}>
                {v.t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {institutes.map((i) => (
            <tr key={i.id}>
              <th scope="row">
                <a href={`/institutes/${i.id}/inbox`}>{i.name}</a>
              </th>
              <td data-label={v.t('cockpit.last')}>
                {i.lastSeenAt ? dayText(v, i.lastSeenAt) : v.t('text.never')}
              </td>
              <td data-label={v.t('cockpit.told')}>
                {i.notified ? v.t('text.yes') : <span class="badge changed">{v.t('cockpit.told.no')}</span>}
              </td>
              <td class="number" data-label={v.t('cockpit.interests')}>
                {numberTo(v.language, i.interests)}
              </td>
              <td class="number" data-label={v.t('cockpit.strong')}>
                {numberTo(v.language, i.strongMatches)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The page of which institutes take part: silent ones, those without recipients, and open invitations. */
function ParticipationPage(shown: ParticipationShown) {
  const { v, state, group, groups, standing, refused, troubled } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/institutes" />
      <h1>{v.t('cockpit.institutes')}</h1>
      <FormError says={refused} />
      <States {...shown} />
      <form method="get" action="/network/institutes" class="row no-print">
        {state !== 'all' && <input type="hidden" name="state" value={state} />}
        <GroupField v={v} groups={groups} chosen={group} />
        <button type="submit">{v.t('calls.go')}</button>
      </form>
      <p class="small">
        <a href="/sources">
          {troubled.length === 0
            ? v.t('cockpit.sources-well')
            : v.t('cockpit.sources-troubled', { names: troubled.join(', ') })}
        </a>
      </p>
      <Table v={v} institutes={standing[state]} />
      {may(v.actor, 'institute.write') && (
        <>
          <RemindForm {...shown} />
          <InviteForm {...shown} />
        </>
      )}
    </>
  );
}

const FIELDS = { state: z.enum(STATES).default('all'), group: z.string().max(63).optional() };
type Query = z.infer<z.ZodObject<typeof FIELDS>>;
const SILENT_DAYS = 30;
type Typed = ParticipationShown['typed'];
/** A form that was refused: the lines to invite, or the people to remind. */
type Sent = { typed?: Typed; reminded?: string[]; refused?: string | undefined };

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
    return this.render(v, query, {});
  }

  @Needs('institute.write')
  @JustSignedIn()
  @Post('remind')
  async remind(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @PageQuery(FIELDS) query: Query,
    @Body() body: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const reminded = several(body, 'people');
    if (reminded.length === 0)
      return this.refuse(v, query, 422, { reminded, refused: v.t('cockpit.tick-one') });
    try {
      await this.team.remind(reminded, actor);
      return redirectTo(addressOf(query.state, query.group), 'flash.sent');
    } catch (error) {
      const { status, errors } = whyNotInvited(v, response, error);
      return this.refuse(v, query, status, { reminded, refused: errors[''] });
    }
  }

  /** Those that cannot be invited are shown with the reason; the others are invited. */
  @Needs('institute.write')
  @JustSignedIn()
  @Post('invite')
  async invite(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @PageQuery(FIELDS) query: Query,
    @Body() body: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const wrong: Typed = new Map();
    const ticked = new Set(several(body, 'invite'));
    const all = Object.keys(body).flatMap((field): [string, InviteLine][] => {
      const id = /^email-(.+)$/.exec(field)?.[1];
      if (id === undefined) return [];
      const of = (name: string): string => several(body, `${name}-${id}`)[0] ?? '';
      return [
        [id, { name: of('name'), email: of('email'), language: of('language'), ticked: ticked.has(id) }],
      ];
    });
    const lines = all.filter(([, line]) => line.ticked);
    const others = all.filter(([, line]) => !line.ticked);
    if (lines.length === 0)
      return this.refuse(v, query, 422, { typed: new Map(others), refused: v.t('cockpit.tick-one') });
    for (const [i, [id, line]] of lines.entries()) {
      const { ticked: _, ...typed } = line;
      const read = NewColleague.safeParse(typed);
      if (!read.success) {
        wrong.set(id, { ...line, error: v.t('cockpit.invite.wrong') });
        continue;
      }
      try {
        await this.team.invite(id, read.data, actor);
      } catch (error) {
        if (error instanceof Conflict) wrong.set(id, { ...line, error: v.t('team.taken') });
        else if (error instanceof OfficersInvite)
          wrong.set(id, { ...line, error: v.t('team.officers-invite') });
        else {
          const { status, errors } = whyNotInvited(v, response, error);
          const left: Typed = new Map([...others, ...wrong, ...lines.slice(i)]);
          return this.refuse(v, query, status, { typed: left, refused: errors[''] });
        }
      }
    }
    if (wrong.size === 0) return redirectTo(addressOf(query.state, query.group), 'flash.invited');
    return this.refuse(v, query, 422, { typed: new Map([...others, ...wrong]) });
  }

  private async refuse(v: Viewer, query: Query, status: number, sent: Sent): Promise<Answer> {
    return pageWith(status, await this.render(v, query, sent));
  }

  private async render(v: Viewer, query: Query, { typed, reminded, refused }: Sent): Promise<string> {
    const group = this.groups.all.find((g) => g.id === query.group);
    const [overview, opened, neverSeen, contacts, troubled] = await Promise.all([
      this.institutes.overview(),
      this.cockpit.opened(),
      this.team.neverSeen(),
      this.cockpit.contacts(),
      this.alarms.troubledSources(v.language),
    ]);
    const all = overview
      .filter(({ id }) => !group || belongsTo(group, id))
      .map((i) => ({ ...i, interests: opened.get(i.id) ?? 0 }));
    const names = new Map(overview.map((i) => [i.id, i.name]));
    const waiting = neverSeen.filter(({ profileId }) => !group || belongsTo(group, profileId));
    const standing = standingOf(all, v.now);
    // An institute that has officers by now has no line at which it could be said.
    const elsewhere = [...(typed ?? [])].flatMap(([id, { error }]) =>
      error === undefined || standing.nobody.some((i) => i.id === id)
        ? []
        : v.t('text.labelled', { label: names.get(id) ?? id, value: error }),
    );
    const proposed: Typed = new Map([...contacts].map(([id, c]) => [id, { ...c, ticked: false }]));
    return page(
      v,
      {
        title: v.t('cockpit.institutes'),
        wide: true,
        place: 'cockpit',
        styles: ['calls', 'inbox', 'network'],
      },
      ParticipationPage({
        v,
        state: query.state,
        group: group?.id,
        groups: this.groups.named(v.language),
        standing,
        waiting: waiting.map((p) => ({ ...p, institute: names.get(p.profileId) ?? p.profileId })),
        typed: new Map([...proposed, ...(typed ?? [])]),
        inviting: typed !== undefined,
        reminded: reminded ?? null,
        refused: [...elsewhere, refused ?? ''].join(' ').trim(),
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
