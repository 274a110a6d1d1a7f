import type { ComponentChildren } from 'preact';
import { daysLeft, type Status, amountForPeople } from '../calls/domain/index.js';
import { bandOf, shownScore } from '../kernel/band.js';
import type { Viewer } from './viewer.js';

/** How a call stands, by its name and its shape, not by colour alone. */
export const StatusBadge = ({ v, status }: { v: Viewer; status: Status }) => (
  <span class={`badge status-${status}`}>{v.t(`status.${status}`)}</span>
);

/** The bar is full at so many days and more. */
const FULL_BAR_DAYS = 90;

/** Days left until a deadline, as words and as a bar. */
export function DaysLeft({ v, at }: { v: Viewer; at: string | null }) {
  if (at === null) return <span class="days">{v.t('days.none')}</span>;
  const days = daysLeft(v.now, at);
  if (Date.parse(at) <= v.now.getTime()) return <span class="days passed">{v.t('days.passed')}</span>;
  const urgency = days <= 7 ? 'urgent' : days <= 30 ? 'soon' : 'later';
  return (
    <span class={`days ${urgency}`}>
      <svg class="bar" viewBox="0 0 90 6" width="90" height="6" aria-hidden="true" focusable="false">
        <rect class="bar-all" width="90" height="6" rx="3" />
        <rect class="bar-left" width={Math.max(3, Math.min(days, FULL_BAR_DAYS))} height="6" rx="3" />
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

/** How well a call fits, in a word beside its score. */
export function BandWord({ v, score }: { v: Viewer; score: number }) {
  const band = bandOf(score);
  return <span class={`band small ${band}`}>{v.t(`band.${band}`)}</span>;
}

/** What speaks against a call that fits: the preferences that it does not meet. */
export const But = ({ v, says }: { v: Viewer; says: string[] }) =>
  says.length ? <p class="small but">{v.t('fit.but', { what: says.join(' · ') })}</p> : null;

/** An amount in its currency, in the reader's form; what is not stated is said to be so. */
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

/** Facts in a row with a dot between two of them. Where the row is broken no line ends or begins with a dot: that is drawn before a fact, and cut off at the edge. */
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

/** A label, its field, what helps, and what is wrong with it. */
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

/** What is shown where a list has nothing: why, and what to do. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <h2>{title}</h2>
    {children}
  </div>
);

/** To the following page of a list, and back to its first; `href` makes the address for a cursor. */
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
