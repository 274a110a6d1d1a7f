import { z } from 'zod';
import { NothingToSee, type CheckAnswers, type CheckRequest, type Seen } from '../../../domain/check.js';
import { tally } from './check-beside.js';
import {
  AGAIN,
  counted,
  GRANTS,
  LEFT,
  namesIn,
  pageIn,
  readableIn,
  RULED_OUT,
  sorted,
} from './check-requests.js';
import { readRow } from '../read-row.js';
import { leftoverOf, type Row } from '../../_kit/portal/row.js';
import { KINDS } from '../search-request.js';
import { PAGE_SIZE } from '../../_kit/portal/portal-search.js';

/** The first page of each kind. */
export const PAGES = KINDS.map((kind) => sorted(kind));

const inWords = (counts: Map<string, number>): string =>
  [...counts].map(([value, n]) => `${value} (${n})`).join(', ');

/** Returns the readable rows of the first page of each kind: another check reports unreadable ones. */
function allRows(seen: CheckAnswers): Row[] {
  const rows = PAGES.flatMap((page) => readableIn(seen, page));
  if (!rows.length) throw new NothingToSee('no row could be read');
  return rows;
}

/** The service only reads typed form parts: untyped ones are silently ignored. */
export function judgeForm(seen: CheckAnswers): Seen {
  const kinds = KINDS.map((kind) => {
    const strangers = [...tally(readableIn(seen, counted(kind)), 'type').keys()].filter(
      (type) => type !== kind.type,
    );
    return { called: kind.name.replace('-', ' '), total: pageIn(seen, counted(kind)).total, strangers };
  });
  const same = new Set(kinds.map((k) => k.total)).size === 1;
  const strangers = kinds.flatMap((k) => k.strangers.map((type) => `type ${type} among the ${k.called}`));
  return {
    seen: [kinds.map((k) => `${k.total} ${k.called}`).join(', '), ...strangers].join('; '),
    holds: !same && !strangers.length,
  };
}

export function judgePageSize(seen: CheckAnswers): Seen {
  const { total, rows } = pageIn(seen, AGAIN);
  if (total <= PAGE_SIZE) throw new NothingToSee(`${total} rows, which a page may hold`);
  return { seen: `${rows.length} rows of ${total}, 150 asked for`, holds: rows.length === PAGE_SIZE };
}

const referencesIn = (seen: CheckAnswers, page: CheckRequest): string[] =>
  namesIn(seen, page)
    .slice(0, PAGE_SIZE)
    .map((r) => r.reference)
    .sort();

export function judgeSameRows(seen: CheckAnswers): Seen {
  const [first, second] = [referencesIn(seen, sorted(GRANTS)), referencesIn(seen, AGAIN)];
  if (!first.length) throw new NothingToSee('no rows in this order');
  const other = first.filter((reference) => !second.includes(reference)).length;
  return {
    seen: other ? `${other} of ${first.length} rows were others` : `the same ${first.length} rows`,
    holds: !other && first.length === second.length,
  };
}

export function judgeLeftovers(seen: CheckAnswers): Seen {
  const [left, after] = [pageIn(seen, LEFT).total, pageIn(seen, RULED_OUT).total];
  const among = allRows(seen).filter((row) => leftoverOf(row)).length;
  return {
    seen: `${left} there, ${after} once ruled out, ${among} on the pages of calls`,
    holds: after === 0 && among === 0,
  };
}

export function judgeLanguages(seen: CheckAnswers): Seen {
  const counts = new Map<string, number>();
  for (const { language } of PAGES.flatMap((page) => namesIn(seen, page)))
    counts.set(language, (counts.get(language) ?? 0) + 1);
  return { seen: inWords(counts), holds: [...counts.keys()].every((language) => language === 'en') };
}

const STATUSES = ['31094501', '31094502', '31094503'];

export function judgeStatuses(seen: CheckAnswers): Seen {
  const counts = tally(allRows(seen), 'status');
  return { seen: inWords(counts), holds: [...counts.keys()].every((status) => STATUSES.includes(status)) };
}

const Rowish = z.looseObject({ metadata: z.unknown().optional() });

export function judgeMetadata(seen: CheckAnswers): Seen {
  const rows = PAGES.flatMap((page) => pageIn(seen, page).rows);
  if (!rows.length) throw new Error('no rows');
  const without = rows.filter((row) => Rowish.safeParse(row).data?.metadata === undefined).length;
  const read = PAGES.flatMap((page) => readableIn(seen, page)).length;
  return {
    seen: `${without} of ${rows.length} rows are without metadata; the fields of ${rows.length - read} are not found`,
    holds: read === rows.length,
  };
}

export function judgeReading(seen: CheckAnswers): Seen {
  const read = PAGES.flatMap((page) => pageIn(seen, page).rows).map(readRow);
  const whys = read.flatMap((r) => ('why' in r ? [r.why] : []));
  if (!read.length) throw new Error('no rows');
  return {
    seen: `${read.length - whys.length} of ${read.length} rows are read${whys.length ? `, first of all not: ${whys[0]}` : ''}`,
    holds: !whys.length,
  };
}
