import { PersonInput } from '../../access/pages/person-fields.js';
import { may } from '../../kernel/actor.js';
import { ConfirmFirst } from '../../ui/confirm.js';
import { dayText } from '../../ui/dates.js';
import { FormError, LanguageOptions } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { InstituteView } from '../../access/api/institute-overview.js';
import { withQuery } from '../../ui/query.js';
import { numberTo } from '../../i18n/formats.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';

/** A person who was invited and never signed in. */
interface Waiting {
  id: string;
  name: string;
  email: string;
  institute: string;
  createdAt: string;
}

/** The form to remind everyone who was invited and never signed in. */
function RemindForm({ v, waiting }: { v: Viewer; waiting: Waiting[] }) {
  return (
    <section class="card no-print" aria-labelledby="remind">
      <h2 id="remind">{v.t('cockpit.remind.title')}</h2>
      {waiting.length === 0 ? (
        <p class="muted">{v.t('cockpit.remind.none')}</p>
      ) : (
        <form method="post" action="/network/institutes/remind">
          <p class="muted small">{v.t('cockpit.remind.says')}</p>
          <ConfirmFirst v={v} />
          {waiting.map((p) => (
            <label key={p.id} class="choice">
              <input type="checkbox" name="people" value={p.id} checked />
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
      placeholder={v.t('team.name')}
      aria-label={v.t('cockpit.invite.name', { institute: name })}
      value={line.name}
      aria-invalid={line.error === undefined ? undefined : true}
      aria-describedby={line.error === undefined ? undefined : `error-${id}`}
    />
    <PersonInput
      kind="email"
      name={`email-${id}`}
      placeholder={v.t('team.email')}
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
function InviteForm({
  v,
  institutes,
  typed,
}: {
  v: Viewer;
  institutes: { id: string; name: string }[];
  typed: Map<string, InviteLine>;
}) {
  if (institutes.length === 0) return null;
  const wrong = [...typed.values()].some((t) => t.error !== undefined);
  return (
    <details class="card no-print" open={wrong}>
      <summary>{v.t('cockpit.invite.title')}</summary>
      <form method="post" action="/network/institutes/invite">
        <p class="muted small">{v.t('cockpit.invite.says')}</p>
        <ConfirmFirst v={v} />
        {institutes.map(({ id, name }) => (
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

export const STATES = ['all', 'silent', 'untold', 'invited', 'nobody'] as const;
export type State = (typeof STATES)[number];

/** An institute, and its number of open interests. */
export type Standing = InstituteView & { interests: number };

export interface ParticipationShown {
  v: Viewer;
  state: State;
  group: string | undefined;
  groups: { id: string; name: string }[];
  /** The institutes of the chosen group, by state. */
  standing: Record<State, Standing[]>;
  waiting: Waiting[];
  /** The values of the form by institute, as typed or proposed. */
  typed: Map<string, InviteLine>;
  refused: string | null;
  /** Names of the sources that cannot be read as planned. */
  troubled: string[];
}

const addressOf = (state: State, group: string | undefined): string =>
  withQuery('/network/institutes', { state: state === 'all' ? null : state, group: group ?? null });

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
                {i.lastSeenAt ? dayText(v, i.lastSeenAt) : v.t('network.never')}
              </td>
              <td data-label={v.t('cockpit.told')}>
                {i.notified ? (
                  v.t('cockpit.told.yes')
                ) : (
                  <span class="badge changed">{v.t('cockpit.told.no')}</span>
                )}
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
export function ParticipationPage(shown: ParticipationShown) {
  const { v, state, group, groups, standing, waiting, refused, troubled } = shown;
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
          <RemindForm v={v} waiting={waiting} />
          <InviteForm v={v} institutes={standing.nobody} typed={shown.typed} />
        </>
      )}
    </>
  );
}
