import { WORKERS } from '../../domain/watch/subject.js';
import type { AlarmView } from '../../features/watch/alarms.js';
import { momentText } from '../kit/dates.js';
import type { Viewer } from '../kit/viewer.js';
import { Reason, StateBadge } from './state-badge.js';

/** What the subject of an alarm is called in the reader's language; a source goes by its own name. */
function nameOf(v: Viewer, { subject, name }: AlarmView): string {
  if (subject === WORKERS) return v.t('sources.workers');
  return subject.startsWith('queue/') ? v.t('sources.queue', { name: subject.slice('queue/'.length) }) : name;
}

function AlarmItem({ v, alarm, may }: { v: Viewer; alarm: AlarmView; may: boolean }) {
  const name = nameOf(v, alarm);
  return (
    <li class="card alarm">
      <h3>{name} <StateBadge v={v} state={alarm.state} /></h3>
      <p class="small muted">{v.t('sources.since', { when: momentText(v, alarm.raisedAt) })}</p>
      {alarm.reason && <Reason v={v} reason={alarm.reason} />}
      {alarm.acknowledgedAt && <p>{v.t('sources.known', { when: momentText(v, alarm.acknowledgedAt) })}</p>}
      {may && !alarm.acknowledgedAt && (
        <form method="post" action={`/sources/alarms/${alarm.id}/acknowledge`}>
          <button type="submit" aria-label={v.t('sources.acknowledge-what', { name })}>{v.t('sources.acknowledge')}</button>
        </form>
      )}
    </li>
  );
}

/** What is wrong now, and whether somebody knows of it. */
export function AlarmList({ v, alarms, may }: { v: Viewer; alarms: AlarmView[]; may: boolean }) {
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{v.t('sources.alarms')}</h2>
      {alarms.length === 0
        ? <p class="notice">{v.t('sources.alarms-none')}</p>
        : <ul class="alarms">{alarms.map((alarm) => <AlarmItem key={alarm.id} v={v} alarm={alarm} may={may} />)}</ul>}
    </section>
  );
}
