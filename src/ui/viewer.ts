import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DAY_MS, MINUTE_MS } from '../kernel/durations.js';
import { ownPath } from '../access/domain/landing.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/ports.js';
import { Language } from '../kernel/language.js';
import type { AuthenticatedRequest } from '../platform/access/rule.js';
import { acceptedLanguage } from '../platform/api/input.pipe.js';
import { cookieOf, ownCookie, SECURE_COOKIES } from '../platform/api/security-headers.js';
import type { MessageKey } from '../i18n/all.js';
import { isMessageKey, type Translate, translateTo } from '../i18n/translate.js';

/** The reader of a page, and how it is shown to them. */
export interface Viewer {
  actor: Actor | null;
  language: Language;
  t: Translate;
  now: Date;
  /** The page's own address: path and query; where a form was sent, that of the page with the form. */
  at: string;
  /** Whether a script requests only a part of the page. */
  part: boolean;
  /** The result of the last request, shown once on the next page. */
  flash: Flash | null;
  /** The institute of the page, if nobody is notified of its calls. */
  withoutRecipients: string | null;
  /** Whether sending is held because this is a copy restored from a backup. */
  sendingHeld: boolean;
  /** Where e-mails go instead of to people, if no mail server is named and the viewer can have it done. */
  unsentMail: 'catcher' | 'files' | null;
}

export type Flash = Extract<MessageKey, `flash.${string}`>;

interface Viewed extends AuthenticatedRequest {
  viewer?: Viewer;
}

const YEAR_MS = 365 * DAY_MS;
const FLASH_MS = MINUTE_MS;

const cookie = ({ app }: Pick<Request, 'app'>, plainName: 'lang' | 'flash') =>
  ownCookie(plainName, app.get(SECURE_COOKIES) === true);

const known = (value: string | undefined): Language | null => Language.safeParse(value).data ?? null;

/** The language chosen in this browser; null if none. */
const chosenLanguage = (request: AuthenticatedRequest): Language | null =>
  known(cookieOf(request, cookie(request, 'lang').name));

/**
 * The language chosen here, else the person's own, else the browser's; French if the browser wants neither,
 * as most of the network speaks it.
 */
function languageOf(request: AuthenticatedRequest): Language {
  return chosenLanguage(request) ?? request.actor?.language ?? acceptedLanguage(request, 'fr');
}

/**
 * The page the reader came from: the one requested, or the one with the form; null if it is not known, as of
 * a page behind a link, of which browsers tell no more than the site.
 */
export function cameFrom({ method, originalUrl, headers: { referer } }: AuthenticatedRequest): string | null {
  if (method === 'GET') return ownPath(originalUrl);
  if (referer === undefined || !URL.canParse(referer)) return null;
  const { pathname, search } = new URL(referer);
  return pathname === '/' ? null : ownPath(`${pathname}${search}`);
}

/** Only messages for forms: others may need parameters. */
const flashOf = (value: string | undefined): Flash | null =>
  value?.startsWith('flash.') && isMessageKey(value) ? (value as Flash) : null;

/** Sets the viewer of each page; `?lang=` stores a language and is removed from the address. */
export function viewerMiddleware(clock: Clock) {
  return (request: Viewed, response: Response, next: NextFunction): void => {
    if (request.path.startsWith('/v1/')) return next();
    const chosen = known(typeof request.query['lang'] === 'string' ? request.query['lang'] : undefined);
    if (chosen && request.method === 'GET') {
      const { name, options } = cookie(request, 'lang');
      response.cookie(name, chosen, { ...options, maxAge: YEAR_MS });
      // Prefixed with a host, as `//` alone is not a valid URL and `//host` names another host.
      const url = new URL(`http://here${request.originalUrl.slice(request.originalUrl.indexOf('/'))}`);
      url.searchParams.delete('lang');
      return response.redirect(303, `${url.pathname.replace(/^\/+/, '/')}${url.search}`);
    }
    const { name, options } = cookie(request, 'flash');
    const flash = cookieOf(request, name);
    if (flash !== undefined && request.method === 'GET') response.clearCookie(name, options);
    const language = languageOf(request);
    request.viewer = {
      actor: request.actor ?? null,
      language,
      t: translateTo(language),
      now: clock.now(),
      at: (request.method === 'POST' ? cameFrom(request) : null) ?? request.originalUrl,
      part: request.headers['hx-request'] === 'true',
      flash: flashOf(flash),
      withoutRecipients: null,
      sendingHeld: false,
      unsentMail: null,
    };
    next();
  };
}

/** The viewer, as a parameter of a page's handler. */
export const View = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer => context.switchToHttp().getRequest<Viewed>().viewer!,
);

export const viewerOf = (request: AuthenticatedRequest): Viewer | undefined => (request as Viewed).viewer;

/**
 * A reader who follows an e-mail link is not signed in, even if the browser has a session; unless they chose
 * a language, the page is in that of the e-mail.
 */
export const viewerByLink = (
  v: Viewer,
  request: AuthenticatedRequest,
  mailed: Language | undefined,
): Viewer => {
  const language = chosenLanguage(request) ?? mailed ?? v.language;
  return { ...v, actor: null, language, t: translateTo(language) };
};

/** The next page shows the message, once. */
export function setFlash(response: Response, flash: Flash): void {
  const { name, options } = cookie(response.req, 'flash');
  response.cookie(name, flash, { ...options, maxAge: FLASH_MS });
}
