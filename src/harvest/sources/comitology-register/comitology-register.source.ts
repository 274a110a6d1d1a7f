import { z } from 'zod';
import type { WordBlock } from '../../../kernel/document.js';
import type { ParsedCall, Section } from '../../../calls/domain/parsed-call.js';
import { datesIn, inBrussels } from '../_kit/dates.js';
import {
  defineSource,
  type ParsedPage,
  type PlanContext,
  type RawDocument,
  type ReadDocument,
  type SourceRequest,
} from '../../domain/source.js';
import { get } from '../_kit/requests.js';
import {
  type AwardedProposal,
  CommitteeDocument,
  documentKey,
  isLegalAct,
} from '../../domain/drafts/committee-document.js';
import { foldLine } from '../../../calls/domain/visible-text.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import { ShapeError } from '../../../kernel/errors.js';
import { readJson, refusePage } from '../_kit/page.js';
import { planRounds } from '../_kit/plan-rounds.js';
import { saveAndFix } from '../_kit/site-checks.js';
import { type CheckAnswers, NothingToSee, type Seen, type SourceCheck } from '../../domain/check.js';

/** `HORIZON-CL4-2027-04-DATA-08: Title`, whose blanks and hyphens a line break may have torn. */
const TOPIC = /^(HORIZON(?: ?- ?[A-Za-z0-9]+)+) ?: (.+)$/;
const CALL_IDENTIFIER = /^HORIZON(?: ?- ?[A-Za-z0-9]+)+$/;
const CALL = /^Call ?[-–:] ?(.+)$/i;
const DESTINATION = /^Destination ?[-–:0-9]/i;

const NOT_ID = / /g;
const MILLION = 1_000_000;
/** Horizon Europe, as the portal codes it. */
const PROGRAMME = { code: '43108390', name: 'Horizon Europe' };

/** What the table of a call says of a topic. */
interface Line {
  typeOfAction: string;
  budget: number | null;
  contribution: { min: number; max: number } | null;
  projects: number | null;
  opens: string | null;
  deadlines: string[];
  stages: boolean;
  callIdentifier: string | null;
  callTitle: string | null;
}

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/\d+(?:[.,]\d+)?/g)].map(([number]) => Number(number.replace(',', '.')));

const millions = (number: number): number => Math.round(number * MILLION);

function contributionIn(text: string): Line['contribution'] {
  const [min, max = min] = numbersIn(text);
  return min === undefined ? null : { min: millions(min), max: millions(max!) };
}

const topicIn = (text: string): { identifier: string; title: string } | null => {
  const [, identifier, title] = TOPIC.exec(text) ?? [];
  return identifier === undefined
    ? null
    : { identifier: identifier.replace(NOT_ID, ''), title: title!.trim() };
};

const columnOf = (head: string[], name: RegExp): number => head.findIndex((cell) => name.test(cell));

/** Reads the table of a call's conditions. A row of dates holds for the topics below it. */
function linesOf(rows: string[][], call: Pick<Line, 'callIdentifier' | 'callTitle'>): [string, Line][] {
  const head = rows[0] ?? [];
  const [type, contribution, projects] = [
    columnOf(head, /^type of action/i),
    columnOf(head, /contribution per project/i),
    columnOf(head, /number of projects/i),
  ];
  if (!/^topics?\b/i.test(head[0] ?? '') || type < 0 || contribution < 0) return [];
  let dates: Pick<Line, 'opens' | 'deadlines' | 'stages'> = { opens: null, deadlines: [], stages: false };
  return rows.slice(1).flatMap((row): [string, Line][] => {
    const [first = ''] = row;
    if (/^opening ?:/i.test(first)) dates = datesOf(first);
    const topic = topicIn(first);
    if (!topic) return [];
    // One column of money a year.
    const budgets = row.slice(type + 1, contribution).flatMap((cell) => numbersIn(cell).slice(0, 1));
    return [
      [
        topic.identifier.toLowerCase(),
        {
          ...dates,
          ...call,
          typeOfAction: row[type] ?? '',
          budget: budgets.length ? millions(budgets.reduce((sum, n) => sum + n, 0)) : null,
          contribution: contributionIn(row[contribution] ?? ''),
          projects: projects < 0 ? null : (numbersIn(row[projects] ?? '')[0] ?? null),
        },
      ],
    ];
  });
}

/** `Opening: 02 Mar 2027 Deadline(s): 04 May 2027 (First Stage), 23 Nov 2027 (Second Stage)` */
function datesOf(text: string): Pick<Line, 'opens' | 'deadlines' | 'stages'> {
  const at = text.search(/deadline/i);
  const days = (part: string): string[] => datesIn(part).map(({ day }) => day);
  return {
    opens: days(at < 0 ? text : text.slice(0, at))[0] ?? null,
    deadlines: at < 0 ? [] : days(text.slice(at)).sort(),
    stages: /(first|second) stage/i.test(text),
  };
}

