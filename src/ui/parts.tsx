import type { ComponentChild, ComponentChildren } from 'preact';
import type { CallContent } from '../calls/domain/call-content.js';
import type { Viewer } from './viewer.js';
import type { MessageKey } from '../i18n/all.js';
import { RECENT_SIGN_IN_MINUTES } from '../kernel/lifetimes.js';
import { signedInJustNow } from '../kernel/actor.js';
import { STEP_PATHS } from '../access/domain/landing.js';
import { daysLeft } from '../kernel/brussels.js';
import type { Status } from '../calls/domain/status.js';
import { amountForPeople } from '../calls/domain/facts/budget.js';
import { bandOf, shownScore } from '../kernel/band.js';
import { Language } from '../kernel/language.js';
import { languageTitleTo, numberTo } from '../i18n/message.js';
import { dayText } from './dates.js';

type Identified = Pick<CallContent, 'kind' | 'identifier'>;

/** A call's identifier as text; a cascade call shows that it is the topic that funded its project. */
export const identifierText = (v: Viewer, { kind, identifier }: Identified): string | null =>
  identifier !== null && kind === 'cascade' ? v.t('under-topic', { identifier }) : identifier;

/** The same as an element. */
export function Identifier({ v, call: { kind, identifier } }: { v: Viewer; call: Identified }) {
  if (!identifier) return null;
  return kind === 'cascade' ? (
    <span>
      {v.t('under-topic-short')} <code>{identifier}</code>
    </span>
  ) : (
    <code>{identifier}</code>
  );
}

const FORMATS = [
  { format: 'xlsx', name: 'Excel' },
  { format: 'csv', name: 'CSV' },
] as const;

/** Links to the list as files, with its filters in `query`; `children` are more links. */
export const Downloads = ({
  v,
  path,
  query,
  children,
}: {
  v: Viewer;
  path: string;
  query: string;
  children?: ComponentChildren;
}) => (
  <p class="downloads small no-print">
    {FORMATS.map(({ format, name }) => (
      <a key={format} href={`${path}.${format}${query && `?${query}`}`}>
        <span class="hidden-visually">{v.t('list.as')} </span>
        {name}
      </a>
    ))}
    {children}
  </p>
);

/** A shortcut, and what it does on its page. */
export interface Key {
  key: string;
  does: MessageKey;
}

