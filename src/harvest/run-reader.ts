import { Injectable } from '@nestjs/common';
import { CarnotError, ShapeError } from '../kernel/errors.js';
import type { ParsedPage, RawDocument, ReadDocument, SourceRequest } from './domain/source.js';
import type { ParsedCall } from '../calls/domain/parsed-call.js';
import { SourceRepository } from './store/source.repository.js';
import { isArchive, readWord } from '../platform/documents/word.js';
import { type HarvestRequestEntity, RunRepository } from './store/run.repository.js';
import { DocumentRepository } from './store/document.repository.js';
import type { Source } from './source-registry.js';
import type { CallContent } from '../calls/domain/call-content.js';
import { contentHash, sourceRecordKey } from '../calls/domain/versions/identity.js';
import { normalise } from '../calls/domain/normalise.js';
import { type Scan, scanOf } from './domain/scan-agreement.js';
import type { SeenCall } from './domain/findings.js';

/** What stands for a document that could not be had. */
type Instead = Pick<RawDocument, 'mediaType' | 'bytes'>;

/** The media types of placeholders: for a missing page, and for one outside the lists that is unavailable. */
const [GONE, WANTING, EXTRA] = ['application/x-gone', 'application/x-wanting', 'application/x-wanting-extra'];

/**
 * Returns a placeholder for a linked page that is gone: an unreadable row, which does not make the source
 * unreachable. Rethrows other errors.
 */
export function goneInstead(
  request: Pick<SourceRequest, 'path' | 'mayBeGone'>,
  error: unknown,
): Instead & { answer: null } {
  if (!request.mayBeGone || !(error instanceof CarnotError) || error.kind !== 'HttpNotFound') throw error;
  return { mediaType: GONE, bytes: Buffer.from(`${request.path} is gone`), answer: null };
}

/** Returns a placeholder for a control or a hint when all tries have failed. */
export const wanting = ({ path, aside }: Pick<SourceRequest, 'path' | 'aside'>, error: Error): Instead => ({
  mediaType: aside === 'extra' ? EXTRA : WANTING,
  bytes: Buffer.from(`${path} is read beside the lists and could not be had: ${error.message}`),
});

/** Parses a placeholder: nothing, and the reason. Null for any other document. */
function readPlaceholder({ mediaType, bytes }: Instead): ParsedPage | null {
  const said = bytes.toString('utf8');
  const row =
    mediaType === GONE
      ? { why: `${said}, although a list names it`, gone: true }
      : mediaType === WANTING
        ? { why: said, aside: true }
        : mediaType === EXTRA
          ? { why: said, extra: true }
          : null;
  return row && { total: null, calls: [], unread: [{ reference: null, ...row }], links: [] };
}

/**
 * Programme names that only the source itself provides: its code contains the names known so far, and new
 * ones appear.
 */
@Injectable()
export class ProgrammeNames {
  constructor(private readonly sources: SourceRepository) {}

  /** Stores the programme names in these documents, if any, and returns all known ones. */
  async learn(sourceId: string, documents: ReadDocument[]): Promise<Record<string, string>> {
    const told = Object.assign({}, ...documents.map((d) => d.page.programmes ?? {})) as Record<
      string,
      string
    >;
    const known = { ...(await this.sources.findById(sourceId))?.programmeNames, ...told };
    if (Object.keys(told).length) await this.sources.nameProgrammes(sourceId, known);
    return known;
  }
}

const withNames = new WeakMap<ParsedCall, ParsedCall>();

/**
 * Returns a call with its programme's name added if it has none. Returns the same object for the same call as
 * long as the name is unchanged.
 */
export function named(call: ParsedCall, names: Record<string, string>): ParsedCall {
  const name = call.programme && call.programme.name === null ? names[call.programme.code] : undefined;
  if (name === undefined) return call;
  const before = withNames.get(call);
  if (before?.programme?.name === name) return before;
  const made = { ...call, programme: { code: call.programme!.code, name } };
  withNames.set(call, made);
  return made;
}

/**
 * The number of parsed pages cached: enough for the two scans of a large source, which several stages read in
 * turn.
 */
const KEPT = 128;

type Answered = Pick<HarvestRequestEntity, 'key' | 'documentHash'>;

/** The name includes the key: under another key a parser may read the same bytes differently. */
const nameOf = (source: Source, { key, documentHash }: Answered): string =>
  `${source.id}/${documentHash!}/${key}`;

/**
 * Reads documents with their source's parser. A parser is pure, so its result for given bytes and key can be
 * cached.
 */
@Injectable()
export class RunReader {
  private readonly kept = new Map<string, ParsedPage>();

