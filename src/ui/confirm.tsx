import { RECENT_SIGN_IN_MINUTES } from '../kernel/lifetimes.js';
import { signedInJustNow } from '../kernel/actor.js';
import { STEP_PATHS } from '../access/domain/second-factor.js';
import type { ComponentChild } from 'preact';
import type { Viewer } from './viewer.js';

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
            {v.t('presence.send')}
          </button>
        </p>
        <p class="muted small">{v.t('presence.typed')}</p>
      </form>
    </section>
  );
}
