import { REASON_WORDS, VERDICT_WORDS } from '../domain/match-columns.js';
import { wordIn } from '../domain/table.js';
import { PIPELINE_COLUMNS, TASK_COLUMN } from '../domain/pipeline-columns.js';
import {
  type Decision,
  type Outcome,
  OUTCOMES,
  type PlanLine,
  type Writes,
  writesOf,
} from '../domain/plan.js';
import { dayText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';
import type { FoundCall } from '../domain/find-call.js';
import { Pager } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { FIELDS } from '../domain/field-names.js';
import type { ReadSheet } from '../domain/read-sheet.js';
import type { SheetRefusalKind } from '../../platform/sheets/sheet-reader.js';
import { UploadForm } from './sheets.controller.js';

const COLUMNS = [...PIPELINE_COLUMNS, TASK_COLUMN];

/** Returns a verdict in words: "Not for us (Topic)". */
function decisionText(v: Viewer, { verdict, reason, until }: Decision): string {
  const word = wordIn(VERDICT_WORDS, verdict, v.language);
  if (until !== null) return `${word} (${dayText(v, until)})`;
  return reason ? `${word} (${wordIn(REASON_WORDS, reason, v.language)})` : word;
}

/** Returns a line's changes to a bid, column by column: before and after. Null if there are none. */
function bidTexts(
  v: Viewer,
  { bid, bidBefore, people }: Pick<PlanLine, 'bid' | 'bidBefore' | 'people'>,
): { before: string; after: string } | null {
  if (bid === null) return null;
  const reader = { language: v.language, now: v.now, home: '' };
  const said = (of: PlanLine['bid'], column: (typeof COLUMNS)[number]): string => {
    const cell = column.value({ opportunity: of, people }, reader);
    if (cell instanceof Date) return dayText(v, cell.toISOString().slice(0, 10));
    return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
  };
  const changed = COLUMNS.filter((c) => said(bid, c) !== said(bidBefore, c));
  const text = (of: PlanLine['bid']): string =>
    changed.map((c) => `${c.header[v.language]} ${said(of, c) || '–'}`).join(', ');
  return { before: text(bidBefore), after: text(bid) };
}

/** Returns the current state and the line's, in full, for a person to choose. */
function conflictTexts(v: Viewer, line: PlanLine): { before: string; after: string } {
  const bid = bidTexts(v, line);
  const text = (decision: Decision | null, of: string | undefined): string =>
    [decision && decisionText(v, decision), of].filter(Boolean).join(', ');
  return {
    before: text(line.decision && line.before, bid?.before),
    after: text(line.decision, bid?.after),
  };
}

const LINES_A_PAGE = 100;

const CallLink = ({ call }: { call: FoundCall }) => (
  <a href={`/calls/${call.id}`}>
    {call.identifier && (
      <>
        <span class="identifier">{call.identifier}</span>{' '}
      </>
    )}
    <span lang={call.language}>{call.title}</span>
  </a>
);

/** The call that a line was matched to, or why there is none. */
function Meant({ v, of: { line, outcome, call, candidates, nearest } }: { v: Viewer; of: PlanLine }) {
  if (call) return <CallLink call={call} />;
  if (outcome === 'several')
    return (
      <>
        {v.t('sheets.says.several')}
        <ul>
          {candidates.slice(0, 5).map((c) => (
            <li key={c.id}>
              <CallLink call={c} />
            </li>
          ))}
        </ul>
      </>
    );
  if (!line.key && !line.link && !line.title && line.identifiers.length === 0)
    return <span class="muted">{v.t('sheets.says.nameless')}</span>;
  return nearest.length > 0 ? (
    <span class="muted">{v.t('sheets.says.nearest', { ids: nearest.join(', ') })}</span>
  ) : null;
}

/** What a line adds, and remarks on it. */
function Brings({ v, of }: { v: Viewer; of: PlanLine }) {
  const { line, outcome, joins, before, decision, note } = of;
  const bid = bidTexts(v, of);
  const isRefused = outcome === 'contradiction' || outcome === 'share-above-requested';
  return (
    <>
      {decision && <p class={isRefused ? 'left-out' : undefined}>{decisionText(v, decision)}</p>}
      {before && outcome !== 'same' && (
        <p class="muted">{v.t('sheets.says.before', { before: decisionText(v, before) })}</p>
      )}
      {bid && <p>{v.t('sheets.says.bid', { text: bid.after })}</p>}
      {outcome === 'share-above-requested' && <p>{v.t('sheets.says.share-above-requested')}</p>}
      {note !== null && <p class="note-text">{v.t('sheets.says.note', { text: note })}</p>}
      {line.unknown !== null && <p>{v.t('sheets.says.unknown', { word: line.unknown })}</p>}
      {line.unread.length > 0 && <p>{v.t('sheets.says.unread', { text: line.unread.join(', ') })}</p>}
      {joins !== null && (
        <p class="muted">
          {outcome === 'contradiction'
            ? v.t('sheets.says.contradiction', { row: joins })
            : v.t('sheets.says.joins', { row: joins })}
        </p>
      )}
    </>
  );
}

const Line = ({ v, of }: { v: Viewer; of: PlanLine }) => (
  <tr role="row">
    <th scope="row" role="rowheader" class="number">
      <span class="narrow-only">{v.t('sheets.line')} </span>
      {of.line.row}
    </th>
    <td role="cell">
      {of.line.identifiers.length > 0 && <span class="identifier">{of.line.identifiers.join(', ')}</span>}{' '}
      {of.line.title ?? (of.line.identifiers.length ? '' : of.line.link)}
    </td>
    <td role="cell">
      <Meant v={v} of={of} />
    </td>
    <td role="cell">
      <Brings v={v} of={of} />
    </td>
    <td role="cell" class="outcome">
      <span class={`badge outcome-${of.outcome}`}>{v.t(`sheets.outcome.${of.outcome}`)}</span>
    </td>
  </tr>
);

function Shown({
  v,
  plan,
  show,
  href,
}: {
  v: Viewer;
  plan: PlanLine[];
  show: Outcome | null;
  href: (show: Outcome | null) => string;
}) {
  const counts = OUTCOMES.map((outcome) => ({
    outcome,
    n: plan.filter((p) => p.outcome === outcome).length,
  })).filter(({ n }) => n > 0);
  return (
    <nav aria-label={v.t('sheets.show')}>
      <ul class="shown">
        <li>
          <a href={href(null)} aria-current={show === null ? 'true' : undefined}>
            {v.t('sheets.show-all', { n: plan.length })}
          </a>
        </li>
        {counts.map(({ outcome, n }) => (
          <li key={outcome}>
            <a href={href(outcome)} aria-current={show === outcome ? 'true' : undefined}>
              {v.t('sheets.show-some', { what: v.t(`sheets.outcome.${outcome}`), n })}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/**
 * The lines of a sheet with their outcomes, paginated. ARIA roles are explicit, since in a narrow window the
 * cells are stacked.
 */
function PlanLines({
  v,
  profile,
  plan,
  show,
  from,
}: {
  v: Viewer;
  profile: string;
  plan: PlanLine[];
  show: Outcome | null;
  from: number;
}) {
  const chosen = show === null ? plan : plan.filter((p) => p.outcome === show);
  const href = (outcome: Outcome | null, at: string | null = null): string =>
    withQuery(`/institutes/${profile}/sheets/import`, { show: outcome, from: at });
  const next = from + LINES_A_PAGE < chosen.length ? String(from + LINES_A_PAGE) : null;
  return (
    <section aria-labelledby="lines">
      <h2 id="lines">{v.t('sheets.lines')}</h2>
      <Shown v={v} plan={plan} show={show} href={href} />
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="lines">
        <table class="lines" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader" class="number">
                {v.t('sheets.line')}
              </th>
              {(['sheets.line-says', 'calls.call', 'sheets.line-brings', 'sheets.line-outcome'] as const).map(
                (key) => (
                  <th key={key} scope="col" role="columnheader">
                    {v.t(key)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {chosen.slice(from, from + LINES_A_PAGE).map((p) => (
              <Line key={p.line.row} v={v} of={p} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager v={v} next={next} first={from === 0} href={(at) => href(show, at)} />
    </section>
  );
}

/** Why a file was rejected. */
export type Problem = { kind: SheetRefusalKind | 'no-file' } | { kind: 'no-column'; headings: string[] };

function problemText(v: Viewer, problem: Problem): string {
  if (problem.kind === 'no-file') return v.t('sheets.no-file');
  if (problem.kind === 'no-column')
    return v.t('sheets.refused.no-column', {
      headings: problem.headings.slice(0, 12).join(' | ').slice(0, 300) || '–',
    });
  return v.t(`sheets.refused.${problem.kind}`);
}

export const UploadPage = ({
  v,
  profile,
  problem,
}: {
  v: Viewer;
  profile: string;
  problem: Problem | null;
}) => (
  <section class="narrow">
    <h1>{v.t('sheets.import')}</h1>
    <p>{v.t('sheets.import-help')}</p>
    <UploadForm v={v} profile={profile} error={problem ? problemText(v, problem) : undefined} />
  </section>
);

export const DonePage = ({
  v,
  profile,
  verdicts,
  notes,
  bids,
}: {
  v: Viewer;
  profile: string;
  verdicts: number;
  notes: number;
  bids: number;
}) => (
  <section class="narrow">
    <h1>{v.t('sheets.done-title')}</h1>
    <p class="notice" role="status">
      {v.t('sheets.done', { verdicts, notes, bids })}
    </p>
    <p>{v.t('sheets.done-again')}</p>
    <p class="row">
      <a class="button primary" href={`/institutes/${profile}/inbox?state=all&status=any`}>
        {v.t('start.to-inbox')}
      </a>
      <a class="button" href={`/institutes/${profile}/sheets`}>
        {v.t('sheets.feed-back')}
      </a>
    </p>
  </section>
);

function Columns({
  v,
  profile,
  sheet,
  problem,
}: {
  v: Viewer;
  profile: string;
  sheet: ReadSheet;
  problem: string | undefined;
}) {
  return (
    <details class="card" open={problem !== undefined}>
      <summary>
        {v.t('sheets.columns-read', {
          read: sheet.fields.filter((f) => f !== null).length,
          n: sheet.headings.length,
        })}
      </summary>
      <p>{v.t('sheets.columns-help')}</p>
      <form method="post" action={`/institutes/${profile}/sheets/import/columns`}>
        <input type="hidden" name="sheet" value={sheet.id} />
        <div class="columns">
          {sheet.headings.map((heading, i) => (
            <div class="field" key={i}>
              <label for={`column${i}`}>{heading || v.t('sheets.column-nameless', { n: i + 1 })}</label>
              <select id={`column${i}`} name={`column${i}`}>
                <option value="none">{v.t('sheets.field.none')}</option>
                {FIELDS.map((field) => (
                  <option key={field} value={field} selected={sheet.fields[i] === field}>
                    {v.t(`sheets.field.${field}`)}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
        <button type="submit">{v.t('sheets.columns-save')}</button>
      </form>
    </details>
  );
}

/** More conflicts than this can only be decided all at once. */
const MOST_TICKS = 200;

function Conflicts({ v, plan }: { v: Viewer; plan: PlanLine[] }) {
  const conflicts = plan.flatMap((line) =>
    line.outcome === 'conflict' && line.call
      ? [{ call: line.call, row: line.line.row, ...conflictTexts(v, line) }]
      : [],
  );
  if (conflicts.length === 0) return null;
  return (
    <fieldset class="conflicts">
      <legend>{v.t('sheets.conflicts')}</legend>
      <label class="choice">
        <input type="checkbox" name="all" value="true" />
        {v.t('sheets.conflicts-all', { n: conflicts.length })}
      </label>
      {conflicts.length > 1 && (
        <ul>
          {conflicts.slice(0, MOST_TICKS).map(({ call, before, after, row }) => (
            <li key={row}>
              <label class="choice">
                <input type="checkbox" name="overwrite" value={call.id} />
                {v.t('sheets.conflict', {
                  row,
                  call: call.identifier ?? call.title,
                  before,
                  after,
                })}
              </label>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function sums(v: Viewer, nothing: boolean, { decisions, notes, bids }: Writes): string {
  if (nothing) return v.t('sheets.apply-nothing');
  const counts = { verdicts: decisions.length, notes: notes.length, bids: bids.length };
  return counts.verdicts + counts.notes + counts.bids === 0
    ? v.t('sheets.apply-ticked')
    : v.t('sheets.apply-says', counts);
}

function Apply({
  v,
  profile,
  sheet,
  plan,
}: {
  v: Viewer;
  profile: string;
  sheet: ReadSheet;
  plan: PlanLine[];
}) {
  const writes = writesOf(plan, new Set());
  const all = writesOf(plan, 'all');
  const nothing = all.decisions.length + all.notes.length + all.bids.length === 0;
  const action = `/institutes/${profile}/sheets/import`;
  return (
    <section class="card" aria-labelledby="apply">
      <h2 id="apply">{v.t('sheets.apply-title')}</h2>
      <p>{sums(v, nothing, writes)}</p>
      <form method="post" action={`${action}/apply`} id="apply-form">
        <input type="hidden" name="sheet" value={sheet.id} />
        <Conflicts v={v} plan={plan} />
      </form>
      <div class="row">
        {!nothing && (
          <button class="primary" type="submit" form="apply-form">
            {v.t('sheets.apply')}
          </button>
        )}
        <form method="post" action={`${action}/leave`}>
          <input type="hidden" name="sheet" value={sheet.id} />
          <button type="submit">{v.t('sheets.discard')}</button>
        </form>
      </div>
    </section>
  );
}

interface Planned {
  v: Viewer;
  profile: string;
  sheet: ReadSheet;
  plan: PlanLine[];
  show: Outcome | null;
  from: number;
  problem: string | undefined;
}

/** The planned outcome of a sheet, line by line, before anything is written. */
export const PlanPage = ({ v, profile, sheet, plan, show, from, problem }: Planned) => (
  <>
    <h1>{v.t('sheets.plan-title')}</h1>
    {problem !== undefined && (
      <p class="notice bad" role="alert">
        {problem}
      </p>
    )}
    <p>
      {v.t('sheets.plan-of', { file: sheet.file, sheet: sheet.sheet, n: plan.length })}
      {sheet.others.length > 0 &&
        ` ${v.t('sheets.plan-others', { sheets: sheet.others.slice(0, 10).join(', ') })}`}
    </p>
    <Apply v={v} profile={profile} sheet={sheet} plan={plan} />
    <Columns v={v} profile={profile} sheet={sheet} problem={problem} />
    <PlanLines v={v} profile={profile} plan={plan} show={show} from={from} />
  </>
);
