import type { ComponentChildren } from 'preact';
import type { Awaited } from '../../domain/second-factor.js';
import { page } from '../../../ui/page.js';
import { Field } from '../../../ui/parts.js';
import type { Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';

const LOOK = { styles: ['account/account'], scripts: ['account/passkeys'] };

/** A form that the script fills in with the device's answer. */
function PasskeyForm({
  v,
  way,
  action,
  next,
  button,
  error,
  children,
}: {
  v: Viewer;
  way: 'get' | 'create';
  action: string;
  next: string | null;
  button: string;
  error: string | undefined;
  children?: ComponentChildren;
}) {
  return (
    <form
      class="card"
      method="post"
      action={action}
      data-passkey={way}
      data-challenge={`${action}/challenge`}
    >
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {children}
      {next && <input type="hidden" name="next" value={next} />}
      <input type="hidden" name="answer" value="" />
      <p>
        <button class="primary" type="submit">
          {button}
        </button>
      </p>
      <p
        class="error passkey-says"
        role="alert"
        data-failed={v.t('passkey.failed')}
        data-known={v.t('passkey.known')}
        data-unsupported={v.t('passkey.unsupported')}
      />
      <p class="notice warn no-script">{v.t('passkey.scripts')}</p>
    </form>
  );
}

/** The sign-out button for a session still waiting for its second factor, which has no menu. */
const Out = ({ v, awaits }: { v: Viewer; awaits: Awaited | undefined }) =>
  awaits ? (
    <form method="post" action="/sign-out">
      <button class="plain" type="submit">
        {v.t('layout.sign-out')}
      </button>
    </form>
  ) : null;

/** Asks for a passkey, to sign in or to confirm that it is still the same person. */
export function passkeyPage(v: Viewer, { next, error }: { next: string | null; error?: string }): string {
  const awaits = v.actor?.awaits;
  const title = v.t(awaits ? 'passkey.title' : 'presence.title');
  return page(
    v,
    { title, ...LOOK },
    <div class="sign-in">
      <h1>{title}</h1>
      <PasskeyForm
        v={v}
        way="get"
        action="/sign-in/passkey"
        next={next}
        button={v.t('passkey.use')}
        error={error}
      >
        <p>{v.t('passkey.says', { name: v.actor!.name })}</p>
      </PasskeyForm>
      <p class="muted">{v.t('passkey.lost')}</p>
      <Out v={v} awaits={awaits} />
    </div>,
  );
}

interface NewPasskeyModel extends Typed {
  next: string | null;
  /** The suggested name. */
  suggested: string;
  /** Whether the maximum number of passkeys is reached. */
  full: boolean;
}

/**
 * The page for creating a passkey: suggested to coordinators, mandatory for them, or opened from the account
 * page.
 */
export function newPasskeyPage(v: Viewer, { next, suggested, full, typed, errors }: NewPasskeyModel): string {
  const awaits = v.actor?.awaits;
  return page(
    v,
    { title: v.t('passkey.new.title'), ...LOOK },
    <div class="sign-in">
      <h1>{v.t('passkey.new.title')}</h1>
      {awaits && <p class="notice">{v.t('passkey.new.required')}</p>}
      {full ? (
        <p class="notice warn">{v.t('passkey.new.full')}</p>
      ) : (
        <PasskeyForm
          v={v}
          way="create"
          action="/sign-in/passkey/new"
          next={next}
          button={v.t('passkey.new.make')}
          error={errors['']}
        >
          <p>{v.t('passkey.new.says')}</p>
          <Field
            id="passkey-name"
            label={v.t('passkey.name')}
            help={v.t('passkey.name.help')}
            error={errors['name']}
          >
            <input
              id="passkey-name"
              name="name"
              required
              maxLength={100}
              autocomplete="off"
              value={typed['name'] ?? suggested}
              aria-describedby={errors['name'] ? 'passkey-name-help passkey-name-error' : 'passkey-name-help'}
            />
          </Field>
        </PasskeyForm>
      )}
      {awaits ? (
        <Out v={v} awaits={awaits} />
      ) : (
        <p>
          <a class="button" href={next ?? '/account'}>
            {v.t('passkey.new.later')}
          </a>
        </p>
      )}
    </div>,
  );
}
