import type { SecretBox } from '../../platform/secrets/secret-box.js';
import type { TransactionalMailEntity } from './transactional-mail.entity.js';

type Words = Pick<TransactionalMailEntity, 'id' | 'text' | 'html' | 'unsubscribeUrl'>;

/** An empty text has been sent, and contains no secret. */
const sealed = (box: SecretBox, text: string, place: string): string =>
  text === '' ? '' : box.seal(text, place);

/** Seals the text of a transactional e-mail: its link is a credential while it waits. */
export const sealedMail = (box: SecretBox, { id, text, html, unsubscribeUrl }: Words): Omit<Words, 'id'> => ({
  text: sealed(box, text, `letter.text/${id}`),
  html: sealed(box, html, `letter.html/${id}`),
  unsubscribeUrl: unsubscribeUrl && box.seal(unsubscribeUrl, `letter.unsubscribe/${id}`),
});

/** Returns an e-mail ready to send; null if none of our keys decrypts it. */
export function openMail<T extends Words>(box: SecretBox, transactionalMail: T): T | null {
  const { id, unsubscribeUrl: link } = transactionalMail;
  const text = box.open(transactionalMail.text, `letter.text/${id}`);
  const html = box.open(transactionalMail.html, `letter.html/${id}`);
  const unsubscribeUrl = link && box.open(link, `letter.unsubscribe/${id}`);
  return text === null || html === null || (link && unsubscribeUrl === null)
    ? null
    : { ...transactionalMail, text, html, unsubscribeUrl };
}