  constructor(private readonly documents: DocumentRepository) {}

  /** Parses a document that was just fetched. Throws what the parser throws, always one of our errors. */
  async parse(source: Source, hash: string, document: RawDocument): Promise<ParsedPage> {
    const name = nameOf(source, { key: document.key, documentHash: hash });
    const page =
      this.kept.get(name) ?? readPlaceholder(document) ?? parsed(source, await withWords(document));
    this.kept.delete(name);
    this.kept.set(name, page);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return page;
  }

  /** Returns the parsed documents of answered requests, in the order of the requests. */
  async read(source: Source, requests: Answered[]): Promise<ReadDocument[]> {
    // Taken from the cache before anything is parsed, since parsing may evict entries.
    const pages = requests.map((r) => this.kept.get(nameOf(source, r)));
    const bytes = await this.documents.get([
      ...new Set(requests.flatMap((r, i) => (pages[i] ? [] : r.documentHash!))),
    ]);
    const read: ReadDocument[] = [];
    for (const [i, { key, documentHash: hash }] of requests.entries()) {
      // A parser blocks the process: others get their turn between two documents.
      if (!pages[i])
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      read.push({ key, page: pages[i] ?? (await this.parse(source, hash!, { key, ...bytes.get(hash!)! })) });
    }
    return read;
  }

  /** Returns the same for readable documents; the others are left out. */
  async readable(source: Source, requests: Answered[]): Promise<ReadDocument[]> {
    const each = await Promise.all(requests.map((r) => this.read(source, [r]).catch(() => [])));
    return each.flat();
  }
}

/** A Word file is read in a thread before its source's parser sees what it says. */
const withWords = async (document: RawDocument): Promise<RawDocument> =>
  isArchive(document.bytes) ? { ...document, word: await readWord(document.bytes) } : document;

/**
 * An error that a parser did not foresee means an unknown form; this tells it apart from failures on our
 * side.
 */
function parsed(source: Source, document: RawDocument): ParsedPage {
  try {
    return source.parse(document);
  } catch (error) {
    if (error instanceof CarnotError) throw error;
    throw new ShapeError(
      `the parser cannot deal with the document: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
}

/** Our rules are pure: their result for a parsed call is cached as long as its parser keeps the call. */
const afterRules = new WeakMap<ParsedCall, { content: CallContent; hash: string }>();

function ruled(call: ParsedCall): { content: CallContent; hash: string } {
  const before = afterRules.get(call);
  if (before) return before;
  const content = normalise(call);
  const made = { content, hash: contentHash(content) };
  afterRules.set(call, made);
  return made;
}

/** Returns a scan's calls after our rules, each with the document that shows it. */
export function seenCalls(
  { calls, shownBy }: Pick<Scan, 'calls' | 'shownBy'>,
  requests: HarvestRequestEntity[],
): SeenCall[] {
  const documents = new Map(requests.map((r) => [r.key, r.documentHash]));
  return [...calls].map(([key, call]) => ({
    key,
    ...ruled(call),
    documentHash: documents.get(shownBy.get(key)!) ?? null,
  }));
}

type Documents = { key: string; documentHash: string }[];

/**
 * Reads documents of earlier runs with the current parser. Another version of the program, older or running
 * in parallel, may have read the same page differently; compared with its results, every call would seem to
 * have changed.
 */
@Injectable()
export class Reread {
  constructor(
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
    private readonly programmes: ProgrammeNames,
  ) {}

  /**
   * Returns what the current parser reads in these documents, by call key; for a document that can no longer
   * be read, the stored content remains.
   */
  async read(source: Source, documents: Documents): Promise<Map<string, CallContent>> {
    const read = new Map<string, CallContent>();
    const names = await this.programmes.learn(source.id, []);
    // One at a time, and only the requested calls: after months the calls are spread over hundreds of
    // documents.
    for (const answered of await this.runs.answeredWith([...new Set(documents.map((d) => d.documentHash))])) {
      const keys = new Set(
        documents.filter((d) => d.documentHash === answered.documentHash).map((d) => d.key),
      );
      const pages = await this.reader.readable(source, [answered]);
      const scan = scanOf(pages);
      const topics = [...scan.files.values()].flatMap((file) => file.topics);
      const calls = new Map([
        ...[...scan.calls].map(([key, call]): [string, ParsedCall] => [key, named(call, names)]),
        ...topics.map((topic): [string, ParsedCall] => [sourceRecordKey(topic), topic]),
      ]);
      for (const { key, content } of seenCalls({ ...scan, calls }, []))
        if (keys.has(key)) read.set(key, content);
    }
    return read;
  }
}