const PARTS: { kind: Section['kind']; title: string; label: RegExp }[] = [
  { kind: 'expected-outcome', title: 'Expected Outcome', label: /^expected outcomes? ?: ?/i },
  { kind: 'scope', title: 'Scope', label: /^scope ?: ?/i },
  { kind: 'objective', title: 'Objective', label: /^objectives? ?: ?/i },
];

/** A row of two cells is a heading and what stands under it, so that its sentences can be quoted alone. */
const textIn = (block: WordBlock): string =>
  block.kind === 'table'
    ? block.rows.map((row) => row.join(row.length === 2 ? '\n' : ' | ')).join('\n')
    : block.text;

/** Splits the text of a topic by its labels. What stands before the first is its conditions. */
function sectionsOf(blocks: WordBlock[]): Section[] {
  const sections: (Omit<Section, 'text'> & { lines: string[] })[] = [
    { kind: 'conditions', title: 'Specific conditions', lines: [] },
  ];
  for (const block of blocks) {
    const text = textIn(block);
    const part = block.kind === 'table' ? undefined : PARTS.find(({ label }) => label.test(text));
    if (part) sections.push({ kind: part.kind, title: part.title, lines: [text.replace(part.label, '')] });
    else sections.at(-1)!.lines.push(text);
  }
  return sections
    .map(({ kind, title, lines }) => ({ kind, title, text: lines.filter(Boolean).join('\n') }))
    .filter((s) => s.text);
}

/** Returns what a topic's own table says under a heading, if a call's table lacks it. */
function conditionIn(blocks: WordBlock[], name: RegExp): string | null {
  const rows = blocks.flatMap((b) => (b.kind === 'table' ? b.rows : []));
  return rows.find(([label = '']) => name.test(label))?.[1] ?? null;
}

function modelOf({ deadlines, stages }: Line): ParsedCall['deadlineModel'] {
  if (!deadlines.length) return null;
  return stages ? 'two-stage' : deadlines.length > 1 ? 'multiple-cut-off' : 'single-stage';
}

function topicOf(
  { identifier, title }: { identifier: string; title: string },
  blocks: WordBlock[],
  line: Line | undefined,
  destination: string | null,
): ParsedCall {
  const type = line?.typeOfAction || conditionIn(blocks, /^type of action/i);
  const inText = conditionIn(blocks, /^indicative budget/i);
  // A year may stand before the amount.
  const [amount] = /(?<![\d.,])\d{1,4}(?:[.,]\d{1,3})?(?= million)/.exec(inText ?? '') ?? [];
  const budget = line?.budget ?? (amount === undefined ? null : millions(numbersIn(amount)[0]!));
  const { contribution = null, projects = null } = line ?? {};
  return {
    dataSource: 'COMITOLOGY',
    reference: identifier,
    language: 'en',
    title,
    kind: 'grant',
    identifier,
    callIdentifier: line?.callIdentifier ?? null,
    callTitle: line?.callTitle ?? null,
    programme: PROGRAMME,
    divisions: [],
    typesOfAction: type ? [type] : [],
    sourceStatus: 'draft',
    opensAt: line?.opens ? inBrussels(line.opens) : null,
    deadlineModel: line ? modelOf(line) : null,
    deadlines: (line?.deadlines ?? []).map((day) => ({ at: `${day}T00:00:00Z`, timeTold: false })),
    budget:
      budget === null && contribution === null
        ? null
        : {
            currency: 'EUR',
            total: budget || null,
            expectedGrants: projects || null,
            minContribution: contribution?.min || null,
            maxContribution: contribution?.max || null,
            years: [],
          },
    destination,
    keywords: [],
    sections: sectionsOf(blocks),
    url: null,
    alsoAt: [],
  };
}

/**
 * Returns the topics of a draft work programme: each heading that is an identifier and a title, with what
 * follows up to the next heading of its level or above. Texts and introductions mention other topics, which
 * are none.
 */
