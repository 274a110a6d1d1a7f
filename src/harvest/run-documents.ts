import { Inject, Injectable } from '@nestjs/common';
import { CarnotError, Postponed, ShapeError } from '../kernel/errors.js';
import { nextTurn } from '../kernel/time-slices.js';
import { SourceRepository, type SourceState } from './store/source.repository.js';
import type { ParsedPage, RawDocument, ReadDocument, SourceRequest } from './domain/source.js';
import type { ParsedCall } from '../calls/domain/parsed-call.js';
import { isArchive, readWord } from '../platform/documents/word.js';
import { type HarvestRequestEntity, RunRepository } from './store/run.repository.js';
import { type AskedBefore, DocumentRepository, ValidatorRepository } from './store/document.repository.js';
import type { Source } from './source-registry.js';
import type { CallContent } from '../calls/domain/call-content.js';
import { contentHash, sourceRecordKey } from '../calls/domain/versions/identity.js';
import { normalise } from '../calls/domain/normalise.js';
import { type Scan, scanOf } from './domain/scan-agreement.js';
import type { SeenCall } from './domain/findings.js';
import { canonicalJson, sha256 } from '../kernel/hash.js';
import type { Clock, FetchedDocument, Fetcher, FetchRequest } from '../kernel/ports.js';
import { eachInTimeSlices, inTimeSlices } from '../kernel/time-slices.js';
import { CLOCK, FETCHER } from '../platform/tokens.js';

const STATES: Record<string, SourceState> = {
  ShapeError: 'broken',
  HttpNotFound: 'broken',
  HttpClientError: 'broken',
  UnexpectedStatus: 'broken',
  TooManyRedirects: 'broken',
  TooLarge: 'broken',
  UnknownEncoding: 'broken',
  Challenge: 'blocked',
  HttpBlocked: 'blocked',
  RobotsDisallowed: 'blocked',
  GateRefused: 'blocked',
  TlsFailed: 'blocked',
  HttpThrottled: 'throttled',
};

/**
 * Errors that have nothing to do with the source: an abandoned run, a failed count in our database, a process
 * that ends.
 */
const OURS = new Set(['Abandoned', 'RateLimitUnavailable', 'GateClosed']);

/**
 * Errors thrown by code that meets unforeseen input. Matched by name: errors from another realm are no
 * instances of our classes.
 */
const UNFORESEEN = /^(TypeError|RangeError|ReferenceError|SyntaxError|URIError|\$?ZodError)$/;
/** PostgreSQL's codes for data it cannot accept (classes 22 and 23), such as text with a zero byte. */
const DATA = /^2[23][0-9A-Z]{3}$/;

const FORBIDDEN = 403;

/** A 403 differs from other blocks: other headers or another address may be let in. */
function ofGate({ kind, details }: CarnotError): SourceState {
  if (kind === 'HttpBlocked' && details.status === FORBIDDEN) return 'refused';
  return STATES[kind] ?? 'unreachable';
}

/**
 * Returns what the error that ended a run says about its source; null if it only concerns our machine,
 * database or disk. Errors from none of these were not foreseen: a form that our code cannot handle.
 */
export function sourceStateOf(error: Error): SourceState | null {
  if (error instanceof CarnotError) return OURS.has(error.kind) ? null : ofGate(error);
  const { code } = error as { code?: unknown };
  return UNFORESEEN.test(error.name) || (typeof code === 'string' && DATA.test(code)) ? 'broken' : null;
}

/** What stands for a document that could not be had. */
type Instead = Pick<RawDocument, 'mediaType' | 'bytes'>;

/** The media types of placeholders: for a missing page, and for one outside the lists that is unavailable. */
const [GONE, WANTING, EXTRA] = ['application/x-gone', 'application/x-wanting', 'application/x-wanting-extra'];

/**
 * Returns a placeholder for a linked page that is gone: an unreadable row, which does not make the source
 * unreachable. Rethrows other errors.
 */
function goneInstead(
  request: Pick<SourceRequest, 'path' | 'mayBeGone'>,
  error: unknown,
): Instead & { answer: null } {
  if (!request.mayBeGone || !(error instanceof CarnotError) || error.kind !== 'HttpNotFound') throw error;
  return { mediaType: GONE, bytes: Buffer.from(`${request.path} is gone`), answer: null };
}

