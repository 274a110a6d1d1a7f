import { mailPage, Row } from './mail-page.js';
import { Button, P, wrapped } from './mail-parts.js';
import { oneLine } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';

/** An e-mail around one link: why it was sent, the link, and what to know about it. */
export interface LinkMail {
  language: Language;
  subject: string;
  greeting: string;
  before: string[];
  /** The text of the link. */
  label: string;
  url: string;
  after: string[];
}

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** Both bodies say the same. The URL is also written out: some programs show no links. */
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
  const body = mailPage(
    { language: mail.language, title: subject },
    <>
      <Row>
        {[greeting, ...before].map((said) => (
          <P key={said}>{said}</P>
        ))}
        <Button label={mail.label} url={url} />
        {after.map((said) => (
          <P key={said} style="margin:12px 0 0 0;">
            {said}
          </P>
        ))}
      </Row>
      <Row tone="foot" style="word-break:break-all;">
        {url}
      </Row>
    </>,
  );
  return { subject, text: `${text}\n`, html: body };
}
