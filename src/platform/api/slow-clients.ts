import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { SECOND_MS } from '../../kernel/durations.js';

/**
 * How long a client may take: to send its headers, to send all of a request, without a byte in either
 * direction, and for all of an answer.
 */
export interface ClientLimits {
  headersMs: number;
  requestMs: number;
  idleMs: number;
  answerMs: number;
}

/**
 * Wide enough for a sheet over a bad line, and for the longest statement (60 s). Node looks every half minute
 * for those who are slow to ask.
 */
const CLIENT_LIMITS: ClientLimits = {
  headersMs: 20 * SECOND_MS,
  requestMs: 120 * SECOND_MS,
  idleMs: 120 * SECOND_MS,
  answerMs: 600 * SECOND_MS,
};

/**
 * Lets go of those who keep a connection for longer than anybody needs: each holds memory, and some hold a
 * connection to the database.
 */
export function limitClients(
  server: Server,
  { headersMs, requestMs, idleMs, answerMs } = CLIENT_LIMITS,
): void {
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.setTimeout(idleMs);
  // Whoever takes a byte at a time is never idle.
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const timer = setTimeout(() => socket.destroy(), answerMs).unref();
    response.once('close', () => clearTimeout(timer));
  });
}
