import { page } from '../../../ui/page.js';
import { Field } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';

/** The page behind a valid link: one button. */
export const linkPage = (
  v: Viewer,
  token: string,
  { name, email }: { name: string; email: string },
): string =>
  page(
    v,
    { title: v.t('sign-in.link.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.link.title')}</h1>
      <form class="card" method="post" action={`/sign-in/${encodeURIComponent(token)}`}>
        <p>{v.t('sign-in.link.says', { name, email })}</p>
        <p>
          <button class="primary" type="submit">
            {v.t('sign-in.link.button')}
          </button>
        </p>
        <p class="muted small">{v.t('sign-in.link.why')}</p>
      </form>
    </div>,
  );

/**
 * The page behind a link that is no longer valid: how to get a new one. The reason would only help attackers.
 */
export const deadLinkPage = (v: Viewer): string =>
  page(
    v,
    { title: v.t('sign-in.dead.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.dead.title')}</h1>
      {v.actor && (
        <p class="notice">
          {v.t('sign-in.dead.signed-in')} <a href="/">{v.t('sign-in.dead.continue')}</a>
        </p>
      )}
      <form class="card" method="post" action="/sign-in">
        <p>{v.t('sign-in.dead.says')}</p>
        <Field id="email" label={v.t('sign-in.email')}>
          <input id="email" name="email" type="email" autocomplete="email" required maxLength={320} />
        </Field>
        <button class="primary" type="submit">
          {v.t('sign-in.send')}
        </button>
      </form>
    </div>,
  );
