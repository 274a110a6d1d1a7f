import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { DAY_MS } from '../kernel/durations.js';
import { SIGN_ON_MS } from '../kernel/lifetimes.js';
import { ownCookie } from '../platform/api/security-headers.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import { ENVIRONMENT, SETTINGS } from '../platform/tokens.js';

/** A cookie of a session or of a sign-in under way. */
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

/** The cookie with the session secret. The server may end an idle session earlier. */
@Injectable()
export class SessionCookie extends OwnCookie {
  protected readonly plainName = 'session';
  protected readonly maxAge: number;

  constructor(@Inject(ENVIRONMENT) env: Environment, @Inject(SETTINGS) { signIn }: Settings) {
    super(env);
    this.maxAge = signIn.longestDays * DAY_MS;
  }
}

/** The cookie that a browser keeps while signing in at a provider. */
@Injectable()
export class SignOnCookie extends OwnCookie {
  protected readonly plainName = 'sign-on';
  protected readonly maxAge = SIGN_ON_MS;

  constructor(@Inject(ENVIRONMENT) env: Environment) {
    super(env);
  }
}
