import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { TooManyRequests, Unavailable } from '../../kernel/errors.js';
import { senderOf } from '../../kernel/actor.js';
import { HEAVY_AT_ONCE } from '../database/connections.js';
import { networkOf } from '../access/rate-limit.js';
import type { AuthenticatedRequest } from '../access/rule.js';
import { whenGone } from './problem.js';

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