function topicsOf(blocks: WordBlock[]): ParsedCall[] {
  const lines = new Map<string, Line>();
  const topics = new Map<string, ParsedCall>();
  let call: Pick<Line, 'callIdentifier' | 'callTitle'> = { callIdentifier: null, callTitle: null };
  let destination: string | null = null;
  for (const [i, block] of blocks.entries()) {
    if (block.kind === 'table') for (const [id, line] of linesOf(block.rows, call)) lines.set(id, line);
    if (block.kind !== 'heading') continue;
    const title = CALL.exec(block.text)?.[1];
    if (title !== undefined) call = { callIdentifier: null, callTitle: title };
    else if (CALL_IDENTIFIER.test(block.text))
      call = { ...call, callIdentifier: block.text.replace(NOT_ID, '') };
    else if (DESTINATION.test(block.text)) destination = block.text.replace(/^Destination ?[-–:]? ?/i, '');
    const topic = topicIn(block.text);
    if (!topic) continue;
    const rest = blocks.slice(i + 1);
    const end = rest.findIndex((b) => b.kind === 'heading' && b.level <= block.level);
    const own = end < 0 ? rest : rest.slice(0, end);
    topics.set(topic.identifier, topicOf(topic, own, lines.get(topic.identifier.toLowerCase()), destination));
  }
  return [...topics.values()];
}

const ORIGIN = 'https://ec.europa.eu';
const API = '/transparency/comitology-register/core/api';

/** The programme committee of Horizon Europe: the strategic configuration, then one for each part. */
const COMMITTEES = [
  'C70400',
  'C70403',
  'C70405',
  'C70406',
  'C70407',
  'C70408',
  'C70409',
  'C70410',
  'C70411',
  'C70412',
];

/** The most rows that the register returns at once. */
const PAGE_SIZE = 100;

const SORTS = { 1: 'updateDate,desc', 2: 'creationDate,asc' } as const;

