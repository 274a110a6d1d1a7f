import { nameIn } from '../../domain/name-in.js';
import type { ConfirmationRequest } from '../../contacts/contacts.js';
import { FormError } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';

/** The page behind a confirmation link: one button, or the result. */
export function ContactLinkPage({
  v,
  path,
  asked,
  refused,
}: {
  v: Viewer;
  path: string;
  asked: ConfirmationRequest | null;
  refused: string | null;
}) {
  if (!asked)
    return (
      <div class="sign-in">
        <h1>{v.t('contacts.link.dead')}</h1>
        {refused ? <FormError says={refused} /> : <p>{v.t('contacts.link.dead-says')}</p>}
      </div>
    );
  const { name, institute, confirmed } = asked;
  return (
    <div class="sign-in">
      <h1>{v.t('contacts.link.title')}</h1>
      {confirmed ? (
        <p class="notice" role="status">
          {v.t('contacts.link.done')}
        </p>
      ) : (
        <form class="card" method="post" action={path}>
          <p>{v.t('contacts.link.says', { name, institute: nameIn(institute, 'to', v.language) })}</p>
          <p>
            <button class="primary" type="submit">
              {v.t('contacts.link.button')}
            </button>
          </p>
        </form>
      )}
    </div>
  );
}
