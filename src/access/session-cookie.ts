import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Response } from 'express';
import { SESSION_LONGEST_MS } from './domain/lifetimes.js';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';

/** The cookie that holds a session: out of reach of scripts, and of other sites except where they only lead to a page of ours. */
@Injectable()
export class SessionCookie {
  private readonly secure: boolean;

  constructor(@Inject(ENVIRONMENT) env: Environment) {
    this.secure = env.PUBLIC_URL.startsWith('https:');
  }

  /** With the prefix no other host of the domain and no page without TLS can set it (RFC 6265bis section 4.1.3.2). */
  get name(): string {
    return this.secure ? '__Host-session' : 'session';
  }

  set(response: Response, secret: string): void {
    // The session itself ends earlier where it is not used: that is the server's to know.
    response.cookie(this.name, secret, { ...this.options(), maxAge: SESSION_LONGEST_MS });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options());
  }

  private options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.secure, path: '/' };
  }
}
