import { z } from 'zod';
import { messages } from '../../../i18n/message.js';
import { issue } from '../../../kernel/issues.js';
import { CarnotError } from '../../../kernel/errors.js';
import { defineChannel, type Outgoing, type Outside } from '../../domain/delivery/channel.js';
import { redacted } from '../../../kernel/one-line.js';
import { renderMail } from '../../domain/content/render-mail.js';
import { MAIL_WAITS } from '../../../outbox/domain/tries.js';

export const TEXTS = messages({
  name: { en: 'E-mail', fr: 'E-mail' },
});

/** Mail server replies often repeat the address. */
const quiet = (error: CarnotError, outgoing: Outgoing): CarnotError =>
  new CarnotError(error.kind, redacted(error.message, outgoing), error.retryPolicy, error.details);

async function send(outgoing: Outgoing, { mailer }: Outside): Promise<{ where: string }> {
  const { id, to, rendered, threads, unsubscribeUrl } = outgoing;
  try {
    return await mailer.send({
      messageId: id,
      to,
      replyTo: null,
      subject: rendered.subject,
      html: rendered.html ?? '',
      text: rendered.text,
      threads,
      unsubscribeUrl,
    });
  } catch (error) {
    throw error instanceof CarnotError ? quiet(error, outgoing) : error;
  }
}

export const channel = defineChannel({
  id: 'email',
  name: TEXTS.name,
  offer: null,
  // As used in the header and the envelope. In lower case, since people write an address in different ways.
  address: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email(issue('email-address'))),
  signs: false,
  frequency: 'weekly',
  waits: MAIL_WAITS,
  render: renderMail,
  send,
});
