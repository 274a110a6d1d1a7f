export { tryToSend } from './attempt.js';
export { MailDelivery } from './mail-delivery.js';
