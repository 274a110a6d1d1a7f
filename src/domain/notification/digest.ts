import { digestHtml } from './digest-html.js';
import type { Digest, RenderedDigest } from './digest-model.js';
import { digestText } from './digest-text.js';
import { digestView } from './digest-view.js';

export type { Digest, DigestItem, RenderedDigest } from './digest-model.js';
export type { SourceAge } from './source-age.js';
export { deadlineForPeople } from './deadline.js';
export { quotedPassage, type Passage } from './passage.js';
export { reasonSentence } from './reason.js';

/**
 * The mail for a contact, in the language in which the contact reads. Both bodies say the same; whatever comes from a
 * call or a profile is escaped, and only http(s) addresses become links.
 */
export function renderDigest(digest: Digest): RenderedDigest {
  const view = digestView(digest);
  return { subject: view.subject, text: digestText(view), html: digestHtml(view) };
}
