import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { senderOf } from '../../kernel/actor.js';
import { SECOND_MS } from '../../kernel/durations.js';
import { TooManyRequests, Unavailable } from '../../kernel/errors.js';
import { networkOf } from '../access/rate-limit.js';
import type { AuthenticatedRequest } from '../access/rule.js';
import { HEAVY_AT_ONCE } from '../database/connections.js';
import { whenGone } from './problem.js';

// What one client may take of the server: time, requests at once, and answers that are much work.

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

/** How many one caller may have in the making or waiting. */
const MOST_OF_ONE = 4;
/** How many may wait, whoever asked for them: a later one would come after the client has given up. */
const MOST_WAITING = 40;

export const HEAVY = 'carnot-europe:heavy';
/** Marks a route whose answer takes much work: a sheet, a document, a copy of everything about a person. */
export const Heavy = () => SetMetadata(HEAVY, true);

/** The server is well and has too much to do. */
export class Busy extends Unavailable<'busy'> {
  override readonly type = 'urn:carnot-europe:problem:busy';

  constructor() {
    super('busy');
  }
}

interface Waiting {
  who: string;
  begin: () => void;
}

/** Makes a few heavy answers at a time, so that the other pages stay quick. */
@Injectable()
export class HeavyAnswers {
  /** Who asked for those that are being made; a caller may be in it several times. */
  private readonly made: string[] = [];
  private readonly waiting: Waiting[] = [];

  /**
   * Runs `work` in turn; callers who have none in the making come first. It never begins once `gone` is
   * aborted, and is refused if its caller has too many (429), or if too many wait altogether (503).
   */
  async run<T>(who: string, gone: AbortSignal, work: () => Promise<T>): Promise<T> {
    const own = [...this.made, ...this.waiting.map((w) => w.who)].filter((other) => other === who).length;
    if (own >= MOST_OF_ONE) throw new TooManyRequests('files-waiting');
    if (this.waiting.length >= MOST_WAITING) throw new Busy();
    if (this.made.length < HEAVY_AT_ONCE) this.made.push(who);
    else await this.turn(who, gone);
    try {
      gone.throwIfAborted();
      return await work();
    } finally {
      this.made.splice(this.made.indexOf(who), 1);
      this.next();
    }
  }

  private turn(who: string, gone: AbortSignal): Promise<void> {
    return new Promise((begin, refuse) => {
      const waiting = { who, begin };
      this.waiting.push(waiting);
      gone.addEventListener('abort', () => {
        const at = this.waiting.indexOf(waiting);
        if (at < 0) return;
        this.waiting.splice(at, 1);
        refuse(gone.reason as Error);
      });
    });
  }

  private next(): void {
    const others = this.waiting.findIndex(({ who }) => !this.made.includes(who));
    const [next] = this.waiting.splice(Math.max(0, others), 1);
    if (!next) return;
    this.made.push(next.who);
    next.begin();
  }
}

/** Lets the handlers of heavy routes run in turn. A caller without a credential is known by the network. */
@Injectable()
export class HeavyAnswersInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly heavy: HeavyAnswers,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const places = [context.getHandler(), context.getClass()];
    if (!this.reflector.getAllAndOverride<boolean | undefined>(HEAVY, places)) return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const who = request.actor ? senderOf(request.actor) : networkOf(request);
    const gone = whenGone(context.switchToHttp().getResponse<Response>());
    return from(this.heavy.run(who, gone, () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }
}
