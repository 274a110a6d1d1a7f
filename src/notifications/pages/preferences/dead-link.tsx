import { SETTINGS_LINK_DAYS } from '../../domain/preferences/settings-link.js';
import { FormError } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';

/** A link that has expired (`renew` requests a new one), is not ours, or was cut off. */
export const DeadPreferencesLink = ({
  v,
  title,
  renew,
  wrong,
}: {
  v: Viewer;
  title: string;
  renew: string | null;
  wrong?: string | undefined;
}) => (
  <section class="narrow">
    <h1>{title}</h1>
    <p>
      {renew === null ? v.t('preferences.unknown') : v.t('preferences.expired', { days: SETTINGS_LINK_DAYS })}
    </p>
    {renew !== null && (
      <form method="post" action={renew}>
        <FormError says={wrong} />
        <p>
          <button class="primary" type="submit">
            {v.t('preferences.renew')}
          </button>
        </p>
        <p class="muted small">{v.t('preferences.renew-help')}</p>
      </form>
    )}
    <p>
      <a class="button" href="/sign-in">
        {v.t('preferences.sign-in')}
      </a>
    </p>
  </section>
);

/** The answer to everyone who requests a new link, whoever the old one belonged to. */
export const RenewedPreferencesLink = ({
  v,
  title,
  asFiles,
}: {
  v: Viewer;
  title: string;
  asFiles: boolean;
}) => (
  <section class="narrow">
    <h1>{title}</h1>
    <p>{v.t('preferences.renewed')}</p>
    {asFiles && <p class="notice warn">{v.t('sign-in.asked.files')}</p>}
  </section>
);
