import { FULL, SHORT } from '../facts/measure.js';
import type { Message, Rendered } from './message.js';
import { messageHtml } from './message-html.js';
import { messageText } from './message-text.js';
import { messageView } from './message-view.js';

/** Gmail shows 102 KB of a mail and hides the rest, the way to unsubscribe with it; and servers on the way add to it. */
const MOST_BYTES = 90_000;

/** A message as a mail. Both bodies say the same; whatever comes from outside is escaped, and only http(s) addresses become links. */
export function renderMail(message: Message): Rendered {
  const full = mailOf(message, FULL);
  return new TextEncoder().encode(full.html).length > MOST_BYTES ? mailOf(message, SHORT) : full;
}

function mailOf(message: Message, measure: typeof FULL): Rendered & { html: string } {
  const view = messageView(message, measure);
  return { subject: view.subject, text: messageText(view), html: messageHtml(view), payload: null };
}
