import type { SourceRequest } from './source/source.js';

/** The only way to learn the time. `CLOCK` sets where it starts, so that recorded data can be run over. */
export interface Clock {
  now(): Date;
}

/** What came back from a request, bytes untouched. Only 2xx answers are returned, everything else is thrown. */
export interface Fetched {
  status: number;
  mediaType: string;
  bytes: Buffer;
  /** The address that answered, after redirects. */
  url: string;
}

/** The outgoing gate. Throws a CarnotError whose remedy says whether to try again. */
export interface Fetcher {
  fetch(url: URL, request: Omit<SourceRequest, 'key' | 'path'>): Promise<Fetched>;
}

/** A mail, ready to leave. `messageId` is without angle brackets and stays the same however often it is sent. */
export interface Mail {
  messageId: string;
  to: { name: string | null; address: string };
  subject: string;
  html: string;
  text: string;
  /** Written into List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058). */
  unsubscribeUrl: string;
}

/** A way to reach a person. `send` resolves once the other side has accepted the mail; `where` tells a reader where it went. */
export interface Channel {
  readonly id: 'smtp' | 'eml';
  send(mail: Mail): Promise<{ where: string }>;
}
