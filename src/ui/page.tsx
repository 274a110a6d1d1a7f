import type { ComponentChild, ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Response } from 'express';
import { may } from '../kernel/actor.js';
import { asset } from './address.js';
import { dayText, momentText } from './dates.js';
import { type Place, placesOf, settingsOf } from './places.js';
import { cameFrom, type Viewer, viewerOf } from './viewer.js';
import { languageTitleTo } from '../i18n/message.js';
import { Language } from '../kernel/language.js';
import type { Problem } from '../platform/api/problem.js';
import { type AuthenticatedRequest, SIGN_IN_AGAIN } from '../platform/access/rule.js';
import { ALL, type MessageKey } from '../i18n/all.js';
import { ConfirmForm } from './parts.js';
import { TooOften } from '../platform/access/rate-limit.js';

export interface InstituteHead {
  id: string;
  name: string;
  confirmed: boolean;
}

export interface PageOptions {
  /** Shown in the tab and read first by screen readers. */
  title: string;
  place?: Place;
  /** The institute, if the network looks at its pages; not set for one's own. */
  institute?: InstituteHead;
  /** Files in `public`, without extension, that this page needs in addition to `app`. */
  styles?: string[];
  scripts?: string[];
  /** For pages with side-by-side content. */
  wide?: boolean;
}

