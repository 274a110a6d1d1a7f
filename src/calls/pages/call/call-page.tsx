import { DateTime } from 'luxon';
import { may } from '../../../kernel/actor.js';
import type { ComponentChildren } from 'preact';
import {
  hasSeveralDates,
  type SeenChange,
  type TimeLine,
  timeLineOf,
  type TimePoint,
} from '../../domain/page/time-line.js';
import { BRUSSELS, daysLeft } from '../../../kernel/brussels.js';
import { DaysLeft, Dots, Identifier, type Key, Keys, OutsideLink, StatusBadge } from '../../../ui/parts.js';
import { dayText, isoDay, momentText } from '../../../ui/dates.js';
import type { Status } from '../../domain/status.js';
import type { Viewer } from '../../../ui/viewer.js';
import { type CallModel, callPath, type Own } from './model.js';
import { shortDiff, type Piece } from '../../domain/versions/text-diff.js';
import { withNotes } from '../../domain/page/marking.js';
import type { EventView } from '../../api/change-views.js';
import { LONGEST_NOTE } from '../../../decisions/notes.js';
import { AskedList } from '../../../proposals/pages/asked-list.js';
import { budgetForPeople } from '../../domain/facts/budget.js';
import { nextOrLast } from '../../domain/facts/deadline.js';
import type { NeighbourView } from '../../api/neighbour-views.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { CallView } from '../../api/call-views.js';
import { Fits, MarkedText, Reasons } from './reasons.js';
import type { MessageKey } from '../../../i18n/all.js';
import { Budgets, budgetsOf } from './budgets.js';
import { CallHead, DraftHistory, DraftNote } from './call-head.js';
import { InterestCard } from '../../../network/pages/interest.controller.js';
import { Decision, JointBid } from './joint-bid.js';
import { Facts } from './facts.js';
import { Partners, Partnership, Questions } from './partners.js';
import { ResultNote } from '../../../pipeline/pages/move-form.js';
import { WonBefore } from './won-before.js';

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

function DateItem({
  v,
  point,
  nth,
  next,
  status,
}: {
  v: Viewer;
  point: TimePoint;
  nth: number;
  next: boolean;
  status: Status;
}) {
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
        {!opens && (
          <span class="small">
            <DaysLeft v={v} at={point.at} status={status} />
          </span>
        )}
        {opens && !point.past && status !== 'withdrawn' && (
          <span class="small">{v.t('days.opens', { days: daysLeft(v.now, point.at) })}</span>
        )}
      </div>
    </li>
  );
}

const seenChanges = ({ events }: CallModel): SeenChange[] =>
  events.flatMap((e) => e.changes.map(({ field, from, to }) => ({ field, from, to, seenAt: e.seenAt })));

/** All dates of a call, on a line and as text; nothing if its deadline, shown at the top, is the only one. */
function TimeLineCard({ v, model }: { v: Viewer; model: CallModel }) {
  const line = timeLineOf(model.call, seenChanges(model), v.now);
  if (!line || !hasSeveralDates(line)) return null;
  return (
    <section class="card dates" aria-labelledby="dates">
      <h2 id="dates">{v.t('call.dates')}</h2>
      <Line v={v} line={line} />
      <ol>
        {line.points.map((p, i) => (
          <DateItem
            key={p.at}
            v={v}
            point={p}
            nth={i + 1}
            next={i === line.next}
            status={model.call.status}
          />
        ))}
      </ol>
    </section>
  );
}

/** The longest diff shown on the page; a rewritten text can be read below in its current form. */
const LONGEST = 2_500;

/** "New" is not a change. */
const toldEvents = ({ events }: CallModel): EventView[] => events.filter((e) => e.kind !== 'new');

function DiffPiece({ piece: { op, text } }: { piece: Piece }) {
  if (op === 'removed') return <del>{text}</del>;
  return op === 'added' ? <ins>{text}</ins> : <>{text}</>;
}

function Diff({ v, language, pieces }: { v: Viewer; language: string; pieces: Piece[] }) {
  const { pieces: shown, whole } = shortDiff(pieces, LONGEST);
  return (
    <>
      <p class="diff" lang={language}>
        {shown.map((piece, i) => (
          <DiffPiece key={i} piece={piece} />
        ))}
      </p>
      {!whole && <p class="muted small">{v.t('call.diff-cut')}</p>}
    </>
  );
}

