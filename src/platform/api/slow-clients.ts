import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { SECOND_MS } from '../../kernel/durations.js';

/**
 * Time limits for a client: for its headers, for a whole request, without a byte in either direction, and for
 * a whole response.
 */
export interface ClientLimits {
  headersMs: number;
  requestMs: number;
  idleMs: number;
  answerMs: number;
}

/**
 * Long enough for a spreadsheet over a bad line, and for the longest statement (60 s). Node checks for slow
 * requests every half minute.
 */
const CLIENT_LIMITS: ClientLimits = {
  headersMs: 20 * SECOND_MS,
  requestMs: 120 * SECOND_MS,
  idleMs: 120 * SECOND_MS,
  answerMs: 600 * SECOND_MS,
};

/** Closes connections kept open longer than anyone needs: each holds memory, some a database connection. */
export function limitClients(
  server: Server,
  { headersMs, requestMs, idleMs, answerMs } = CLIENT_LIMITS,
): void {
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.setTimeout(idleMs);
  // A client that takes a byte at a time is never idle.
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const timer = setTimeout(() => socket.destroy(), answerMs).unref();
    response.once('close', () => clearTimeout(timer));
  });
}

/** Browsers and proxies wait for an answer before they use its connection again; few programs do not. */
const MOST_UNANSWERED = 20;
const unanswered = new WeakMap<Socket, number>();

/**
 * Ends a connection with more unanswered requests than any client of ours sends: Node begins them all at
 * once, and thousands fit into a moment's bytes.
 */
export function limitPipelining({ socket }: Request, response: Response, next: NextFunction): void {
  const before = unanswered.get(socket) ?? 0;
  if (before === MOST_UNANSWERED) socket.destroy();
  // Those that came with the same bytes are still handed over.
  if (socket.destroyed) return;
  unanswered.set(socket, before + 1);
  response.once('close', () => unanswered.set(socket, unanswered.get(socket)! - 1));
  next();
}
