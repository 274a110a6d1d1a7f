import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Response } from 'express';
import { SESSION_LONGEST_MS, SIGN_ON_MS } from './domain/lifetimes.js';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';

/** A cookie out of reach of scripts, and of other sites except where they only lead to a page of ours. */
abstract class OwnCookie {
  private readonly secure: boolean;
  protected abstract readonly plainName: string;
  protected abstract readonly maxAge: number;

  constructor({ PUBLIC_URL: url }: Environment) {
    this.secure = url.startsWith('https:');
  }

  /** With the prefix no other host of the domain and no page without TLS can set it (RFC 6265bis section 4.1.3.2). */
  get name(): string {
    return this.secure ? `__Host-${this.plainName}` : this.plainName;
  }

  set(response: Response, value: string): void {
    response.cookie(this.name, value, { ...this.options(), maxAge: this.maxAge });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options());
  }

  private options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.secure, path: '/' };
  }
}

/** Holds the secret of a session. The session itself ends earlier where it is not used: that is the server's to know. */
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
