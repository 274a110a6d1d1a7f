import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Response } from 'express';
import { DAY_MS } from '../kernel/durations.js';
import { SIGN_ON_MS } from '../kernel/lifetimes.js';
import { ownCookie } from '../platform/api/security-headers.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import { ENVIRONMENT, SETTINGS } from '../platform/tokens.js';

/** A cookie of a session or of a sign-in under way. */
abstract class OwnCookie {
  readonly name: string;
  private readonly options: Readonly<CookieOptions>;

  constructor(
    plainName: string,
    { PUBLIC_URL }: Environment,
    private readonly maxAge: number,
  ) {
    ({ name: this.name, options: this.options } = ownCookie(plainName, PUBLIC_URL.startsWith('https:')));
  }

  set(response: Response, value: string): void {
    response.cookie(this.name, value, { ...this.options, maxAge: this.maxAge });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options);
  }
}

/** The cookie with the session secret. The server may end an idle session earlier. */
@Injectable()
export class SessionCookie extends OwnCookie {
  constructor(@Inject(ENVIRONMENT) env: Environment, @Inject(SETTINGS) { signIn }: Settings) {
    super('session', env, signIn.longestDays * DAY_MS);
  }
}

/** The cookie that a browser keeps while signing in at a provider. */
@Injectable()
export class SignOnCookie extends OwnCookie {
  constructor(@Inject(ENVIRONMENT) env: Environment) {
    super('sign-on', env, SIGN_ON_MS);
  }
}
