import { messages } from '../../../i18n/message.js';
import type { Message, Rendered } from '../../domain/content/message.js';
import { messageView } from '../../domain/content/message-view.js';
import { mailText } from '../../domain/content/render-mail.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { CarnotError } from '../../../kernel/errors.js';
import { defineChannel } from '../../domain/delivery/channel.js';
import { post, type Refusal, WebAddress } from '../_kit/post.js';

export const TEXTS = messages({
  name: { en: 'Channel', fr: 'Canal' },
  // The end of "The institute can be notified …".
  way: { en: 'through another channel', fr: 'par un autre canal' },
});

/** Lays out a message for posting. `messageView` has already chosen every word in the reader's language. */
function render(message: Message): Rendered {
  const { subject, intro, groups, inbox } = messageView(message);
  const calls = groups.flatMap(({ items }) =>
    items.map(({ title, reason, page }) => ({ title, reason, url: page.url })),
  );
  return {
    subject,
    text: mailText(message),
    html: null,
    payload: JSON.stringify({ title: subject, text: intro.join('\n'), calls, url: inbox?.url ?? null }),
  };
}

/**
 * Decides about a status that is not an acceptance: `never` if it will never be accepted, `later` if trouble
 * is temporary.
 */
const judge = ({ status, words, retryAfterMs }: Refusal): CarnotError =>
  new CarnotError(
    'TemplateRefused',
    words,
    status === 400 ? 'never' : 'later',
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );

/** Posts each message as JSON to an address on the web. */
export const channel = defineChannel({
  id: 'template',
  name: TEXTS.name,
  // `found` may say where to find an address. null: the channel reaches people, and no institute adds it.
  offer: { way: TEXTS.way },
  address: WebAddress,
  signs: false,
  frequency: 'weekly',
  waits: WEB_WAITS,
  render,
  send: (outgoing, { fetcher }) => post(outgoing, {}, fetcher, judge),
});
