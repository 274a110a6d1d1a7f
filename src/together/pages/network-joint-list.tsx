import type { MatrixRowView } from '../api/matrix-views.js';
import { may } from '../../kernel/actor.js';
import type { JointView } from '../api/joint-views.js';
import { dayText } from '../../ui/dates.js';
import { Empty } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { CockpitTabs, GroupField } from './cockpit-tabs.js';
import { JointTable } from './joint-table.js';

interface Shown {
  v: Viewer;
  group: string | undefined;
  groups: { id: string; name: string }[];
  joint: JointView[];
  /** Calls wanted by two or more institutes, without a joint bid. */
  open: MatrixRowView[];
  names: Map<string, string>;
}

/** Most shown; the matrix has all of them. */
const SHOWN = 10;

function Open({ v, open, names }: Shown) {
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="open">
      <h2 id="open">{v.t('cockpit.could-begin')}</h2>
      <ul class="open-list">
        {open.slice(0, SHOWN).map(({ call, wants }) => (
          <li key={call.id}>
            <div class="row">
              <span>
                <a href={`/calls/${call.id}`} lang={call.language}>
                  {call.title}
                </a>{' '}
                <span class="muted small">
                  {wants.map((id) => names.get(id) ?? id).join(', ')}
                  {call.nextDeadline !== null && ` (${dayText(v, call.nextDeadline)})`}
                </span>
              </span>
              {may(v.actor, 'network.write') && (
                <form method="post" action="/network/joint">
                  <input type="hidden" name="call" value={call.id} />
                  <button type="submit" aria-label={v.t('cockpit.begin-one', { title: call.title })}>
                    {v.t('cockpit.begin')}
                  </button>
                </form>
              )}
            </div>
          </li>
        ))}
      </ul>
      {open.length > SHOWN && (
        <p>
          <a href="/network?show=wanted&sort=deadline">
            {v.t('cockpit.more-wanted', { n: open.length - SHOWN })}
          </a>
        </p>
      )}
    </section>
  );
}

/** All joint opportunities by deadline, and calls that could become one. */
export function NetworkJointList(shown: Shown) {
  const { v, group, groups, joint } = shown;
  return (
    <>
      <CockpitTabs v={v} path="/network/joint" />
      <h1>{v.t('cockpit.tab.joint')}</h1>
      <form method="get" action="/network/joint" class="row no-print">
        <GroupField v={v} groups={groups} chosen={group} />
        <button type="submit">{v.t('calls.go')}</button>
      </form>
      {joint.length > 0 ? (
        <JointTable v={v} profileId={null} joint={joint} />
      ) : (
        <Empty title={v.t('cockpit.joint-none')}>
          <p>
            {v.t('cockpit.joint-none-says')} <a href="/network?show=wanted">{v.t('cockpit.title')}</a>
          </p>
        </Empty>
      )}
      <Open {...shown} />
    </>
  );
}
