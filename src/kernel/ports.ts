import type { AnalysedLanguage } from './language.js';

/** The only way to learn the time. `CLOCK` sets where it starts, so that recorded data can be run over. */
export interface Clock {
  now(): Date;
}

/**
 * What a server gave along with a document, so that it can be asked whether it changed (RFC 9110 section
 * 8.8).
 */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

/** A request to one address. */
export interface FetchRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  /** At most so many requests to the host in a minute; else what the settings say. */
  perMinute?: number;
  /**
   * What the operator says of who asks (`user-agent`, `referer`, `origin`): it stands before the gate's own
   * and the source's.
   */
  asWhom?: Readonly<Record<string, string>>;
  /** Of the document that is kept. Sent with GET only; then the answer may be NotModified. */
  validators?: Validators;
  /** Once it is aborted the request is called off, and its reason thrown. */
  signal?: AbortSignal;
}

/** A document, bytes untouched. */
export interface FetchedDocument {
  notModified: false;
  /** From 200 to 299. */
  status: number;
  mediaType: string;
  bytes: Buffer;
  /** The address that answered, after redirects. */
  url: string;
  /**
   * To ask with next time; both null where the server gave none, or where another address answered than was
   * asked.
   */
  validators: Validators;
}

/** The server says that the document whose validators were sent is still the one (status 304). */
export interface NotModified {
  notModified: true;
  url: string;
}

/** What came back from a request. Everything else is thrown. */
export type Fetched = FetchedDocument | NotModified;

/**
 * A request for a document that is too large to be held. Its limits are its own, in the place of those that
 * the settings name.
 */
export interface StreamRequest extends FetchRequest {
  /** On the wire, and after decompression too. */
  maxBytes: number;
  /** For the whole request, what is made of the document included. */
  timeoutMs: number;
  /** Without a byte for so long, it is given up. */
  idleMs: number;
}

/**
 * A document that is coming in: its bytes decompressed, cut anywhere. They break off with a CarnotError where
 * they end before the document does.
 */
export interface IncomingDocument extends Omit<FetchedDocument, 'notModified' | 'bytes'> {
  chunks: AsyncIterable<Buffer>;
}

/** What was made of a document while it came in. */
export interface StreamedDocument<T> extends Omit<FetchedDocument, 'bytes'> {
  value: T;
}

/**
 * The outgoing gate. Throws a CarnotError whose retry policy says whether to try again, or Postponed where
 * the host's turn is to come.
 */
export interface Fetcher {
  fetch(url: URL, request: FetchRequest): Promise<Fetched>;
}

/** The outgoing gate for what is too large for `fetch`, with all its rules. */
export interface Streamer {
  /**
   * `read` is given the document once, where there is one; what it throws is thrown as it is. What it leaves
   * unread is not waited for.
   */
  stream<T>(
    url: URL,
    request: StreamRequest,
    read: (document: IncomingDocument) => Promise<T>,
  ): Promise<StreamedDocument<T> | NotModified>;
}

/**
 * A mail, ready to leave. `messageId` is without angle brackets and stays the same however often it is sent.
 */
export interface Mail {
  messageId: string;
  to: { name: string | null; address: string };
  /** Who reads an answer; null where that is the sender. */
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  /**
   * Written into List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058); null for a mail that
   * nobody subscribed to.
   */
  unsubscribeUrl: string | null;
  /**
   * Message-IDs of the thread that it belongs to, the oldest first, for References and In-Reply-To (RFC 5322,
   * 3.6.4).
   */
  threads?: string[];
}

/**
 * Who carries mails. `send` resolves once the other side has accepted the mail; `where` tells a reader where
 * it went.
 */
export interface Mailer {
  readonly id: 'smtp' | 'eml';
  send(mail: Mail): Promise<{ where: string }>;
}

/**
 * A text whose meaning is to be compared. Of what kind it is matters to models that were trained with a
 * prefix for each.
 */
export interface EmbeddedText {
  text: string;
  language: AnalysedLanguage;
  kind: 'call' | 'competence' | 'project';
}

/** A model that turns texts into vectors: the nearer two vectors, the nearer what the texts mean. */
export interface Embedder {
  /**
   * Names the model and its version: vectors of two models are never compared, and another name makes them
   * anew.
   */
  readonly model: string;
  /**
   * Unit vectors, one per text, in order. Throws a CarnotError whose retry policy says whether to try again,
   * or the reason of `signal` once that is aborted.
   */
  embed(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<Float32Array[]>;
}
