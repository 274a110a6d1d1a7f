import { REASON_WORDS, VERDICT_WORDS } from '../domain/match-columns.js';
import { wordIn } from '../domain/table.js';
import { PIPELINE_COLUMNS, TASK_COLUMN } from '../domain/pipeline-columns.js';
import type { Decision, PlanLine } from '../domain/plan.js';
import { dayText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';

const COLUMNS = [...PIPELINE_COLUMNS, TASK_COLUMN];

/** Returns a verdict in words: "Not for us (Topic)". */
export function decisionText(v: Viewer, { verdict, reason, until }: Decision): string {
  const word = wordIn(VERDICT_WORDS, verdict, v.language);
  if (until !== null) return `${word} (${dayText(v, until)})`;
  return reason ? `${word} (${wordIn(REASON_WORDS, reason, v.language)})` : word;
}

/** Returns a line's changes to a bid, column by column: before and after. Null if there are none. */
export function bidTexts(
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
export function conflictTexts(v: Viewer, line: PlanLine): { before: string; after: string } {
  const bid = bidTexts(v, line);
  const text = (decision: Decision | null, of: string | undefined): string =>
    [decision && decisionText(v, decision), of].filter(Boolean).join(', ');
  return {
    before: text(line.decision && line.before, bid?.before),
    after: text(line.decision, bid?.after),
  };
}