/** The main menu: in the header, or on phones at the bottom, within reach of the thumb. */
function Menu({ v, options }: { v: Viewer; options: PageOptions }) {
  const entries = placesOf(v, options.institute);
  return entries.length === 0 ? null : (
    <nav class="menu" aria-label={v.t('layout.nav')}>
      <ul>
        {entries.map((e) => (
          <li key={e.place}>
            <a href={e.href} aria-current={e.place === options.place ? 'page' : undefined}>
              {v.t(e.label)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Links to the same page in the other languages, each by its own name. */
function LanguageLinks({ v }: { v: Viewer }) {
  const join = v.at.includes('?') ? '&' : '?';
  return (
    <>
      {Language.options
        .filter((other) => other !== v.language)
        .map((other) => (
          <a key={other} href={`${v.at}${join}lang=${other}`} lang={other} hreflang={other}>
            {languageTitleTo(other, other)}
          </a>
        ))}
    </>
  );
}

/** The menu of rarely used settings. It works without scripts. */
function Settings({ v, options }: { v: Viewer; options: PageOptions }) {
  return (
    <details class="settings">
      <summary>{v.t('layout.settings')}</summary>
      <div class="settings-list">
        <ul>
          {settingsOf(v, options.institute).map((e) => (
            <li key={e.place}>
              <a href={e.href} aria-current={e.place === options.place ? 'page' : undefined}>
                {v.t(e.label)}
              </a>
            </li>
          ))}
          <li>
            <LanguageLinks v={v} />
          </li>
        </ul>
        <form method="post" action="/sign-out">
          <button class="plain" type="submit">
            {v.t('layout.sign-out')}
          </button>
        </form>
      </div>
    </details>
  );
}

function Head({ v, options }: { v: Viewer; options: PageOptions }) {
  const whose = options.institute?.name ?? v.actor?.profileName ?? (v.actor ? v.t('layout.network') : null);
  return (
    <header class="head">
      <a class="brand" href="/">
        <img src={asset('install/favicon.svg')} alt="" width="24" height="24" />
        <span class="brand-name">Carnot Europe</span>
      </a>
      {whose && <p class="whose">{whose}</p>}
      <Menu v={v} options={options} />
      <div class="head-end">
        {v.actor ? (
          <>
            <a class="find-link" href="/find">
              {v.t('find.title')} <kbd class="script-only">{v.t('find.keys')}</kbd>
            </a>
            <Settings v={v} options={options} />
          </>
        ) : (
          <LanguageLinks v={v} />
        )}
      </div>
    </header>
  );
}

/** The search of `/find` in a dialog. */
const Find = ({ v }: { v: Viewer }) => (
  <dialog id="find" class="find" aria-label={v.t('find.title')}>
    <form method="get" action="/find" role="search">
      <input
        type="search"
        name="q"
        aria-label={v.t('find.label')}
        placeholder={v.t('find.label')}
        maxLength={200}
        autocomplete="off"
        hx-get="/find"
        hx-trigger="typed changed delay:150ms, find"
        hx-sync="this:replace"
        hx-target="#found"
      />
    </form>
    <div id="found" aria-live="polite" />
  </dialog>
);

/** Messages after a form that need the reader's attention. */
const WARNS: NonNullable<Viewer['flash']>[] = [
  'flash.contacts-wait',
  'flash.overtaken',
  'flash.saved-flood',
  'flash.step-refused',
];

/** The warning that nobody gets an institute's calls, with a link to change that. */
function NoRecipients({ v, id }: { v: Viewer; id: string }) {
  const inside = v.actor?.profileId === id;
  return (
    <p class="notice warn no-recipients">
      {v.t(inside ? 'layout.no-recipients' : 'layout.no-recipients-of')}{' '}
      {inside ? (
        <a href="/account/notification-preferences">{v.t('layout.no-recipients.follow')}</a>
      ) : (
        <a href={`/institutes/${id}/team`}>{v.t('layout.no-recipients.invite')}</a>
      )}
    </p>
  );
}

function Foot({ v }: { v: Viewer }) {
  return (
    <footer class="foot">
      <p>
        <a href="/privacy">{v.t('personal.title')}</a> ·{' '}
        {may(v.actor, 'audit.review') && (
          <>
            <a href="/audit">{v.t('audit.title')}</a> ·{' '}
          </>
        )}
        {v.t('layout.foot')} {v.t('layout.time-now', { when: momentText(v, v.now) })}
      </p>
    </footer>
  );
}

/** The HTML document around a page's content. */
function Layout({ v, options, children }: { v: Viewer; options: PageOptions; children: ComponentChildren }) {
  return (
    <html lang={v.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          name="htmx-config"
          content='{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0,"attributesToSettle":["class","width","height"]}'
        />
        <title>{`${options.title} · Carnot Europe`}</title>
        <link rel="icon" href={asset('install/favicon.svg')} type="image/svg+xml" />
        <link rel="manifest" href={asset('install/manifest.webmanifest')} />
        <link rel="apple-touch-icon" href={asset('install/icon-192.png')} />
        <meta name="theme-color" content="#0b5c6b" />
        {['app', ...(options.styles ?? [])].map((name) => (
          <link key={name} rel="stylesheet" href={asset(`${name}.css`)} />
        ))}
        <script type="module" src={asset('app.js')} />
        {v.actor && <script defer src={asset('htmx.js')} />}
        {options.scripts?.map((name) => (
          <script key={name} type="module" src={asset(`${name}.js`)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {v.t('layout.skip')}
        </a>
        <Head v={v} options={options} />
        <main id="content" class={options.wide ? 'wide' : undefined} tabIndex={-1}>
          {v.sendingHeld && <p class="notice warn">{v.t('layout.sending-held')}</p>}
          {v.unsentMail && <p class="notice warn">{v.t(`layout.unsent-mail.${v.unsentMail}`)}</p>}
          {v.withoutRecipients !== null && options.place && <NoRecipients v={v} id={v.withoutRecipients} />}
          {v.actor?.insideFrom && (
            <p class="notice">
              {v.t('layout.inside-from', { day: dayText(v, v.actor.insideFrom.toISOString()) })}
            </p>
          )}
          {v.flash && (
            <p class={WARNS.includes(v.flash) ? 'notice warn' : 'flash'} role="status">
              {v.t(v.flash)}
            </p>
          )}
          {children}
        </main>
        {v.actor && <Find v={v} />}
        <Foot v={v} />
      </body>
    </html>
  );
}

export const page = (v: Viewer, options: PageOptions, content: ComponentChild): string =>
  `<!doctype html>${renderToString(
    // No navigation while the second factor is pending.
    <Layout v={v.actor?.awaits ? { ...v, actor: null } : v} options={options}>
      {content}
    </Layout>,
  )}`;

export const part = (content: ComponentChild): string => renderToString(<>{content}</>);

const nearest = (status: number): string =>
  `error.title.${status}` in ALL ? String(status) : status < 500 ? '400' : '500';

/**
 * A problem as a page for people; null if a program made the request. What does not exist is named as what it
 * would be, whether its id is unknown or none at all.
 */
export function errorPage(
  request: AuthenticatedRequest,
  problemIn: (language: Language) => Problem,
  missing: string | null,
): { status: number; html: string } | null {
  const v = viewerOf(request);
  if (!v || request.headers.authorization || !(request.headers.accept ?? '').includes('text/html'))
    return null;
  const problem = problemIn(v.language);
  if (problem.type === SIGN_IN_AGAIN) {
    const html = page(v, { title: v.t('presence.title') }, ConfirmForm({ v, next: cameFrom(request) }));
    return { status: problem.status, html };
  }
  const what = missing !== null && `error.missing.${missing}` in ALL ? missing : null;
  const status = what === null ? problem.status : 404;
  const kind = nearest(status);
  const title = v.t(`error.title.${kind}` as MessageKey);
  const html = page(
    v,
    { title },
    <section class="narrow">
      <h1>{title}</h1>
      {what === null ? (
        <p>{v.t(`error.says.${kind}` as MessageKey)}</p>
      ) : (
        <>
          <p>{v.t(`error.missing.${what}` as MessageKey)}</p>
          <p>{v.t('error.missing.help')}</p>
        </>
      )}
      {problem.errors && what === null && (
        <ul>
          {problem.errors.map((e) => (
            <li key={e.path}>
              <code>{e.path}</code> {e.message}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="button" href="/">
          {v.t('error.home')}
        </a>
      </p>
    </section>,
  );
  return { status, html };
}

/** Longer times are given in hours. */
const MOST_MINUTES = 90;

/** A sentence that says when to try again; also sets Retry-After for programs. */
export function comeBack(v: Viewer, response: Response, { retryAfterSeconds }: TooOften): string {
  response.setHeader('Retry-After', retryAfterSeconds);
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return minutes > MOST_MINUTES
    ? v.t('too-often.hours', { hours: Math.ceil(minutes / 60) })
    : v.t('sign-in.too-often', { minutes });
}

/** The form errors if the rate limit is exceeded; null otherwise. */
export async function tooOften(
  v: Viewer,
  response: Response,
  take: () => Promise<void>,
): Promise<Record<string, string> | null> {
  try {
    await take();
    return null;
  } catch (error) {
    if (!(error instanceof TooOften)) throw error;
    return { '': comeBack(v, response, error) };
  }
}
