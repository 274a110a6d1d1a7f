import type { SecretBox } from '../../platform/secrets/secret-box.js';
import type { TransactionalMailEntity } from './transactional-mail.entity.js';

type Words = Pick<TransactionalMailEntity, 'id' | 'text' | 'html'>;

/** What is empty has left, and holds no secret. */
const sealed = (box: SecretBox, text: string, place: string): string =>
  text === '' ? '' : box.seal(text, place);

/** The text of a transactional e-mail: the link in it is a credential as long as it waits. */
export const sealedMail = (
  box: SecretBox,
  { id, text, html }: Words,
): Pick<TransactionalMailEntity, 'text' | 'html'> => ({
  text: sealed(box, text, `letter.text/${id}`),
  html: sealed(box, html, `letter.html/${id}`),
});

/** A mail as it is sent; null where no key of ours opens it. */
export function openMail<T extends Words>(box: SecretBox, transactionalMail: T): T | null {
  const [text, html] = [
    box.open(transactionalMail.text, `letter.text/${transactionalMail.id}`),
    box.open(transactionalMail.html, `letter.html/${transactionalMail.id}`),
  ];
  return text === null || html === null ? null : { ...transactionalMail, text, html };
}
