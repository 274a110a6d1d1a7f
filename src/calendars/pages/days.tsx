import { inBrussels } from '../../calls/domain/brussels.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { deadlineForPeople, unstatedTimeNote } from '../../calls/domain/facts/deadline.js';
import type { DeadlineRow, DeadlineYear } from '../../calls/deadline-calendar.js';
import { dayText } from '../../ui/dates.js';
import { identifierText } from '../../ui/identifier.js';
import { DaysLeft, Dots, Empty, Score } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** An institute's page of a call includes its own data; the network's shows only the call. */
const callHref = (v: Viewer, callId: string): string =>
  v.actor?.profileId ? `/institutes/${v.actor.profileId}/calls/${callId}` : `/calls/${callId}`;

const CallLink = ({ v, row }: { v: Viewer; row: DeadlineRow }) => (
  <a href={callHref(v, row.callId)} lang={row.language}>
    {row.title}
  </a>
);

/** Shown once for a whole list, if it applies to any row. */
function UnstatedTime({ v, rows }: { v: Viewer; rows: DeadlineRow[] }) {
  const note = unstatedTimeNote(rows, v.language);
  return note && <p class="small muted">{note}</p>;
}

export interface Ours {
  items: DeadlineRow[];
  total: number;
}

/** When our calls close, next one first: the purpose of the page. */
export function OurDeadlines({ v, ours: { items, total } }: { v: Viewer; ours: Ours }) {
  return (
    <section class="ours" aria-labelledby="ours">
      <h2 id="ours">{v.t('deadlines.ours')}</h2>
      {items.length === 0 ? (
        <Empty title={v.t('deadlines.ours-none')}>
          <p>{v.t('deadlines.ours-none-says')}</p>
        </Empty>
      ) : (
        <ol>
          {items.map((row) => (
            <li key={`${row.callId} ${row.at} ${row.kind}`}>
              <DaysLeft v={v} at={row.at} />
              <span class="ours-call">
                <CallLink v={v} row={row} />
                <span class="small muted">
                  {deadlineForPeople({ ...row, brussels: inBrussels(row.at) }, v.language, 'marked')}
                </span>
              </span>
              {row.score !== null && <Score score={row.score} />}
            </li>
          ))}
        </ol>
      )}
      <UnstatedTime v={v} rows={items} />
      {total > items.length && <p class="muted">{v.t('deadlines.ours-more', { n: total - items.length })}</p>}
    </section>
  );
}

/** Only institutes have calls that fit. */
const isInside = (v: Viewer): boolean => v.actor?.profileId !== null;

function BusyDay({
  v,
  busy: { day, calls },
  href,
}: {
  v: Viewer;
  busy: DeadlineYear['busiest'][number];
  href: string;
}) {
  return (
    <tr>
      <th scope="row">
        <a href={href}>{dayText(v, day.day)}</a>
      </th>
      <td class="number" data-label={v.t('deadlines.busiest-count')}>
        {day.deadlines}
      </td>
      {isInside(v) && (
        <td class="number" data-label={v.t('deadlines.busiest-fit')}>
          {day.fitting}
        </td>
      )}
      <td>
        <ul class="calls">
          {calls.map((row) => (
            <li key={row.callId}>
              <CallLink v={v} row={row} />
            </li>
          ))}
          {day.deadlines > calls.length && (
            <li>
              <a href={href}>{v.t('deadlines.all-of-day', { n: day.deadlines })}</a>
            </li>
          )}
        </ul>
      </td>
    </tr>
  );
}

/** The days on which most calls close, with their first calls. */
export function BusiestDays({
  v,
  busiest,
  href,
}: {
  v: Viewer;
  busiest: DeadlineYear['busiest'];
  href: (day: string) => string;
}) {
  return (
    <section aria-labelledby="busiest">
      <h2 id="busiest">{v.t('deadlines.busiest')}</h2>
      <div class="scroll">
        <table class="busiest">
          <thead>
            <tr>
              <th scope="col">{v.t('deadlines.busiest-day')}</th>
              <th scope="col" class="number">
                {v.t('deadlines.busiest-count')}
              </th>
              {isInside(v) && (
                <th scope="col" class="number">
                  {v.t('deadlines.busiest-fit')}
                </th>
              )}
              <th scope="col">{v.t('deadlines.busiest-calls')}</th>
            </tr>
          </thead>
          <tbody>
            {busiest.map((busy) => (
              <BusyDay key={busy.day.day} v={v} busy={busy} href={href(busy.day.day)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function DayTable({ v, calls }: { v: Viewer; calls: DeadlineRow[] }) {
  const inside = isInside(v);
  return (
    <div class="scroll">
      <table class="of-day">
        <thead>
          <tr>
            <th scope="col">{v.t('deadlines.call')}</th>
            <th scope="col">{v.t('deadlines.when')}</th>
            {inside && <th scope="col">{v.t('deadlines.score')}</th>}
          </tr>
        </thead>
        <tbody>
          {calls.map((row) => (
            <tr key={`${row.callId} ${row.at}`}>
              <th scope="row">
                <CallLink v={v} row={row} />
                <span class="small muted">
                  <Dots
                    parts={[
                      identifierText(v, { kind: row.callKind, identifier: row.identifier }),
                      row.programme && programmeName(row.programme, v.language),
                    ]}
                  />
                </span>
              </th>
              <td>{deadlineForPeople({ ...row, brussels: inBrussels(row.at) }, v.language, 'marked')}</td>
              {inside && (
                <td>
                  {row.score === null ? (
                    <span class="muted">{v.t('deadlines.no-fit')}</span>
                  ) : (
                    <Score score={row.score} />
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The calls of the selected day. */
export function ChosenDay({ v, chosen }: { v: Viewer; chosen: DeadlineYear['chosen'] }) {
  if (!chosen) return null;
  const hidden = chosen.total - chosen.calls.length;
  return (
    <section id="day" aria-labelledby="of-day" tabIndex={-1}>
      <h2 id="of-day">{v.t('deadlines.of-day', { day: dayText(v, chosen.day) })}</h2>
      {chosen.calls.length ? <DayTable v={v} calls={chosen.calls} /> : <p>{v.t('deadlines.none-on-day')}</p>}
      <UnstatedTime v={v} rows={chosen.calls} />
      {hidden > 0 && <p class="muted">{v.t('deadlines.more-on-day', { n: hidden })}</p>}
    </section>
  );
}
