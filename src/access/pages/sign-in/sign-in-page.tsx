import { MOST_SIGN_IN_LINKS, SIGN_IN_LINK_MINUTES } from '../../../kernel/lifetimes.js';
import { page } from '../../../ui/page.js';
import { Field, FormError } from '../../../ui/parts.js';
import { NOTHING_TYPED, type Typed } from '../../../ui/form.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { SignOnProvider } from '../../../kernel/sign-on.js';
import { signInPath } from '../../domain/landing.js';
import { ProviderLinks } from './sign-on-page.js';

interface SignInModel {
  next: string | null;
  /** Whether nobody has an account yet. */
  firstStart: boolean;
  /** The providers that people may sign in with. */
  providers: readonly SignOnProvider[];
  ask?: Typed;
  first?: Typed;
}

/** The form that requests a link; for the operator of a new installation, the admin token form. */
export const signInPage = (v: Viewer, model: SignInModel): string =>
  page(
    v,
    { title: v.t('sign-in.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.title')}</h1>
      <ProviderLinks v={v} providers={model.providers} next={model.next} />
      <div class="card">
        <p>{v.t('sign-in.intro')}</p>
        <AskForm v={v} next={model.next} sent={model.ask ?? NOTHING_TYPED} />
      </div>
      <p class="muted">{v.t('sign-in.by-invitation')}</p>
      {model.firstStart && (
        <details class="card" open>
          <summary>{v.t('sign-in.first.title')}</summary>
          <FirstForm v={v} sent={model.first ?? NOTHING_TYPED} />
        </details>
      )}
    </div>,
  );

const told = (id: string, error: string | undefined) =>
  error ? ({ 'aria-invalid': true, 'aria-describedby': `${id}-error` } as const) : {};

function AskForm({ v, next, sent }: { v: Viewer; next: string | null; sent: Typed }) {
  return (
    <form method="post" action="/sign-in">
      <FormError says={sent.errors['']} />
      {next && <input type="hidden" name="next" value={next} />}
      <Field id="email" label={v.t('sign-in.email')} error={sent.errors['email']}>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          required
          maxLength={320}
          value={sent.typed['email']}
          {...told('email', sent.errors['email'])}
        />
      </Field>
      <button class="primary" type="submit">
        {v.t('sign-in.send')}
      </button>
    </form>
  );
}

function FirstForm({ v, sent: { typed, errors } }: { v: Viewer; sent: Typed }) {
  return (
    <form method="post" action="/sign-in/first-start">
      <p>{v.t('sign-in.first.says')}</p>
      <FormError says={errors['']} />
      <Field
        id="token"
        label={v.t('sign-in.first.token')}
        help={v.t('sign-in.first.token-help')}
        error={errors['token']}
      >
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="off"
          required
          maxLength={500}
          aria-describedby={errors['token'] ? 'token-help token-error' : 'token-help'}
        />
      </Field>
      <Field id="first-name" label={v.t('sign-in.first.name')} error={errors['name']}>
        <input
          id="first-name"
          name="name"
          autocomplete="name"
          required
          maxLength={200}
          value={typed['name']}
          {...told('first-name', errors['name'])}
        />
      </Field>
      <Field id="first-email" label={v.t('sign-in.first.email')} error={errors['email']}>
        <input
          id="first-email"
          name="email"
          type="email"
          autocomplete="email"
          required
          maxLength={320}
          value={typed['email']}
          {...told('first-email', errors['email'])}
        />
      </Field>
      <button type="submit">{v.t('sign-in.first.enter')}</button>
    </form>
  );
}

/** The sign-in page for whoever comes from a mail: one button, nothing to type. */
export const fromMailPage = (
  v: Viewer,
  { action, provider, next }: { action: string; provider: SignOnProvider | null; next: string | null },
): string =>
  page(
    v,
    { title: v.t('sign-in.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.title')}</h1>
      {provider ? (
        <div class="card">
          <p>{v.t('sign-on.instead', { name: provider.name })}</p>
          <ProviderLinks v={v} providers={[provider]} next={next} />
        </div>
      ) : (
        <form class="card" method="post" action={action}>
          <p>{v.t('sign-in.from-mail')}</p>
          <button class="primary" type="submit">
            {v.t('sign-in.send')}
          </button>
        </form>
      )}
      <p>
        <a href={signInPath(next)}>{v.t('sign-in.other-address')}</a>
      </p>
    </div>,
  );

/**
 * The answer to every request for a link, whether or not the address has an account. Without an address: to
 * whom a mail was sent, which is not said.
 */
export const askedPage = (
  v: Viewer,
  { email, asFiles }: { email: string | null; asFiles: boolean },
): string =>
  page(
    v,
    { title: v.t('sign-in.asked.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.asked.title')}</h1>
      <div class="card">
        <p>
          {email === null
            ? v.t('sign-in.asked.from-mail', { minutes: SIGN_IN_LINK_MINUTES })
            : v.t('sign-in.asked.says', { email, minutes: SIGN_IN_LINK_MINUTES })}
        </p>
        {asFiles && <p class="notice warn">{v.t('sign-in.asked.files')}</p>}
        <p class="muted">
          {v.t('sign-in.asked.several', { most: MOST_SIGN_IN_LINKS, minutes: SIGN_IN_LINK_MINUTES })}
        </p>
        <p class="muted">{v.t('sign-in.asked.nothing')}</p>
        <p>
          <a href="/sign-in">{v.t('sign-in.asked.again')}</a>
        </p>
      </div>
    </div>,
  );
