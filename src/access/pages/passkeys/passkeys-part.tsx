import type { PasskeyView } from '../../api/credential-views.js';
import { ConfirmFirst } from '../../../ui/confirm.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { Dots } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';

/** The person's own passkeys, and the link to add one. */
export function PasskeysPart({
  v,
  passkeys,
  refused,
}: {
  v: Viewer;
  passkeys: PasskeyView[];
  refused?: string;
}) {
  return (
    <>
      <p class="muted small">{v.t('passkeys.help')}</p>
      {refused && (
        <p class="notice bad" role="alert">
          {refused}
        </p>
      )}
      {passkeys.length === 0 ? (
        <p class="muted">{v.t('passkeys.none')}</p>
      ) : (
        <>
          <ConfirmFirst v={v} />
          <ul class="entries">
            {passkeys.map((passkey) => (
              <Passkey key={passkey.id} v={v} passkey={passkey} />
            ))}
          </ul>
        </>
      )}
      <p>
        <a class="button" href="/sign-in/passkey/new?next=%2Faccount">
          {v.t('passkeys.add')}
        </a>
      </p>
    </>
  );
}

function Passkey({ v, passkey: { id, name, createdAt, lastUsedAt } }: { v: Viewer; passkey: PasskeyView }) {
  const used = lastUsedAt ? v.t('keys.used', { when: momentText(v, lastUsedAt) }) : v.t('keys.never-used');
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">{name}</p>
        <p class="muted small">
          <Dots parts={[v.t('passkeys.made', { when: dayText(v, createdAt) }), used]} />
        </p>
      </div>
      <form method="post" action={`/account/passkeys/${id}/remove`}>
        <button class="danger" type="submit" aria-label={v.t('passkeys.remove-which', { name })}>
          {v.t('passkeys.remove')}
        </button>
      </form>
    </li>
  );
}