function Event({
  v,
  model: { call, sources },
  event,
  fresh,
}: {
  v: Viewer;
  model: CallModel;
  event: EventView;
  fresh: boolean;
}) {
  return (
    <details class="event" open={fresh}>
      <summary>
        <Dots
          parts={[
            <time dateTime={isoDay(event.seenAt)}>{momentText(v, event.seenAt)}</time>,
            <>
              {v.t(`call.kind.${event.kind}`)}
              {fresh && (
                <>
                  {' '}
                  <span class="badge changed">{v.t('call.since-seen')}</span>
                </>
              )}
            </>,
          ]}
        />
      </summary>
      <ul>
        {event.says[v.language].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {event.changes.map(
        (change, i) => change.diff && <Diff key={i} v={v} language={call.language} pieces={change.diff} />,
      )}
      <p class="muted small">
        {v.t('call.seen-in', { source: sources.get(event.source ?? '') ?? event.source ?? '' })}{' '}
        <a href={event.document.url}>{v.t('call.document')}</a>
      </p>
    </details>
  );
}

/** A call's events, newest first; those nobody at the institute has seen yet are expanded. */
function Changes({ v, model }: { v: Viewer; model: CallModel }) {
  const { seenVersion = null, version: decidedVersion = null } = model.own?.standing ?? {};
  // A call with a verdict has been looked at, in a list or here.
  const seen =
    seenVersion === null && decidedVersion === null ? null : Math.max(seenVersion ?? 0, decidedVersion ?? 0);
  const events = toldEvents(model);
  const isFresh = (event: EventView): boolean => seen !== null && event.version > seen;
  return (
    <div class="events">
      {events.map((event, i) => (
        <Event
          key={event.id}
          v={v}
          model={model}
          event={event}
          fresh={isFresh(event) || (i === 0 && !events.some(isFresh) && seen === null)}
        />
      ))}
    </div>
  );
}

interface Shown {
  v: Viewer;
  model: CallModel;
}

/** Who was asked, and who replied. */
function Asked({ v, model: { own, institute, call } }: Shown) {
  if (!own || !institute) return null;
  return (
    <section class="card no-print" aria-labelledby="asked">
      <h2 id="asked">{v.t('call.asked')}</h2>
      {own.asked.length ? (
        <AskedList v={v} profileId={institute.id} asked={own.asked} />
      ) : (
        <p class="muted">{v.t('text.nobody-yet')}</p>
      )}
      {may(v.actor, 'decision.write') && (
        <p class="no-print">
          <a class="button" href={`${callPath(institute, call.id)}/propose`}>
            {v.t('propose.title')}
          </a>
        </p>
      )}
    </section>
  );
}

function Note({ v, note, path }: { v: Viewer; note: Own['notes'][number]; path: string }) {
  return (
    <li>
      <p class="note">{note.text}</p>
      <p class="row muted small">
        {v.t('text.by-when', { by: note.author, when: momentText(v, note.createdAt) })}
        {note.own && may(v.actor, 'decision.write') && (
          <form method="post" action={`${path}/notes/${note.id}/remove`} class="no-print">
            <input type="hidden" name="back" value={path} />
            <button type="submit" class="plain">
              {v.t('form.remove')}
            </button>
          </form>
        )}
      </p>
    </li>
  );
}

/** Notes by people of the institute for each other. */
function Notes({ v, model: { own, institute, call, note: draft } }: Shown) {
  if (!own || !institute) return null;
  const path = callPath(institute, call.id);
  return (
    <section class="card no-print" aria-labelledby="notes">
      <h2 id="notes">{v.t('call.notes')}</h2>
      {own.notes.length ? (
        <ul class="plain-list notes">
          {own.notes.map((note) => (
            <Note key={note.id} v={v} note={note} path={path} />
          ))}
        </ul>
      ) : (
        <p class="muted">{v.t('call.no-notes')}</p>
      )}
      {may(v.actor, 'decision.write') && (
        <form method="post" action={`${path}/notes`} class="no-print">
          <input type="hidden" name="back" value={path} />
          <div class={draft ? 'field wrong' : 'field'}>
            <label for="note">{v.t('call.note-new')}</label>
            {/* Above the field: it has the focus, and anything below may be off screen in the column. */}
            {draft && (
              <p class="error" id="note-error">
                {draft.error}
              </p>
            )}
            <textarea
              id="note"
              name="text"
              required
              maxLength={LONGEST_NOTE}
              rows={3}
              autofocus={draft !== null}
              aria-invalid={draft ? true : undefined}
              aria-describedby={draft ? 'note-error' : undefined}
            >
              {draft?.text}
            </textarea>
          </div>
          <button type="submit">{v.t('call.note-add')}</button>
        </form>
      )}
    </section>
  );
}

function Neighbour({ v, model, one }: { v: Viewer; model: CallModel; one: NeighbourView }) {
  const deadline = nextOrLast(one.deadlines, v.now);
  return (
    <li>
      <a href={callPath(model.institute, one.id)} lang={one.language}>
        {one.title}
      </a>
      <span class="row small muted">
        <StatusBadge v={v} status={one.status} />
        <Identifier v={v} call={one} />
        {deadline ? (
          <span>{v.t('call.until', { when: dayText(v, deadline.at) })}</span>
        ) : (
          <span>{v.t('deadline.short.none')}</span>
        )}
        {one.budget && <span>{budgetForPeople(one, v.language, one.budgetFor)}</span>}
      </span>
    </li>
  );
}

function List({
  v,
  model,
  title,
  all,
}: {
  v: Viewer;
  model: CallModel;
  title: string;
  all: NeighbourView[];
}) {
  return all.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul class="plain-list neighbours">
        {all.map((one) => (
          <Neighbour key={one.id} v={v} model={model} one={one} />
        ))}
      </ul>
    </>
  );
}

