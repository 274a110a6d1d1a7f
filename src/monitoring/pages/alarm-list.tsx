import type { AlarmView } from '../alarms.js';
import { momentText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';
import { Reason, StateBadge } from './state-badge.js';

function AlarmItem({
  v,
  alarm,
  names,
  may,
}: {
  v: Viewer;
  alarm: AlarmView;
  /** The names of the subjects in the viewer's language. */
  names: ReadonlyMap<string, string>;
  may: boolean;
}) {
  const name = names.get(alarm.subject) ?? alarm.name;
  return (
    <li class="card alarm">
      <h3>
        {name} <StateBadge v={v} state={alarm.state} />
      </h3>
      <p class="small muted">
        {v.t('sources.since', { when: momentText(v, alarm.troubleSince ?? alarm.raisedAt) })}
      </p>
      {alarm.reason && <Reason v={v} reason={alarm.reason} />}
      {alarm.acknowledgedAt && <p>{v.t('sources.known', { when: momentText(v, alarm.acknowledgedAt) })}</p>}
      {may && !alarm.acknowledgedAt && (
        <form method="post" action={`/sources/alarms/${alarm.id}/acknowledge`}>
          <button type="submit" aria-label={v.t('sources.acknowledge-what', { name })}>
            {v.t('sources.acknowledge')}
          </button>
        </form>
      )}
    </li>
  );
}

/** Current problems, and whether they are acknowledged. */
export function AlarmList({
  v,
  alarms,
  names,
  may,
}: {
  v: Viewer;
  alarms: AlarmView[];
  names: ReadonlyMap<string, string>;
  may: boolean;
}) {
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{v.t('sources.alarms')}</h2>
      {alarms.length === 0 ? (
        <p class="notice">{v.t('sources.alarms-none')}</p>
      ) : (
        <ul class="alarms">
          {alarms.map((alarm) => (
            <AlarmItem key={alarm.id} v={v} alarm={alarm} names={names} may={may} />
          ))}
        </ul>
      )}
    </section>
  );
}
