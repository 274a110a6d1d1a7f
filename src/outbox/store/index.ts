export { giveItemsBack, NOTE_GIVEN_UP, takeItemsBack, UNSENT, UNSENT_MAIL } from './given-up.js';
export { HELD, HeldSending, NOT_HELD } from './held-sending.js';
export { type Claim, WAITS, claimMail, deadBefore, endTry, noteAccepted } from './mail-claims.js';
export { TransactionalMailEntity } from './transactional-mail.entity.js';
export {
  type NewTransactionalMail,
  TransactionalMailRepository,
  newTransactionalMail,
} from './transactional-mail.repository.js';