/** Returns a placeholder for a control or a hint when all tries have failed. */
const wanting = ({ path, aside }: Pick<SourceRequest, 'path' | 'aside'>, error: Error): Instead => ({
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

type AnsweredRequest = Pick<HarvestRequestEntity, 'key' | 'documentHash'>;

/** The name includes the key: under another key a parser may read the same bytes differently. */
const nameOf = (source: Source, { key, documentHash }: AnsweredRequest): string =>
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
      this.kept.get(name) ?? readPlaceholder(document) ?? (await parsed(source, await withWords(document)));
    this.kept.delete(name);
    this.kept.set(name, page);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return page;
  }

  /** Returns the parsed documents of answered requests, in the order of the requests. */
  async read(source: Source, requests: AnsweredRequest[]): Promise<ReadDocument[]> {
    // Taken from the cache before anything is parsed, since parsing may evict entries.
    const pages = requests.map((r) => this.kept.get(nameOf(source, r)));
    const bytes = await this.documents.get([
      ...new Set(requests.flatMap((r, i) => (pages[i] ? [] : r.documentHash!))),
    ]);
    const read: ReadDocument[] = [];
    for (const [i, { key, documentHash: hash }] of requests.entries()) {
      // A parser blocks the process: others get their turn between two documents.
      if (!pages[i]) await nextTurn();
      read.push({ key, page: pages[i] ?? (await this.parse(source, hash!, { key, ...bytes.get(hash!)! })) });
    }
    return read;
  }

  /** Returns the same for readable documents; the others are left out. */
  async readable(source: Source, requests: AnsweredRequest[]): Promise<ReadDocument[]> {
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
async function parsed(source: Source, document: RawDocument): Promise<ParsedPage> {
  try {
    if (source.ahead) await inTimeSlices(source.ahead(document));
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
): Promise<SeenCall[]> {
  const documents = new Map(requests.map((r) => [r.key, r.documentHash]));
  return eachInTimeSlices([...calls], ([key, call]) => ({
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
      for (const { key, content } of await seenCalls({ ...scan, calls }, []))
        if (keys.has(key)) read.set(key, content);
    }
    return read;
  }
}

/**
 * A document's bytes, and the response that brought them: null if the server said that the stored bytes are
 * still current.
 */
interface Answered {
  mediaType: string;
  bytes: Buffer;
  answer: FetchedDocument | null;
}

type Plain = Omit<SourceRequest, 'key'>;

/**
 * Fetches a document only if it has changed: sends the source's own validators, and returns the stored bytes
 * on "not modified".
 */
@Injectable()
export class ConditionalFetch {
  constructor(
    @Inject(FETCHER) private readonly fetcher: Fetcher,
    private readonly documents: DocumentRepository,
    private readonly validators: ValidatorRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws whatever the gate throws. */
  async fetch(source: Source, request: Plain): Promise<Answered> {
    const url = addressOf(source, request);
    const { method, headers, body } = request;
    const plain: FetchRequest = {
      method,
      headers,
      body,
      perMinute: source.requestsPerMinute,
      asWhom: source.headers,
    };
    const before = method === 'GET' ? await this.validators.findByRequest(asked(source, request)) : null;
    // Read before the request is made: if the stored document no longer exists, a 304 would be useless.
    const kept = before && (await this.documents.get([before.documentHash])).get(before.documentHash);
    const fetched = await this.fetcher.fetch(url, kept ? { ...plain, validators: before } : plain);
    if (!fetched.notModified) return { mediaType: fetched.mediaType, bytes: fetched.bytes, answer: fetched };
    return { ...kept!, answer: null };
  }

  /** Stores the validators of a document that was parsed successfully. */
  async remember(
    source: Source,
    request: Plain,
    documentHash: string,
    answer: FetchedDocument | null,
  ): Promise<void> {
    if (request.method !== 'GET') return;
    const usedAt = this.clock.now();
    if (!answer) return this.validators.used(asked(source, request), usedAt);
    const { etag, lastModified } = answer.validators;
    // Of the 2xx, only a 200 is the document as a plain GET returns it (RFC 9110 section 15.3).
    if (answer.status !== 200 || (etag === null && lastModified === null)) await this.forget(source, request);
    else await this.validators.put({ ...asked(source, request), etag, lastModified, documentHash, usedAt });
  }

  /**
   * Deletes the validators of a request, so that the next fetch is unconditional. Used for a document that
   * could not be parsed: otherwise a 304 could make the previous one look like the newest.
   */
  async forget(source: Source, request: Plain): Promise<void> {
    if (request.method === 'GET') await this.validators.forget(asked(source, request));
  }
}

/** A source's own list, and the files next to it, may be on another host than its pages. */
const addressOf = (source: Source, { path, at }: Pick<SourceRequest, 'path' | 'at'>): URL =>
  new URL(path, at === 'list' ? (source.list?.origin ?? source.origin) : source.origin);

/**
 * The hash includes the full URL: the operator may point a source at another origin, with different
 * documents.
 */
function asked(source: Source, { method, path, headers, body, at }: Plain): AskedBefore {
  const url = addressOf(source, { path, at }).href;
  return { sourceId: source.id, requestHash: sha256(canonicalJson({ method, url, headers, body })) };
}

@Injectable()
export class DocumentFetch {
  constructor(
    private readonly conditional: ConditionalFetch,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly documents: DocumentRepository,
    private readonly reader: RunReader,
    private readonly runs: RunRepository,
  ) {}

  /** Throws if the source is unreachable, or if its parser does not recognise the answer. */
  async fetch(source: Source, { id, runId, key, request }: HarvestRequestEntity): Promise<void> {
    const { mediaType, bytes, answer } = await this.conditional
      .fetch(source, request)
      .catch(async (error: unknown) => {
        // A host may demand a longer gap between two requests than a run may be idle.
        if (error instanceof Postponed)
          await this.runs.waits(runId, new Date(this.clock.now().getTime() + error.waitMs));
        return goneInstead(request, error);
      });
    // The bytes are stored before they are parsed: the ones that break the parser are needed most.
    const hash = await this.documents.put(mediaType, bytes, this.clock.now());
    try {
      await this.reader.parse(source, hash, { key, mediaType, bytes });
    } catch (error) {
      await this.conditional.forget(source, request);
      await this.runs.rejected(id, hash, error instanceof Error ? error.message : String(error));
      throw error;
    }
    await this.conditional.remember(source, request, hash, answer);
    await this.runs.answered(id, hash, this.clock.now());
  }

  /**
   * Goes on without a document after all tries have failed. Returns whether that is allowed: only for a
   * request with `aside` that failed on the source's side.
   */
  async doWithout({ id, request }: HarvestRequestEntity, error: Error): Promise<boolean> {
    if (!request.aside || sourceStateOf(error) === null) return false;
    const { mediaType, bytes } = wanting(request, error);
    const hash = await this.documents.put(mediaType, bytes, this.clock.now());
    await this.runs.answered(id, hash, this.clock.now());
    return true;
  }
}
