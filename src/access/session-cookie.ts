import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { SESSION_LONGEST_MS, SIGN_ON_MS } from './domain/lifetimes.js';
import { ownCookie } from '../platform/api/cookies.js';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';

/** A cookie that lets somebody in, or is part of the way there. */
abstract class OwnCookie {
  private readonly secure: boolean;
  protected abstract readonly plainName: string;
  protected abstract readonly maxAge: number;

  constructor({ PUBLIC_URL: url }: Environment) {
    this.secure = url.startsWith('https:');
  }

  get name(): string {
    return ownCookie(this.plainName, this.secure).name;
  }

  set(response: Response, value: string): void {
    const { name, options } = ownCookie(this.plainName, this.secure);
    response.cookie(name, value, { ...options, maxAge: this.maxAge });
  }

  clear(response: Response): void {
    const { name, options } = ownCookie(this.plainName, this.secure);
    response.clearCookie(name, options);
  }
}

/**
 * Holds the secret of a session. The session itself ends earlier where it is not used: that is the server's
 * to know.
 */
@Injectable()
export class SessionCookie extends OwnCookie {
  protected readonly plainName = 'session';
  protected readonly maxAge = SESSION_LONGEST_MS;

  constructor(@Inject(ENVIRONMENT) env: Environment) {
    super(env);
  }
}

/** Holds what a browser keeps while it is with a provider to sign in. */
@Injectable()
export class SignOnCookie extends OwnCookie {
  protected readonly plainName = 'sign-on';
  protected readonly maxAge = SIGN_ON_MS;

  constructor(@Inject(ENVIRONMENT) env: Environment) {
    super(env);
  }
}
