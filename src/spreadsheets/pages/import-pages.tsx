import { FIELDS } from '../domain/field-names.js';
import { writesOf, type Outcome, type PlanLine, type Writes } from '../domain/plan.js';
import type { ReadSheet } from '../domain/read-sheet.js';
import type { SheetRefusalKind } from '../../platform/sheets/sheet-refusal.js';
import type { Viewer } from '../../ui/viewer.js';
import { conflictTexts } from './decision-text.js';
import { PlanLines } from './plan-lines.js';
import { UploadForm } from './sheets-page.js';

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

/** The upload form on its own page. */
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

/** The result of an import. */
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
        {v.t('sheets.done-inbox')}
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
