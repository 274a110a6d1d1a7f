import { z } from 'zod';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { readJson, SearchAnswer } from '../_kit/portal/answer.js';
import { detailsRow } from './details-row.js';
import { programmesIn } from './programmes.js';
import { readRow } from './read-row.js';
import { isCount } from './search-request.js';

const Details = z.object({ TopicDetails: z.unknown() });

/** Returns what identifies an unreadable row: there is one row per language. */
function nameOf(row: unknown): { reference: string | null; language?: string } {
  const text = (field: string): string | undefined =>
    z.object({ [field]: z.string() }).safeParse(row).data?.[field];
  const language = text('language');
  return { reference: text('reference') ?? null, ...(language !== undefined && { language }) };
}

function pageOf(rows: unknown[], total: number | null): ParsedPage {
  const [leftOut, notes]: [NonNullable<ParsedPage['leftOut']>, NonNullable<ParsedPage['notes']>] = [[], []];
  const page: ParsedPage = { total, calls: [], unread: [], leftOut, links: [] };
  for (const row of rows) {
    const read = readRow(row);
    if ('call' in read) page.calls.push(read.call);
    if ('notes' in read) notes.push(...read.notes);
    if ('leftOut' in read) leftOut.push(read.leftOut);
    if ('why' in read) page.unread.push({ ...nameOf(row), why: read.why });
  }
  return notes.length ? { ...page, notes } : page;
}

/** Parses a page of search results. */
function searchPage(answer: unknown): ParsedPage {
  const read = SearchAnswer.safeParse(answer);
  if (!read.success)
    throw new ShapeError(`the portal's answer changed shape: ${z.prettifyError(read.error)}`, read.error);
  const { totalResults, results } = read.data;
  const page = pageOf(results, totalResults);
  if (page.unread.length > 1 && page.unread.length === results.length) {
    throw new ShapeError(
      `the portal's rows changed shape, none of ${results.length} could be read: ${page.unread[0]!.why}`,
    );
  }
  // Only the newest notes are requested: their total says nothing about what should be seen.
  return page.notes?.length && !page.calls.length ? { ...page, total: null } : page;
}

/** Parses a topic's own file like the row that the search would have for it. */
function detailsPage(details: unknown): ParsedPage {
  const page = pageOf([detailsRow(details)], null);
  if (page.unread.length) throw new ShapeError(`the topic's own file changed shape: ${page.unread[0]!.why}`);
  return page;
}

/**
 * Parses a page of search results, a topic's own file, or the names of programmes. Throws ShapeError if it,
 * or every row of it, is not in the known form.
 */
export function parsePage(document: RawDocument): ParsedPage {
  const answer = readJson(document);
  const names = programmesIn(answer);
  if (names) return { total: null, calls: [], unread: [], links: [], programmes: names };
  const details = Details.safeParse(answer);
  if (details.success && details.data.TopicDetails !== undefined)
    return detailsPage(details.data.TopicDetails);
  const page = searchPage(answer);
  // The row that comes with a count is arbitrary and may differ next time: two quick checks would disagree on
  // it.
  return isCount(document) ? { total: page.total, calls: [], unread: [], links: [] } : page;
}
