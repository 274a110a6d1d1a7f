import { z } from 'zod';
import { ShapeError } from '../../domain/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source/source.js';
import { readJson } from './answer.js';
import { readRow } from './read-row.js';

const Answer = z.object({ totalResults: z.number().int().nonnegative(), results: z.array(z.unknown()) });

/** What can be told of a row that cannot be read: it has one for each language. */
function nameOf(row: unknown): { reference: string | null; language?: string } {
  const text = (field: string): string | undefined => z.object({ [field]: z.string() }).safeParse(row).data?.[field];
  const language = text('language');
  return { reference: text('reference') ?? null, ...(language !== undefined && { language }) };
}

/** A page of the search's answer. Throws ShapeError where the page, or every row of it, is not in the known form. */
export function parsePage(document: RawDocument): ParsedPage {
  const answer = Answer.safeParse(readJson(document));
  if (!answer.success) throw new ShapeError(`the portal's answer changed shape: ${z.prettifyError(answer.error)}`, answer.error);
  const page = { total: answer.data.totalResults, calls: [], unread: [], leftOut: [], links: [] } satisfies ParsedPage as Required<ParsedPage>;
  for (const row of answer.data.results) {
    const read = readRow(row);
    if ('call' in read) page.calls.push(read.call);
    else if ('leftOut' in read) page.leftOut.push(read.leftOut);
    else page.unread.push({ ...nameOf(row), why: read.why });
  }
  if (page.unread.length > 1 && page.unread.length === answer.data.results.length) {
    throw new ShapeError(`the portal's rows changed shape, none of ${answer.data.results.length} could be read: ${page.unread[0]!.why}`);
  }
  return page;
}
