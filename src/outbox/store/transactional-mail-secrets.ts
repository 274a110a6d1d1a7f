import type { SecretBox } from '../../platform/secrets/secret-box.js';
import type { TransactionalMailEntity } from './transactional-mail.entity.js';

type Words = Pick<TransactionalMailEntity, 'id' | 'text' | 'html'>;

/** An empty text has been sent, and contains no secret. */
const sealed = (box: SecretBox, text: string, place: string): string =>
  text === '' ? '' : box.seal(text, place);

/** Seals the text of a transactional e-mail: its link is a credential while it waits. */
export const sealedMail = (
  box: SecretBox,
  { id, text, html }: Words,
): Pick<TransactionalMailEntity, 'text' | 'html'> => ({
  text: sealed(box, text, `letter.text/${id}`),
  html: sealed(box, html, `letter.html/${id}`),
});

/** Returns an e-mail ready to send; null if none of our keys decrypts it. */
export function openMail<T extends Words>(box: SecretBox, transactionalMail: T): T | null {
  const [text, html] = [
    box.open(transactionalMail.text, `letter.text/${transactionalMail.id}`),
    box.open(transactionalMail.html, `letter.html/${transactionalMail.id}`),
  ];
  return text === null || html === null ? null : { ...transactionalMail, text, html };
}