/** The hint on shortcuts, their list, and the switch that disables them (WCAG 2.1.4). */
export function Keys({ v, keys }: { v: Viewer; keys: readonly Key[] }) {
  return (
    <div class="script-only no-print keys">
      <button class="plain small" type="button" id="keys-open" aria-haspopup="dialog">
        <kbd>?</kbd> {v.t('inbox.keys')}
      </button>
      <dialog id="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">{v.t('inbox.keys')}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{v.t('inbox.key')}</th>
              <th scope="col">{v.t('inbox.key-does')}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map(({ key, does }) => (
              <tr key={key}>
                <td>
                  <kbd>{key}</kbd>
                </td>
                <td>{v.t(does)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <label class="choice">
          <input type="checkbox" id="keys-on" checked /> {v.t('inbox.keys-on')}
        </label>
        <form method="dialog">
          <button type="submit">{v.t('form.close')}</button>
        </form>
      </dialog>
    </div>
  );
}

/** The address of the page to confirm a sign-in; it leads back to `next`. */
const confirmPath = (next: string): string => `/sign-in/confirm?next=${encodeURIComponent(next)}`;

/**
 * The notice above a form that requires a recent sign-in, so that nobody fills it in for nothing; null if the
 * sign-in is recent.
 */
export function ConfirmFirst({ v }: { v: Viewer }) {
  if (v.actor === null || signedInJustNow(v.actor, v.now)) return null;
  return (
    <p class="notice">
      {v.t('presence.first', { minutes: RECENT_SIGN_IN_MINUTES })}{' '}
      <a href={confirmPath(v.at)}>{v.t('presence.first.link')}</a>
    </p>
  );
}

/**
 * One button: sends a sign-in link to the signed-in person's own address, which leads back. Other methods are
 * above it.
 */
export function ConfirmForm({
  v,
  next,
  children,
}: {
  v: Viewer;
  next: string | null;
  children?: ComponentChild;
}) {
  return (
    <section class="narrow">
      <h1>{v.t('presence.title')}</h1>
      {v.actor?.passkey && (
        <p>
          <a
            class="button primary"
            href={`${STEP_PATHS.passkey}${next ? `?next=${encodeURIComponent(next)}` : ''}`}
          >
            {v.t('presence.passkey')}
          </a>
        </p>
      )}
      {children}
      <form class="card" method="post" action="/sign-in/confirm">
        <p>{v.t('presence.says', { minutes: RECENT_SIGN_IN_MINUTES, email: v.actor?.email ?? '' })}</p>
        {next && <input type="hidden" name="next" value={next} />}
        <p>
          <button class="primary" type="submit">
            {v.t('sign-in.send')}
          </button>
        </p>
        <p class="muted small">{v.t('presence.typed')}</p>
      </form>
    </section>
  );
}

/** The status of a call, by name and shape as well as colour. */
export const StatusBadge = ({ v, status }: { v: Viewer; status: Status }) => (
  <span class={`badge status-${status}`}>{v.t(`status.${status}`)}</span>
);

/** Which draft a topic stands in, wherever it is shown: it has not the authority of a published call. */
export const DraftWords = ({ v, draft }: { v: Viewer; draft: CallContent['draft'] }) =>
  draft ? (
    <span class="small draft-words">
      {v.t('draft.says', { day: dayText(v, draft.day), version: draft.version })}
    </span>
  ) : null;

/** The bar spans a year on a square-root scale: the last quarter, when days count, takes half of it. */
const YEAR_DAYS = 365;
const BAR = 90;
const onBar = (days: number): number => Math.round(BAR * Math.sqrt(Math.min(days, YEAR_DAYS) / YEAR_DAYS));
/** Marks at a week, a month and a quarter. */
const MARKS = [7, 30, 91].map(onBar);

/** A link to another site, in a window of its own; without an address, its text only. */
export const OutsideLink = ({
  v,
  href,
  title,
  children,
}: {
  v: Viewer;
  href: string | null;
  title?: string;
  children: ComponentChildren;
}) =>
  href === null ? (
    <>{children}</>
  ) : (
    <a href={href} rel="noopener noreferrer" target="_blank" title={title}>
      {children} <span class="hidden-visually">{v.t('new-window')}</span>
    </a>
  );

/** Days left to a deadline: words, and a bar marked at a week, a month and a quarter; none if withdrawn. */
export function DaysLeft({ v, at, status }: { v: Viewer; at: string | null; status?: Status }) {
  if (status === 'withdrawn') return null;
  if (at === null) return <span class="days">{v.t('deadline.short.none')}</span>;
  const days = daysLeft(v.now, at);
  if (Date.parse(at) <= v.now.getTime()) return <span class="days passed">{v.t('days.passed')}</span>;
  const urgency = days <= 7 ? 'urgent' : days <= 30 ? 'soon' : 'later';
  return (
    <span class={`days ${urgency}`}>
      <svg class="bar" viewBox={`0 0 ${BAR} 6`} width={BAR} height="6" aria-hidden="true" focusable="false">
        <rect class="bar-all" width={BAR} height="6" rx="3" />
        <rect class="bar-left" width={Math.max(3, onBar(days))} height="6" rx="3" />
        {MARKS.map((x) => (
          <rect key={x} class="bar-mark" x={x} width="1" height="6" />
        ))}
      </svg>
      {v.t('days.left', { days })}
    </span>
  );
}

/** A score from 0 to 100 with its bar. */
export function Score({ score }: { score: number }) {
  const points = shownScore(score);
  return (
    <span class="score">
      <svg class="bar" viewBox="0 0 50 6" width="50" height="6" aria-hidden="true" focusable="false">
        <rect class="bar-all" width="50" height="6" rx="3" />
        <rect class="bar-score" width={Math.max(2, points / 2)} height="6" rx="3" />
      </svg>
      {points}
    </span>
  );
}

/** How well a call fits, in a word next to its score. */
export function BandWord({ v, score }: { v: Viewer; score: number }) {
  const band = bandOf(score);
  return <span class={`band small ${band}`}>{v.t(`band.${band}`)}</span>;
}

/** What speaks against a call that fits: preferences it does not meet. */
export const But = ({ v, says }: { v: Viewer; says: string[] }) =>
  says.length ? <p class="small but">{v.t('fit.but', { what: says.join(' · ') })}</p> : null;

/** An amount in the reader's format, or a text if it is not stated. */
export const Money = ({
  v,
  amount,
  currency,
}: {
  v: Viewer;
  amount: number | null | undefined;
  currency: string;
}) => (
  <>
    {amount === null || amount === undefined
      ? v.t('not-stated')
      : amountForPeople(amount, currency, v.language)}
  </>
);

/**
 * Facts in a row, separated by dots. If the row wraps, no line starts or ends with a dot: it is drawn before
 * a fact and clipped at the edge.
 */
export const Dots = ({ parts }: { parts: ComponentChildren[] }) => (
  <span class="dots">
    {parts
      .filter((part) => part !== null && part !== undefined && part !== false && part !== '')
      .map((part, i) => (
        <span key={i}>
          {i > 0 && <span class="dot"> · </span>}
          {part}
        </span>
      ))}
  </span>
);

/** A label, its field, the help text and the error. */
export function Field({
  id,
  label,
  help,
  error,
  children,
}: {
  id: string;
  label: string;
  help?: string;
  error?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      {children}
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** The error of a form as a whole, read at once by screen readers; null if there is none. */
export const FormError = ({ says }: { says: string | false | null | undefined }) =>
  says ? (
    <p class="error" role="alert">
      {says}
    </p>
  ) : null;

export const LanguageOptions = ({ v, chosen }: { v: Viewer; chosen: string | null | undefined }) => (
  <>
    {Language.options.map((language) => (
      <option key={language} value={language} selected={language === chosen}>
        {languageTitleTo(v.language, language)}
      </option>
    ))}
  </>
);

/** The filters of a list: visible if there is room; on phones behind a button that shows how many are set. */
export const Fold = ({
  v,
  label,
  count,
  children,
}: {
  v: Viewer;
  label: string;
  count: number;
  children: ComponentChildren;
}) => (
  <details class="fold no-print">
    <summary>
      {label} {count > 0 && <span class="count">({numberTo(v.language, count)})</span>}
    </summary>
    <div class="tools card">{children}</div>
  </details>
);

/**
 * How many calls stand folded below one, and which: opens them, by → too. In a table they are the other rows
 * of its body; elsewhere `children` shows them.
 */
export const Folds = ({
  v,
  below,
  note,
  children,
}: {
  v: Viewer;
  below: readonly Pick<CallContent, 'kind' | 'identifier' | 'title'>[];
  note?: ComponentChildren;
  children?: ComponentChildren;
}) =>
  below.length === 0 ? null : (
    <details class="folds">
      <summary class="small">
        {v.t('list.folds', {
          n: below.length,
          names: below.map((call) => identifierText(v, call) ?? call.title).join(', '),
        })}
        {note}
      </summary>
      {children}
    </details>
  );

/** The views of one thing, each at its own address; the one that is shown is marked. */
export const Tabs = ({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { path: string; name: string; isShown: boolean }[];
}) => (
  <nav class="tabs no-print" aria-label={label}>
    <ul>
      {tabs.map(({ path, name, isShown }) => (
        <li key={path}>
          <a href={path} aria-current={isShown ? 'page' : undefined}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** Shown for an empty list: why it is empty, and what to do. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
  </div>
);

/** Links to the next page of a list and back to the first; `href` returns the address for a cursor. */
export function Pager({
  v,
  next,
  first,
  href,
}: {
  v: Viewer;
  next: string | null;
  first: boolean;
  href: (cursor: string | null) => string;
}) {
  if (next === null && first) return null;
  return (
    <nav class="pager" aria-label={v.t('paging.label')}>
      {!first && <a href={href(null)}>{v.t('paging.first')}</a>}
      {next !== null && (
        <a rel="next" href={href(next)}>
          {v.t('paging.next')}
        </a>
      )}
    </nav>
  );
}
