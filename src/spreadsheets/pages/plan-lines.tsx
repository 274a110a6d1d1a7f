import { OUTCOMES, type Outcome, type PlanLine } from '../domain/plan.js';
import type { FoundCall } from '../domain/find-call.js';
import { Pager } from '../../ui/parts.js';
import { withQuery } from '../../ui/query.js';
import type { Viewer } from '../../ui/viewer.js';
import { bidTexts, decisionText } from './decision-text.js';

const LINES_A_PAGE = 100;

const CallLink = ({ call }: { call: FoundCall }) => (
  <a href={`/calls/${call.id}`}>
    {call.identifier && (
      <>
        <span class="identifier">{call.identifier}</span>{' '}
      </>
    )}
    <span lang="en">{call.title}</span>
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
  return (
    <>
      {decision && (
        <p class={outcome === 'contradiction' ? 'left-out' : undefined}>{decisionText(v, decision)}</p>
      )}
      {before && outcome !== 'same' && (
        <p class="muted">{v.t('sheets.says.before', { before: decisionText(v, before) })}</p>
      )}
      {bid && <p>{v.t('sheets.says.bid', { text: bid.after })}</p>}
      {note !== null && <p class="note-text">{v.t('sheets.says.note', { text: note })}</p>}
      {line.unknown !== null && <p>{v.t('sheets.says.unknown', { word: line.unknown })}</p>}
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
export function PlanLines({
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
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="lines">
        <table class="lines" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader" class="number">
                {v.t('sheets.line')}
              </th>
              {(
                ['sheets.line-says', 'sheets.line-call', 'sheets.line-brings', 'sheets.line-outcome'] as const
              ).map((key) => (
                <th key={key} scope="col" role="columnheader">
                  {v.t(key)}
                </th>
              ))}
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
