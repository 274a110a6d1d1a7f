import { z } from 'zod';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import { ShapeError } from '../../../kernel/errors.js';
import { CommitteeDocument, documentKey } from '../../domain/drafts/committee-document.js';
import type { ParsedPage } from '../../domain/source.js';

const Instant = z.iso.datetime({ offset: true });

const Row = z.object({
  documentReference: z.string().regex(/^\d+$/),
  version: z.number().int().positive(),
  title: z.string(),
  committeeCode: z.string().min(1),
  committeeTitle: z.string().nullish(),
  meetingCode: z.string().nullish(),
  creationDate: Instant,
  updateDate: Instant,
  meetingStartDate: Instant.nullish(),
  meetingEndDate: Instant.nullish(),
  documentType: z.object({ letter: z.string().min(1) }),
});

const List = z.object({ content: z.array(z.unknown()), totalElements: z.number().int().nonnegative() });
const Files = z.array(z.object({ id: z.number().int(), fileName: z.string().min(1) }));
const Detailed = Row.extend({ documentsAttached: Files });

/**
 * The register writes a day as the midnight at which it begins in Brussels, an hour or two earlier in UTC.
 */
const dayOf = (instant: string | null | undefined): string | null =>
  instant ? brusselsDate(new Date(instant)) : null;

function documentOf(row: z.infer<typeof Row>): CommitteeDocument {
  return CommitteeDocument.parse({
    reference: row.documentReference,
    version: row.version,
    title: foldLine(row.title) || row.documentReference,
    committee: row.committeeCode,
    committeeTitle: foldLine(row.committeeTitle ?? '') || null,
    type: row.documentType.letter,
    meeting: row.meetingCode ?? null,
    meetingStarts: dayOf(row.meetingStartDate),
    meetingEnds: dayOf(row.meetingEndDate),
    createdAt: row.creationDate,
    updatedAt: row.updateDate,
  } satisfies CommitteeDocument);
}

const NOTHING: ParsedPage = { total: null, calls: [], unread: [], links: [] };

/** Returns the documents of a page of the list. */
export function parseList(json: unknown): ParsedPage {
  const list = List.safeParse(json);
  if (!list.success)
    throw new ShapeError(`the list is not in the known form: ${z.prettifyError(list.error)}`);
  const rows = list.data.content.map((row) => ({ row, read: Row.safeParse(row) }));
  if (rows.length && rows.every(({ read }) => !read.success))
    throw new ShapeError(`no row of the list is in the known form: ${z.prettifyError(rows[0]!.read.error!)}`);
  return {
    ...NOTHING,
    total: list.data.totalElements,
    documents: rows.flatMap(({ read }) => (read.success ? [documentOf(read.data)] : [])),
    unread: rows.flatMap(({ row, read }) =>
      read.success ? [] : [{ reference: namedIn(row), why: z.prettifyError(read.error) }],
    ),
  };
}

const Named = z.object({ documentReference: z.string(), version: z.number() });

function namedIn(row: unknown): string | null {
  const named = Named.safeParse(row);
  return named.success ? documentKey({ ...named.data, reference: named.data.documentReference }) : null;
}

/** Returns a document with its files. */
export function parseDocumentPage(json: unknown): ParsedPage {
  const read = Detailed.safeParse(json);
  if (!read.success)
    throw new ShapeError(`the document is not in the known form: ${z.prettifyError(read.error)}`);
  const files = read.data.documentsAttached.map(({ id, fileName }) => ({ id, name: foldLine(fileName) }));
  return { ...NOTHING, documents: [{ ...documentOf(read.data), files }] };
}
