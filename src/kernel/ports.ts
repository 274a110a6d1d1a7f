import type { AnalysedLanguage } from './language.js';

/** The only source of the time. `CLOCK` sets where it starts, so that recorded data can be replayed. */
export interface Clock {
  now(): Date;
}

/** What a server sent with a document for checking later whether it has changed (RFC 9110 section 8.8). */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface FetchRequest {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | null;
  /** The most requests per minute to the host; the default comes from the settings. */
  perMinute?: number;
  /** Set by the operator (`user-agent`, `referer`, `origin`); they override the gate's and the source's. */
  asWhom?: Readonly<Record<string, string>>;
  /** Those of the stored document. Sent with GET only; the answer may then be NotModified. */
  validators?: Validators;
  /** Aborting it cancels the request and throws its reason. */
  signal?: AbortSignal;
}

/** A document, its bytes unchanged. */
export interface FetchedDocument {
  notModified: false;
  /** From 200 to 299. */
  status: number;
  mediaType: string;
  bytes: Buffer;
  /** The address that answered, after redirects. */
  url: string;
  /** For the next request; both null if the server sent none, or if another address answered. */
  validators: Validators;
}

/** The server says that the document whose validators were sent has not changed (status 304). */
export interface NotModified {
  notModified: true;
  url: string;
}

/** The result of a request. Everything else is thrown. */
export type Fetched = FetchedDocument | NotModified;

/** A request for a document too large to hold in memory. Its limits replace those of the settings. */
export interface StreamRequest extends FetchRequest {
  /** On the wire, and again after decompression. */
  maxBytes: number;
  /** For the whole request, including the processing of the document. */
  timeoutMs: number;
  /** After this long without a byte, the request is given up. */
  idleMs: number;
}

/**
 * A document being received: its bytes decompressed, cut anywhere. Iterating throws a CarnotError if they end
 * before the document does.
 */
export interface IncomingDocument extends Omit<FetchedDocument, 'notModified' | 'bytes'> {
  chunks: AsyncIterable<Buffer>;
}

/** What was made of a document while it was received. */
export interface StreamedDocument<T> extends Omit<FetchedDocument, 'bytes'> {
  value: T;
}

/**
 * The outgoing gate. Throws a CarnotError whose retry policy says whether to try again, or Postponed if the
 * host's rate limit requires a wait.
 */
export interface Fetcher {
  fetch(url: URL, request: FetchRequest): Promise<Fetched>;
}

/** The outgoing gate, with all its rules, for documents too large for `fetch`. */
export interface Streamer {
  /**
   * `read` is called once if there is a document; its errors are passed on unchanged. What it leaves unread
   * is not waited for.
   */
  stream<T>(
    url: URL,
    request: StreamRequest,
    read: (document: IncomingDocument) => Promise<T>,
  ): Promise<StreamedDocument<T> | NotModified>;
}

/** An e-mail, ready to send. `messageId` has no angle brackets and stays the same across all attempts. */
export interface Mail {
  messageId: string;
  to: { name: string | null; address: string };
  /** Whose name stands before the sender's address; that of the installation if left out or null. */
  fromName?: string | null;
  /** Who gets replies; null if that is the sender. */
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  /**
   * Written into List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058); null for an e-mail without
   * a subscription.
   */
  unsubscribeUrl: string | null;
  /** Message-IDs of its thread, oldest first, for References and In-Reply-To (RFC 5322, 3.6.4). */
  threads?: string[];
}

/** Sends e-mails. `send` resolves once the other side accepts the e-mail; `where` says where it went. */
export interface Mailer {
  readonly id: 'smtp' | 'eml';
  send(mail: Mail): Promise<{ where: string }>;
}

/** A text to be compared by meaning. Its kind matters to models trained with a prefix for each kind. */
export interface EmbeddedText {
  text: string;
  language: AnalysedLanguage;
  kind: 'call' | 'competence' | 'project';
}

/** A model that turns texts into vectors: the nearer two vectors, the nearer the meanings of their texts. */
export interface Embedder {
  /** The model and its version: vectors of two models are never compared; a new name recomputes them. */
  readonly model: string;
  /**
   * Returns unit vectors, one per text, in order. Throws a CarnotError whose retry policy says whether to try
   * again, or the reason of `signal` once it is aborted.
   */
  embed(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** A part of what a language model is asked. */
export interface ChatMessage {
  role: 'system' | 'user';
  content: string;
}

/** In tokens, as counted by the model's server. */
export interface TokenUsage {
  prompt: number;
  completion: number;
}

/** A language model that reads calls. */
export interface ReadingModel {
  readonly name: string;
  /** Returns its answer. Throws a CarnotError if there is none. */
  answer(
    messages: readonly ChatMessage[],
    signal?: AbortSignal,
  ): Promise<{ content: string; usage: TokenUsage }>;
}

/**
 * Maximum length of a text given to a model, in characters. Common models take 512 tokens of about four
 * characters; with more, a server truncates the text or refuses it. A call's title and first paragraphs say
 * what it is about.
 */
export const LONGEST_EMBEDDED_TEXT = 1_800;

/**
 * The contents of a queue. `delayed` jobs are scheduled for later and do not count as waiting; `failed` ones
 * were given up recently.
 */
export interface QueueHealth {
  name: string;
  waiting: number;
  delayed: number;
  active: number;
  failed: number;
  /** How long the oldest waiting job has waited, in milliseconds; null if none waits. */
  oldestWaitingMs: number | null;
}

/** The WebAuthn relying party (section 5.1.2): host name and origin. */
export interface RelyingParty {
  id: string;
  origin: string;
}

/** An event of a calendar to write: `description` and `url` are null if it is cancelled. */
export interface CalendarEntry {
  uid: string;
  at: string;
  summary: string;
  description: string | null;
  url: string | null;
  sequence: number;
  changedAt: string;
  cancelled: boolean;
}