/** Requests a page of the list of documents; `round` counts how often it is asked for. */
function listRequest(
  scan: 1 | 2,
  number: number,
  round: number,
  { committees, since }: { committees: readonly string[]; since: string | null },
): SourceRequest {
  return {
    key: `list: ${number}.${round}`,
    path: `${API}/front/documents/search?page=${number}&size=${PAGE_SIZE}&sort=${SORTS[scan]}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      reset: true,
      committeeCodes: committees,
      ...(since !== null && { documentStartDate: since }),
    }),
  };
}

const listPlace = (key: string): { number: number; round: number } | null => {
  const [, number, round] = /^list: (\d+)\.(\d+)$/.exec(key) ?? [];
  return number === undefined ? null : { number: Number(number), round: Number(round) };
};

/** Requests the files of a document. `document` is its reference and version: 115416/3. */
const documentRequest = (document: string): SourceRequest => ({
  ...get(`document: ${document}`, `${API}/front/documents/${document}`),
  mayBeGone: true,
});

/**
 * Requests a file. A run goes on without one that cannot be had or read; it is asked for again the next time.
 */
const fileRequest = (document: string, id: number): SourceRequest => ({
  ...get(`file: ${document} ${id}`, `${API}/integration/ers/${id}/${document}/attachment`),
  aside: 'extra',
});

const fileIn = (key: string): { document: string; id: number } | null => {
  const [, document, id] = /^file: (\d+\/\d+) (\d+)$/.exec(key) ?? [];
  return document === undefined ? null : { document, id: Number(id) };
};

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

/** Parses a document with its files. One in another form must not keep the others from being read. */
function parseDocumentPage(json: unknown): ParsedPage {
  const read = Detailed.safeParse(json);
  if (!read.success) {
    const [reference, why] = [namedIn(json), z.prettifyError(read.error)];
    if (reference === null) throw new ShapeError(`the document is not in the known form: ${why}`);
    return { ...NOTHING, unread: [{ reference, why }] };
  }
  const files = read.data.documentsAttached.map(({ id, fileName }) => ({ id, name: foldLine(fileName) }));
  return { ...NOTHING, documents: [{ ...documentOf(read.data), files }] };
}

/** Parses a page of the list, a document with its files, or a file, by the key of its request. */
function parseDocument(document: RawDocument): ParsedPage {
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

const isWord = (name: string): boolean => /\.docx$/i.test(name);

/**
 * Returns the next requests of a scan: the whole list, then the files of each document that is new there or
 * was updated since an accepted run read it, and what legal acts have attached as Word files.
 */
function plan(done: ReadDocument[], context: PlanContext): SourceRequest[] {
  const { committees = COMMITTEES, since = null } = context.register ?? {};
  const list = planRounds(
    done.filter((d) => listPlace(d.key) !== null),
    PAGE_SIZE,
    (number, round) => listRequest(context.scan, number, round, { committees, since }),
  );
  if (list !== 'whole') return list;
  const known = context.register?.known ?? new Map<string, string>();
  const asked = new Set(done.map((d) => d.key));
  const listed = documentsIn(done.filter((d) => listPlace(d.key) !== null));
  const updated = listed.filter((d) => known.get(documentKey(d)) !== d.updatedAt);
  const pages = updated.map((d) => documentRequest(documentKey(d))).filter((r) => !asked.has(r.key));
  if (pages.length) return pages;
  const detailed = documentsIn(done.filter((d) => listPlace(d.key) === null));
  return detailed
    .filter(isLegalAct)
    .flatMap((d) =>
      (d.files ?? []).filter(({ name }) => isWord(name)).map(({ id }) => fileRequest(documentKey(d), id)),
    )
    .filter((r) => !asked.has(r.key));
}

/** Returns each document once, in the order of its reference and version. */
function documentsIn(done: ReadDocument[]): CommitteeDocument[] {
  const all = new Map(done.flatMap((d) => d.page.documents ?? []).map((d) => [documentKey(d), d]));
  return [...all.values()].sort((a, b) => Number(a.reference) - Number(b.reference) || a.version - b.version);
}

const CODES = get('codes', '/transparency/comitology-register/core/api/front/committees/codes');
const list = listRequest(1, 0, 1, { committees: COMMITTEES, since: null });

const listed = (seen: CheckAnswers): { total: number | null; documents: CommitteeDocument[] } => {
  const { total, documents = [] } = parseDocument(seen.document(list.key));
  return { total, documents };
};

/** The newest draft legal act on the first page, if it can be read: another check says if not. */
function newestAct(seen: CheckAnswers): CommitteeDocument[] {
  try {
    return listed(seen).documents.filter(isLegalAct).slice(0, 1);
  } catch {
    return [];
  }
}

function judgeList(seen: CheckAnswers): Seen {
  const { total, documents } = listed(seen);
  const strange = documents.filter((d) => !COMMITTEES.includes(d.committee)).length;
  // Fewer references than documents: it lists all versions, and not the newest alone. Both are read.
  const references = new Set(documents.map((d) => d.reference)).size;
  return {
    seen: `${documents.length} of ${total} documents (${references} references), ${strange} of other committees`,
    holds: documents.length === Math.min(total ?? 0, PAGE_SIZE) && documents.length > 0 && !strange,
  };
}

function judgeDocument(seen: CheckAnswers): Seen {
  const [act] = newestAct(seen);
  if (!act) throw new NothingToSee('the first page has no draft legal act');
  const files =
    parseDocument(seen.document(documentRequest(documentKey(act)).key)).documents?.[0]?.files ?? [];
  return { seen: `${files.length} files: ${files.map((f) => f.name).join(', ')}`, holds: files.length > 0 };
}

function judgeCodes(seen: CheckAnswers): Seen {
  const codes: unknown = JSON.parse(seen.document(CODES.key).bytes.toString('utf8'));
  const there = COMMITTEES.filter((code) => Array.isArray(codes) && codes.includes(code));
  return {
    seen: `${there.length} of ${COMMITTEES.length} committees`,
    holds: there.length === COMMITTEES.length,
  };
}

const FIX = saveAndFix('comitology-register.source.ts');

/** The assumptions about the register; `fixtures/where.md` says where each was seen. */
const checks: SourceCheck[] = [
  {
    id: 'list',
    assumption: 'The list has the documents of the named committees alone, up to 100 a page',
    otherwise: `No document is found, or other committees' are. ${FIX}`,
    requests: () => [list],
    judge: judgeList,
  },
  {
    id: 'document',
    assumption: 'A draft legal act names its files',
    otherwise: `Drafts and decisions are listed, and not read. ${FIX}`,
    requests: (seen) => newestAct(seen).map((act) => documentRequest(documentKey(act))),
    judge: judgeDocument,
  },
  {
    id: 'codes',
    assumption: 'The register knows the committees of Horizon Europe by these codes',
    otherwise: 'A configuration is not read. Set `committees` for the source in config/sources.yaml.',
    requests: () => [CODES],
    judge: judgeCodes,
  },
];

/**
 * The register of committees: what the Commission puts before the programme committee of Horizon Europe.
 * Drafts of work programmes are Word files, from which topics are read; the annexes of draft decisions list
 * the proposals to be funded. Documents are listed by reference and version, and updated days or weeks later.
 */
export const source = defineSource({
  id: 'comitology-register',
  name: 'Comitology Register',
  frenchName: 'Registre de comitologie',
  homepage: 'https://ec.europa.eu/transparency/comitology-register/',
  origin: ORIGIN,
  everyHours: 6,
  requestsPerMinute: 30,
  coverage: 'window',
  expectsAtLeast: 1,
  // August and the weeks around Christmas have no meetings.
  quietAfterDays: 60,
  committees: COMMITTEES,
  plan,
  parse: parseDocument,
  checks,
});
