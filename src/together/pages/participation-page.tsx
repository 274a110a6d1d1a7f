import type { InstituteView } from '../../access/api/institute-overview.js';
import { FormError } from '../../ui/parts.js';
import { dayText } from '../../ui/dates.js';
import { withQuery } from '../../ui/query.js';
import { numberTo } from '../../i18n/formats.js';
import type { Viewer } from '../../ui/viewer.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';
import { InviteForm, RemindForm, type InviteLine, type Waiting } from './invitation-forms.js';

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
      {v.actor?.writes && (
        <>
          <RemindForm v={v} waiting={waiting} />
          <InviteForm v={v} institutes={standing.nobody} typed={shown.typed} />
        </>
      )}
    </>
  );
}
