import { timeLineOf, type SeenChange, type TimeLine, type TimePoint } from '../../domain/page/time-line.js';
import { DateTime } from 'luxon';
import { BRUSSELS } from '../../domain/brussels.js';
import { daysLeft } from '../../domain/days-left.js';
import { DaysLeft } from '../../../ui/parts.js';
import { dayText, isoDay, momentText } from '../../../ui/dates.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { CallModel } from './model.js';

const across = (x: number): string => `${(x * 100).toFixed(2)}%`;
const HEIGHT = 78;
const LINE = 40;

/** A month by name, a year by number. */
const tickText = (v: Viewer, at: string, step: 'month' | 'year'): string =>
  DateTime.fromISO(at)
    .setZone(BRUSSELS)
    .setLocale(v.language)
    .toFormat(step === 'year' ? 'yyyy' : 'LLL');

/** Text near an end of the line would be cut off: there it is anchored at its end or start. */
const towards = (x: number): 'start' | 'middle' | 'end' => (x < 0.08 ? 'start' : x > 0.92 ? 'end' : 'middle');

const pointClass = ({ kind, past }: TimePoint, next: boolean): string =>
  ['point', kind === 'opens' ? 'opening' : 'deadline', past ? 'past' : next ? 'next' : 'ahead'].join(' ');

function Line({ v, line }: { v: Viewer; line: TimeLine }) {
  return (
    <svg class="line" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      <line class="base" x1="0" x2="100%" y1={LINE} y2={LINE} />
      <line class="gone" x1="0" x2={across(line.today)} y1={LINE} y2={LINE} />
      {line.ticks.map((t) => (
        <g key={t.at} class={t.step}>
          <line x1={across(t.x)} x2={across(t.x)} y1={LINE - 5} y2={LINE + 5} />
          <text x={across(t.x)} y={HEIGHT - 8} text-anchor="middle">
            {tickText(v, t.at, t.step)}
          </text>
        </g>
      ))}
      <line class="today" x1={across(line.today)} x2={across(line.today)} y1="16" y2={LINE + 12} />
      <text class="today-text" x={across(line.today)} y="11" text-anchor={towards(line.today)}>
        {v.t('call.today')}
      </text>
      {line.points.flatMap((p) =>
        p.moved.map((m) => (
          <g key={`${p.at} ${m.at}`} class="former">
            <line x1={across(m.x)} x2={across(p.x)} y1={LINE - 14} y2={LINE - 14} />
            <circle cx={across(m.x)} cy={LINE} r="8" />
          </g>
        )),
      )}
      {line.points.map((p, i) => (
        <g key={p.at} class={pointClass(p, i === line.next)}>
          <circle cx={across(p.x)} cy={LINE} r="11" />
          <text x={across(p.x)} y={LINE + 4} text-anchor="middle">
            {i + 1}
          </text>
        </g>
      ))}
    </svg>
  );
}

function DateItem({ v, point, nth, next }: { v: Viewer; point: TimePoint; nth: number; next: boolean }) {
  const opens = point.kind === 'opens';
  return (
    <li class={pointClass(point, next)}>
      <span class="nth" aria-hidden="true">
        {nth}
      </span>
      <div>
        <span class="kind">{v.t(`call.point.${point.kind}`, { n: point.nth ?? 0 })}</span>
        <time dateTime={opens ? isoDay(point.at) : point.at}>
          {opens ? dayText(v, point.at) : momentText(v, point.at)}
        </time>
        {!opens && !point.timeTold && <span class="muted small">{v.t('call.time-by-rule')}</span>}
        {point.moved.map((m) => (
          <span key={m.at} class="small moved">
            {v.t('call.before')} <del>{opens ? dayText(v, m.at) : momentText(v, m.at)}</del>{' '}
            <span class="muted">{v.t('call.moved-on', { when: dayText(v, m.seenAt) })}</span>
          </span>
        ))}
        {opens ? (
          !point.past && <span class="small">{v.t('days.opens', { days: daysLeft(v.now, point.at) })}</span>
        ) : (
          <span class="small">
            <DaysLeft v={v} at={point.at} />
          </span>
        )}
      </div>
    </li>
  );
}

const seenChanges = ({ events }: CallModel): SeenChange[] =>
  events.flatMap((e) => e.changes.map(({ field, from, to }) => ({ field, from, to, seenAt: e.seenAt })));

/** All dates of a call: on a line and as text. */
export function TimeLineCard({ v, model }: { v: Viewer; model: CallModel }) {
  const line = timeLineOf(model.call, seenChanges(model), v.now);
  return (
    <section class="card dates" aria-labelledby="dates">
      <h2 id="dates">{v.t('call.dates')}</h2>
      {line ? (
        <>
          <Line v={v} line={line} />
          <ol>
            {line.points.map((p, i) => (
              <DateItem key={p.at} v={v} point={p} nth={i + 1} next={i === line.next} />
            ))}
          </ol>
        </>
      ) : (
        <p>{v.t('days.none')}</p>
      )}
    </section>
  );
}