const Neighbours = ({ v, model }: { v: Viewer; model: CallModel }) => (
  <>
    <List v={v} model={model} title={v.t('call.editions')} all={model.context.editions} />
    <List v={v} model={model} title={v.t('call.similar')} all={model.context.similar} />
  </>
);

function SourceRecord({ v, name, seen }: { v: Viewer; name: string; seen: CallView['seenAt'][number] }) {
  const page = webAddress(seen.url);
  return (
    <li>
      <Dots
        parts={[
          <OutsideLink v={v} href={page}>
            {name}
          </OutsideLink>,
          v.t('call.last-seen', { when: momentText(v, seen.lastSeenAt) }),
          seen.leads && v.t('call.leads'),
          seen.goneAt
            ? v.t('call.gone', { when: momentText(v, seen.goneAt) })
            : seen.notSeenSince && v.t('call.missing', { when: momentText(v, seen.notSeenSince) }),
        ]}
      />
    </li>
  );
}

/** Where and since when the call has been seen, and what it was read from. */
function SeenAt({ v, model: { call, sources } }: { v: Viewer; model: CallModel }) {
  return (
    <>
      <ul class="plain-list">
        {call.seenAt.map((seen, i) => (
          <SourceRecord key={i} v={v} name={sources.get(seen.source) ?? seen.source} seen={seen} />
        ))}
      </ul>
      <p class="muted small">
        <Dots
          parts={[
            v.t('call.first-seen', { when: momentText(v, call.firstSeenAt), version: call.version }),
            call.document && <a href={call.document}>{v.t('call.document')}</a>,
          ]}
        />
      </p>
    </>
  );
}

/**
 * The call's own words, with matches marked; on a phone each section is collapsed. The conditions are
 * collapsed: most are in every call, and the specific ones are listed above.
 */
function CallText({ v, model: { call, reasons } }: { v: Viewer; model: CallModel }) {
  const marked = call.sections.map((section, i) => ({
    ...section,
    marks: reasons?.marks.get(`sections.${i}`) ?? [],
  }));
  const notes = withNotes(marked);
  const sections = marked.map((section, i) => ({ ...section, noted: notes[i]! }));
  const [read, folded] = [
    sections.filter((s) => s.kind !== 'conditions'),
    sections.filter((s) => s.kind === 'conditions'),
  ];
  if (sections.length === 0) return <p>{v.t('call.no-text')}</p>;
  const more = sections.flatMap((s) => s.marks).some((m) => !m.strong);
  return (
    <>
      {more && (
        <label class="choice small no-print">
          <input type="checkbox" id="all-marks" /> {v.t('call.all-marks')}
        </label>
      )}
      <div class="text" lang={call.language}>
        {read.map((s, i) => (
          <details key={i} class="part" open>
            <summary>
              <h3>{s.title || v.t('call.section')}</h3>
            </summary>
            <MarkedText v={v} noted={s.noted} marks={s.marks} />
          </details>
        ))}
        {folded.map((s, i) => (
          <details key={i} open={s.marks.some((m) => m.anchor)}>
            <summary lang={v.language}>{v.t('call.conditions-full')}</summary>
            <MarkedText v={v} noted={s.noted} marks={s.marks} />
          </details>
        ))}
      </div>
    </>
  );
}

/** Notes that a call's publisher has added since, verbatim, newest first. */
function OfficialNotes({ v, model: { call, officialNotes } }: { v: Viewer; model: CallModel }) {
  return (
    <ul class="plain-list neighbours">
      {officialNotes.map(({ day, text }) => (
        <li key={`${day} ${text}`}>
          <p class="small muted">
            <time dateTime={day}>{dayText(v, day)}</time>
          </p>
          <blockquote class="small" lang={call.language} dir="auto">
            {text}
          </blockquote>
        </li>
      ))}
    </ul>
  );
}

interface Part {
  id: string;
  title: MessageKey;
  content: ComponentChildren;
  /** A printed call shows only its content. */ screenOnly?: boolean;
}

