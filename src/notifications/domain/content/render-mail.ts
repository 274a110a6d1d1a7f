import { byOpening } from '../events/openings.js';
import { BRIEF, FULL, SHORT, type Measure } from '../facts/measure.js';
import type { Message, Rendered } from './message.js';
import { messageHtml } from './message-html.js';
import { messageText } from './message-text.js';
import { messageView } from './message-view.js';

/** Gmail clips messages above 102 KB, hiding the unsubscribe link; servers on the way add to the size. */
const MOST_BYTES = 90_000;

/** Up to this many calls are read one by one; more are skimmed first. */
const FEW = 3;

const isMany = (message: Message): boolean => byOpening(message).inFull.length > FEW;
const measureOf = (message: Message): Measure => (isMany(message) ? BRIEF : FULL);

/**
 * A message as an e-mail. Both bodies say the same; external text is escaped, and only http(s) addresses
 * become links.
 */
export function renderMail(message: Message): Rendered {
  const whole = mailOf(message, measureOf(message));
  return new TextEncoder().encode(whole.html).length > MOST_BYTES
    ? mailOf(message, { ...SHORT, brief: isMany(message) })
    : whole;
}

/** The text of that e-mail, which other channels store with what they show. */
export const mailText = (message: Message): string => messageText(messageView(message, measureOf(message)));

function mailOf(message: Message, measure: Measure): Rendered & { html: string } {
  const view = messageView(message, measure);
  return { subject: view.subject, text: messageText(view), html: messageHtml(view), payload: null };
}
