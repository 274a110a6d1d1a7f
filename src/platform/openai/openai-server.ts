import { CarnotError } from '../../kernel/errors.js';
import type { FetchedDocument } from '../../kernel/ports.js';
import type { Gate } from '../http/gate.js';

export interface Endpoint {
  /** The part before /embeddings or /chat/completions. */
  url: string;
  /** The server's name for it. */
  model: string;
  /** Sent as a bearer token; undefined for a server that needs none. */
  key: string | undefined;
}

/** The prefix of the variables for a server. */
export type ServerName = 'EMBEDDING' | 'READER';

/** Returns what the operator can do about each refusal. */
const suggestions = (name: ServerName): Record<string, string> => ({
  HttpBlocked: `Correct ${name}_KEY.`,
  HttpNotFound: `Correct ${name}_URL, or ${name}_MODEL where the server does not have that one.`,
  HttpClientError: `Correct ${name}_MODEL, or look in the server's log what it did not like.`,
  TlsFailed: `Correct ${name}_URL, or the certificate.`,
  GateRefused: `Correct ${name}_URL or ${name}_KEY.`,
});

/** An operator's server with OpenAI's API. It has its own gate, which trusts the server's origin. */
export class OpenAiServer {
  private readonly closing = new AbortController();

  constructor(
    private readonly name: ServerName,
    private readonly endpoint: Endpoint,
    private readonly gate: Gate,
  ) {}

  /** Returns a signal that is aborted with the given one, and when the server is closed. */
  until(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.closing.signal]) : this.closing.signal;
  }

  /** Sends a JSON body and returns the response. Throws a CarnotError that names the variable to correct. */
  async post(path: string, body: object, signal: AbortSignal): Promise<Buffer> {
    const { key, url } = this.endpoint;
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(key && { authorization: `Bearer ${key}` }),
    };
    try {
      // Only a request with validators can get NotModified.
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
