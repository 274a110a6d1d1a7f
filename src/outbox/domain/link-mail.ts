import { html, type Html } from './html.js';
import { BUTTON, FONT } from './mail-style.js';
import { oneLine } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import { wrapped } from './wrap.js';
import type { Language } from '../../kernel/language.js';

/** A mail around one link: why it comes, the link, and what to know of it. */
export interface LinkMail {
  language: Language;
  subject: string;
  greeting: string;
  before: string[];
  /** What stands on the link. */
  label: string;
  url: string;
  after: string[];
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

const paragraph = (text: string): Html => html`<p style="margin:0 0 12px 0;">${text}</p>
`;

/** Both bodies say the same. The address stands written out too: some programs show no link. */
export function renderLinkMail(mail: LinkMail): RenderedMail {
  const url = ownAddress(mail.url);
  const subject = oneLine(mail.subject);
  const [greeting, before, after] = [
    oneLine(mail.greeting),
    mail.before.map(oneLine),
    mail.after.map(oneLine),
  ];
  const text = [greeting, ...before, `${mail.label}\n${url}`, ...after]
    .map((part) => (part.endsWith(url) ? part : wrapped(part)))
    .join('\n\n');
  const body = html`<!DOCTYPE html>
<html lang="${mail.language}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px 16px;background:#ffffff;${FONT}">
${[greeting, ...before].map(paragraph)}<p style="margin:16px 0;"><a href="${url}" style="${BUTTON}">${mail.label}</a></p>
${after.map(paragraph)}<p style="margin:16px 0 0 0;font-size:13px;color:#4b5a60;word-break:break-all;">${url}</p>
</body></html>
`.markup;
  return { subject, text: `${text}\n`, html: body };
}
