import { isGood } from '../domain/alarm-words.js';
import type { MessageKey } from '../../i18n/all.js';
import type { Viewer } from '../../ui/viewer.js';
import type { AlarmView } from '../alarms.js';
import { momentText } from '../../ui/dates.js';

const TONES: Record<string, string> = {
  new: 'unknown',
  quiet: 'doubt',
  doubtful: 'doubt',
  throttled: 'doubt',
  late: 'doubt',
  long: 'doubt',
  hampered: 'doubt',
  'nearly-full': 'doubt',
  overdue: 'doubt',
  unproven: 'doubt',
};

/** A state in words, coloured by severity. */
export function StateBadge({ v, state }: { v: Viewer; state: string }) {
  return (
    <span class={`badge state ${isGood(state) ? 'well' : (TONES[state] ?? 'trouble')}`}>
      {v.t(`sources.state.${state}` as MessageKey)}
    </span>
  );
}

/** The program's own note, which is in English. */
export function Reason({ v, reason }: { v: Viewer; reason: string }) {
  return (
    <p class="reason small">
      <span class="muted">{v.t('sources.detail')}</span> {v.t('text.quote-open')}
      <span class="noted" lang="en">
        {reason}
      </span>
      {v.t('text.quote-close')}
    </p>
  );
}

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