function partsOf(v: Viewer, model: CallModel): Part[] {
  const { context } = model;
  const parts: (Part | false)[] = [
    { id: 'facts', title: 'call.facts', content: <Facts v={v} model={model} /> },
    context.partnership !== null && {
      id: 'partnership',
      title: 'call.partnership',
      content: <Partnership v={v} model={model} partnership={context.partnership} />,
    },
    toldEvents(model).length > 0 && {
      id: 'changes',
      title: 'calls.changes',
      content: <Changes v={v} model={model} />,
    },
    model.draftHistory !== null && {
      id: 'draft-history',
      title: 'draft-history.heading',
      content: <DraftHistory v={v} model={model} />,
    },
    model.officialNotes.length > 0 && {
      id: 'official-notes',
      title: 'call.official-notes',
      content: <OfficialNotes v={v} model={model} />,
    },
    model.network !== null && {
      id: 'network',
      title: 'call.network',
      content: <JointBid v={v} call={model.call} network={model.network} />,
      screenOnly: true,
    },
    { id: 'text', title: 'why.call', content: <CallText v={v} model={model} /> },
    budgetsOf(model) !== null && {
      id: 'budgets',
      title: 'call.budgets',
      content: <Budgets v={v} model={model} />,
      screenOnly: true,
    },
    model.questions.total > 0 && {
      id: 'questions',
      title: 'call.questions',
      content: <Questions v={v} model={model} />,
      screenOnly: true,
    },
    model.partners.items.length > 0 && {
      id: 'partners',
      title: 'sources.partners',
      content: <Partners v={v} model={model} />,
      screenOnly: true,
    },
    model.won.projects.length + model.won.results.length > 0 && {
      id: 'won',
      title: 'won.title',
      content: <WonBefore v={v} model={model} />,
      screenOnly: true,
    },
    context.editions.length + context.similar.length > 0 && {
      id: 'neighbours',
      title: 'call.neighbours',
      content: <Neighbours v={v} model={model} />,
      screenOnly: true,
    },
    { id: 'seen-at', title: 'call.seen-at', content: <SeenAt v={v} model={model} />, screenOnly: true },
  ];
  return parts.filter((part) => part !== false);
}

const READERS_KEYS: Key[] = [
  { key: 'j', does: 'inbox.key.j' },
  { key: 'k', does: 'inbox.key.k' },
  { key: 'm', does: 'call.key.m' },
  { key: 'b', does: 'call.key.b' },
  { key: 'o', does: 'inbox.key.o' },
  { key: '?', does: 'inbox.key.help' },
  { key: 'Esc', does: 'inbox.key.escape' },
];
const KEYS: Key[] = [
  { key: 's', does: 'call.key.s' },
  { key: 't', does: 'call.key.t' },
  { key: 'l', does: 'inbox.key.l' },
  { key: 'n', does: 'inbox.key.n' },
  { key: 'u', does: 'inbox.key.u' },
  { key: 'p', does: 'call.key.p' },
  ...READERS_KEYS,
];

/** How near the result of the institute's own bid is. */
function AwardNote({ v, model: { own } }: { v: Viewer; model: CallModel }) {
  const bid = own?.opportunity;
  return !bid?.results.length ? null : (
    <section class="card" aria-labelledby="result">
      <h2 id="result">{v.t('result.heading')}</h2>
      <ResultNote v={v} bid={bid} />
    </section>
  );
}

/** The page of a call: what to decide by at its top and beside it, then its dates and its text. */
export function CallPage({ v, model }: { v: Viewer; model: CallModel }) {
  const parts = partsOf(v, model);
  return (
    <article class="call" data-inbox={model.institute ? `/institutes/${model.institute.id}/inbox` : '/calls'}>
      <CallHead v={v} model={model} />
      <aside class="side" aria-label={v.t('call.side')}>
        <Decision v={v} model={model} />
        {model.institute ? <Reasons v={v} model={model} /> : <Fits v={v} model={model} />}
        <Asked v={v} model={model} />
        <Notes v={v} model={model} />
        <InterestCard
          v={v}
          callId={model.call.id}
          profileId={model.institute?.id ?? null}
          {...model.shared}
        />
      </aside>
      <div class="parts">
        <AwardNote v={v} model={model} />
        <DraftNote v={v} model={model} />
        <TimeLineCard v={v} model={model} />
        <nav class="contents no-print" aria-label={v.t('call.contents')}>
          <ul>
            {parts.map((part) => (
              <li key={part.id}>
                <a href={`#${part.id}`}>{v.t(part.title)}</a>
              </li>
            ))}
          </ul>
        </nav>
        {parts.map((part) => (
          <section key={part.id} class={part.screenOnly ? 'card no-print' : 'card'} aria-labelledby={part.id}>
            <h2 id={part.id}>{v.t(part.title)}</h2>
            {part.content}
          </section>
        ))}
      </div>
      {model.institute && <Keys v={v} keys={may(v.actor, 'decision.write') ? KEYS : READERS_KEYS} />}
    </article>
  );
}
