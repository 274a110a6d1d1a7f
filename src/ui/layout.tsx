import type { ComponentChildren } from 'preact';
import type { MessageKey } from '../i18n/all.js';
import { asset } from './assets.js';
import { momentText } from './dates.js';
import type { Viewer } from './viewer.js';

/** An institute as the head of its pages shows it. */
export interface InstituteHead {
  id: string;
  name: string;
  confirmed: boolean;
}

/** The entries of the menu, by which a page says where it belongs. */
type Place =
  | 'inbox'
  | 'pipeline'
  | 'calls'
  | 'bottom-up'
  | 'deadlines'
  | 'profile'
  | 'people'
  | 'team'
  | 'sheets'
  | 'sources'
  | 'institutes'
  | 'account'
  | 'notification-preferences'
  | 'messages'
  | 'channels';

export interface PageOptions {
  /** What the tab and the reader of a screen are told first. */
  title: string;
  place?: Place;
  /** Whose pages these are, where the network looks at an institute's. One's own needs no saying. */
  institute?: InstituteHead;
  /** Names of files in `public`, without ending: what this page needs beside `app`. */
  styles?: string[];
  scripts?: string[];
  /** Wide where the page puts things side by side. */
  wide?: boolean;
}

interface Entry {
  place: Place;
  href: string;
  label: MessageKey;
}

const NETWORK: Entry[] = [
  { place: 'calls', href: '/calls', label: 'layout.calls' },
  { place: 'bottom-up', href: '/bottom-up', label: 'layout.bottom-up' },
  { place: 'deadlines', href: '/deadlines', label: 'layout.deadlines' },
  { place: 'sources', href: '/sources', label: 'layout.sources' },
];

const ofInstitute = (id: string, inside: boolean): Entry[] => [
  { place: 'inbox', href: `/institutes/${id}/inbox`, label: 'layout.inbox' },
  ...(inside
    ? ([{ place: 'pipeline', href: `/institutes/${id}/pipeline`, label: 'pipeline.menu' }] as Entry[])
    : []),
  ...NETWORK.slice(0, 3),
  { place: 'profile', href: `/institutes/${id}/profile`, label: 'layout.profile' },
  ...(inside
    ? ([
        { place: 'people', href: `/institutes/${id}/people`, label: 'layout.people' },
        { place: 'sheets', href: `/institutes/${id}/sheets`, label: 'layout.sheets' },
      ] as Entry[])
    : []),
  { place: 'team', href: `/institutes/${id}/team`, label: 'layout.team' },
  { place: 'messages', href: `/institutes/${id}/messages`, label: 'outbox.menu' },
  ...(inside
    ? ([{ place: 'channels', href: `/institutes/${id}/channels`, label: 'channels.menu' }] as Entry[])
    : []),
  NETWORK[3]!,
];

function entriesFor({ actor }: Viewer, institute: InstituteHead | undefined): Entry[] {
  if (!actor) return [];
  const id = institute?.id ?? actor.profileId;
  const institutes: Entry[] =
    actor.profileId === null
      ? [{ place: 'institutes', href: '/institutes', label: 'layout.institutes' }]
      : [];
  return [
    ...institutes,
    ...(id === null || id === undefined ? NETWORK : ofInstitute(id, actor.profileId === id)),
  ];
}

function Menu({ v, options }: { v: Viewer; options: PageOptions }) {
  const entries = entriesFor(v, options.institute);
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

function Head({ v, options }: { v: Viewer; options: PageOptions }) {
  const other = v.language === 'fr' ? 'en' : 'fr';
  const join = v.at.includes('?') ? '&' : '?';
  const whose = options.institute?.name ?? v.actor?.profileName ?? (v.actor ? v.t('layout.network') : null);
  return (
    <header class="head">
      <a class="brand" href="/">
        <img src={asset('favicon.svg')} alt="" width="24" height="24" />
        carnot-europe
      </a>
      {whose && <p class="whose">{whose}</p>}
      <div class="head-end">
        <a href={`${v.at}${join}lang=${other}`} lang={other} hreflang={other}>
          {v.t('layout.language')}
        </a>
        {v.actor ? (
          <>
            {v.actor.personId && (
              <a
                href="/account/notification-preferences"
                aria-current={options.place === 'notification-preferences' ? 'page' : undefined}
              >
                {v.t('preferences.menu')}
              </a>
            )}
            {v.actor.personId && (
              <a href="/account" aria-current={options.place === 'account' ? 'page' : undefined}>
                {v.t('layout.account')}
              </a>
            )}
            <form method="post" action="/sign-out">
              <button class="plain" type="submit">
                {v.t('layout.sign-out')}
              </button>
            </form>
          </>
        ) : null}
      </div>
    </header>
  );
}

/** What is said after a form that the reader should think about. */
const WARNS: NonNullable<Viewer['flash']>[] = [
  'flash.contacts-wait',
  'flash.overtaken',
  'flash.saved-flood',
  'flash.step-refused',
];

/** Where nobody is told of an institute's calls, its pages say so, and what changes that. */
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
        <a href="/privacy">{v.t('privacy.menu')}</a>{' '}
        {v.actor?.writes && (
          <>
            <a href="/audit">{v.t('audit.menu')}</a>{' '}
          </>
        )}
        {v.t('layout.foot')} {v.t('layout.time-now', { when: momentText(v, v.now) })}
      </p>
    </footer>
  );
}

/** The whole document around a page's content. */
export function Layout({
  v,
  options,
  children,
}: {
  v: Viewer;
  options: PageOptions;
  children: ComponentChildren;
}) {
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
        <title>{`${options.title} · carnot-europe`}</title>
        <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
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
        <Menu v={v} options={options} />
        <main id="content" class={options.wide ? 'wide' : undefined} tabIndex={-1}>
          {v.sendingHeld && <p class="notice warn">{v.t('layout.sending-held')}</p>}
          {v.withoutRecipients !== null && options.place && <NoRecipients v={v} id={v.withoutRecipients} />}
          {v.flash && (
            <p class={WARNS.includes(v.flash) ? 'notice warn' : 'flash'} role="status">
              {v.t(v.flash)}
            </p>
          )}
          {children}
        </main>
        <Foot v={v} />
      </body>
    </html>
  );
}
