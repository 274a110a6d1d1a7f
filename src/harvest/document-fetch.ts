import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson, sha256 } from '../kernel/hash.js';
import type { Clock, FetchedDocument, Fetcher, FetchRequest } from '../kernel/ports.js';
import type { SourceRequest } from './domain/source.js';
import { type AskedBefore, DocumentRepository, ValidatorRepository } from './store/document.repository.js';
import { CLOCK, FETCHER } from '../platform/tokens.js';
import type { Source } from './source-registry.js';
import { Postponed } from '../kernel/errors.js';
import { type HarvestRequestEntity, RunRepository } from './store/run.repository.js';
import { goneInstead, RunReader, wanting } from './run-reader.js';
import { sourceStateOf } from './source-state.js';

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
