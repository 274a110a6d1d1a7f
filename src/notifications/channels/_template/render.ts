import type { Message, Rendered } from '../../domain/content/message.js';
import { messageView } from '../../domain/content/message-view.js';
import { mailText } from '../../domain/content/render-mail.js';

/** Lays out a message for posting. `messageView` has already chosen every word in the reader's language. */
export function render(message: Message): Rendered {
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
