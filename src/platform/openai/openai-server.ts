import { CarnotError } from '../../kernel/errors.js';
import type { FetchedDocument } from '../../kernel/ports.js';
import type { Gate } from '../http/gate.js';

export interface Endpoint {
  /** What stands before /embeddings or /chat/completions. */
  url: string;
  /** As the server calls it. */
  model: string;
  /** Sent as a bearer token; undefined for a server that wants none. */
  key: string | undefined;
}

/** How the variables that name a server begin. */
export type ServerName = 'EMBEDDING' | 'READER';

/** What the operator can do about what a server refuses. */
const suggestions = (name: ServerName): Record<string, string> => ({
  HttpBlocked: `Correct ${name}_KEY.`,
  HttpNotFound: `Correct ${name}_URL, or ${name}_MODEL where the server does not have that one.`,
  HttpClientError: `Correct ${name}_MODEL, or look in the server's log what it did not like.`,
  TlsFailed: `Correct ${name}_URL, or the certificate.`,
  GateRefused: `Correct ${name}_URL or ${name}_KEY.`,
});

/**
 * A server of the operator's that speaks as OpenAI's does. The gate is its own: it trusts the server's
 * origin.
 */
export class OpenAiServer {
  private readonly closing = new AbortController();

  constructor(
    private readonly name: ServerName,
    private readonly endpoint: Endpoint,
    private readonly gate: Gate,
  ) {}

  /** Is aborted with the other one, and when the server is closed. */
  until(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.closing.signal]) : this.closing.signal;
  }

  /**
   * Sends a body of JSON and gives the bytes of the answer. Throws a CarnotError that says which variable to
   * correct.
   */
  async post(path: string, body: object, signal: AbortSignal): Promise<Buffer> {
    const { key, url } = this.endpoint;
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(key && { authorization: `Bearer ${key}` }),
    };
    try {
      // Only a request with validators can be answered with NotModified.
      return (
        (await this.gate.fetch(new URL(`${url}${path}`), {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
          signal,
        })) as FetchedDocument
      ).bytes;
    } catch (error) {
      if (!(error instanceof CarnotError)) throw error;
      const suggestion = suggestions(this.name)[error.kind];
      throw new CarnotError(
        error.kind,
        `the server in ${this.name}_URL: ${error.message}${suggestion ? `. ${suggestion}` : ''}`,
        error.retryPolicy,
        error.details,
      );
    }
  }

  async close(): Promise<void> {
    this.closing.abort(new CarnotError('GateClosed', 'the process is being ended', 'later'));
    await this.gate.close();
  }
}
