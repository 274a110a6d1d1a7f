import { z } from 'zod';
import type { WordBlock } from '../../../kernel/document.js';
import {
  type AwardedProposal,
  CommitteeDocument,
  documentKey,
} from '../../domain/drafts/committee-document.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import { ShapeError } from '../../../kernel/errors.js';
import type { ParsedPage, RawDocument } from '../../domain/source.js';
import { readJson, refusePage } from '../_kit/page.js';
import { topicsOf } from './parse-draft.js';
import { fileIn, listPlace } from './register-site.js';

/** Columns of the annex by their headings; the first two must be there. */
const COLUMNS = {
  number: /^proposal (number|no|id)/i,
  acronym: /^acronym/i,
  title: /^title/i,
  topic: /^topic/i,
  coordinator: /^coordinator/i,
  grant: /contribution|grant/i,
} as const;
const NUMBER = /^\d{9}$/;

/** `1 653 131.00` and `1,653,131.00`. */
function amountIn(text: string): number | null {
  const plain = text.replace(/[\s,]/g, '');
  return /^\d+(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}

/**
 * Returns the proposals that the annex of a draft decision lists. Only a table with the known columns counts:
 * what is not recognised is left to the reader.
 */
function proposalsOf(blocks: WordBlock[]): AwardedProposal[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'table') return [];
    const head = block.rows[0] ?? [];
    const at = Object.fromEntries(
      Object.entries(COLUMNS).map(([name, form]) => [name, head.findIndex((cell) => form.test(cell))]),
    ) as Record<keyof typeof COLUMNS, number>;
    if (at.number < 0 || at.acronym < 0) return [];
    return block.rows.slice(1).flatMap((row): AwardedProposal[] => {
      const cell = (name: keyof typeof COLUMNS): string | null => row[at[name]] || null;
      const number = cell('number')?.replace(/\s/g, '') ?? '';
      if (!NUMBER.test(number)) return [];
      return [
        {
          number,
          acronym: cell('acronym'),
          title: cell('title'),
          topic: cell('topic'),
          coordinator: cell('coordinator'),
          grant: amountIn(cell('grant') ?? '') || null,
        },
      ];
    });
  });
}

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
function parseList(json: unknown): ParsedPage {
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
function parseDocumentPage(json: unknown): ParsedPage {
  const read = Detailed.safeParse(json);
  if (!read.success)
    throw new ShapeError(`the document is not in the known form: ${z.prettifyError(read.error)}`);
  const files = read.data.documentsAttached.map(({ id, fileName }) => ({ id, name: foldLine(fileName) }));
  return { ...NOTHING, documents: [{ ...documentOf(read.data), files }] };
}

/** Parses a page of the list, a document with its files, or a file, by the key of its request. */
export function parseDocument(document: RawDocument): ParsedPage {
  const { word } = document;
  if (!word) refusePage(document);
  const file = fileIn(document.key);
  if (!file && !word) {
    const json = readJson(document);
    return listPlace(document.key) || 'totalElements' in (json as object)
      ? parseList(json)
      : parseDocumentPage(json);
  }
  if (!file || !word) throw new ShapeError(`${document.key} is no Word file`);
  const read = { ...file, topics: topicsOf(word), proposals: proposalsOf(word) };
  return { total: null, calls: [], unread: [], links: [], files: [read] };
}
