import type { ComponentChild, ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Language } from '../../kernel/language.js';
import { oneLine } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import { translateTo } from '../../i18n/translate.js';

const WIDTH = 76;

/** Wraps a line at its spaces. Keeps no-break spaces; a word longer than the width gets its own line. */
export function wrapped(text: string, first = '', rest = ''): string {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join('\n');
}

const BUTTON =
  'display:inline-block;background:#0b5c6b;color:#ffffff;padding:10px 18px;border-radius:6px;text-decoration:none;font-weight:bold;';
const SMALL_BUTTON =
  'display:inline-block;color:#0b5c6b;border:1px solid #7b8a91;padding:2px 9px;border-radius:6px;text-decoration:none;font-weight:bold;font-size:13px;line-height:20px;';
const QUOTE =
  'border-left:3px solid #7b8a91;padding:2px 0 2px 12px;color:#333d41;font-size:15px;line-height:1.5;';

export const SMALL = 'font-size:14px;color:#4b5a60;';

export const P = ({
  style = 'margin:0 0 12px 0;',
  children,
}: {
  style?: string;
  children: ComponentChildren;
}) => (
  <>
    <p style={style}>{children}</p>
    {'\n'}
  </>
);

/** A text with its line breaks: Outlook only keeps `<br>` elements, whatever the style. */
export const Lines = ({ text }: { text: string }) => (
  <>
    {text.split('\n').map((line, i) => (
      <span key={i}>
        {i > 0 && <br />}
        {line}
      </span>
    ))}
  </>
);

/** Someone else's words. The line beside them is a cell's border, the only one that Outlook draws. */
export const Quote = ({ below = 8, children }: { below?: number; children: ComponentChildren }) => (
  <table role="presentation" cellpadding="0" cellspacing="0" style={`margin:0 0 ${below}px 0;`}>
    <tr>
      <td class="q" style={QUOTE}>
        {children}
      </td>
    </tr>
  </table>
);

/** A call's text in its own language: screen readers switch voices, and its script sets the direction. */
export const Spoken = ({ language, children }: { language: string; children: ComponentChildren }) => (
  <span lang={language} dir="auto">
    {children}
  </span>
);

export interface Link {
  label: string;
  url: string;
}

export const TextLink = ({ label, url }: Link) => (
  <a class="a" href={url} style="color:#0b5c6b;">
    {label}
  </a>
);

/** A linked line of an e-mail, with an optional text below it. */
interface LinkedLine {
  says: string;
  link: string;
  below?: string | null;
}

export const LinkedLines = ({ lines }: { lines: readonly LinkedLine[] }) => (
  <ul style="margin:0;padding:0 0 0 20px;">
    {lines.map(({ says, link, below }) => (
      <li key={link + says} style="margin:0 0 8px 0;">
        <TextLink label={says} url={link} />
        {below && (
          <>
            <br />
            {below}
          </>
        )}
      </li>
    ))}
  </ul>
);

/** Outlook only pads cells, other programs links: a button is both. */
export const Button = ({ label, url }: Link) => (
  <table role="presentation" cellpadding="0" cellspacing="0">
    <tr>
      <td style="background:#0b5c6b;border-radius:6px;mso-padding-alt:10px 18px;">
        <a href={url} style={BUTTON}>
          {label}
        </a>
      </td>
    </tr>
  </table>
);

/** One of several buttons side by side. */
export const SmallButton = ({ label, url }: Link) => (
  <a class="b" href={url} style={SMALL_BUTTON}>
    {label}
  </a>
);

/**
 * Mail programs drop style sheets, so every style is inline, and Outlook, which renders with Word, can only
 * lay out tables. The sheet below only adds dark mode and narrow screens for programs that support it. No
 * mail compiler is used: the only well-maintained one (MJML) would add two hundred packages for one table.
 */
const SHEET = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a { overflow-wrap: anywhere; }
@media (max-width: 480px) {
  .s { padding-left: 16px !important; padding-right: 16px !important; }
  .f th, .f td { display: block !important; width: auto !important; padding: 0 !important; }
  .f td { padding-bottom: 6px !important; text-align: left !important; }
}
@media (prefers-color-scheme: dark) {
  .bg { background: #11171a !important; }
  .s { background: #1a2226 !important; border-color: #36434a !important; color: #e8eef0 !important; }
  .h { background: #0b5c6b !important; color: #ffffff !important; }
  .w { background: #8a1c1c !important; color: #ffffff !important; }
  .g { background: #12363d !important; color: #e8eef0 !important; }
  .m { color: #a9b8be !important; }
  .a { color: #7fd1de !important; }
  .b { color: #7fd1de !important; border-color: #7f9098 !important; }
  .k { background: #5a4a0d !important; color: #ffffff !important; }
  .q { border-color: #7f9098 !important; color: #e8eef0 !important; }
  .del { color: #ffa8a1 !important; }
  .ins { color: #85d6a3 !important; }
}
`;

/** Word does not inherit a font into tables. */
const OUTLOOK = `<!--[if mso]><xml xmlns:o="urn:schemas-microsoft-com:office:office"><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml>
<style>table, td, th, p, h1, h2, h3, li, a { font-family: Arial, sans-serif !important; mso-line-height-rule: exactly; }</style><![endif]-->`;
/** Word does not support max-width: a table of its own limits the column there. */
const WIDE_IN_OUTLOOK = [
  '<!--[if mso]><table role="presentation" width="640" align="center" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->\n',
  '\n<!--[if mso]></td></tr></table><![endif]-->',
] as const;

// Contrast is at least 4.5 : 1 (WCAG AA), in light and dark mode.
const FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;';
const TONES = {
  plain: ['s', `background:#ffffff;border-top:1px solid #d5dcdf;padding:16px 24px;${FONT}color:#1a1a1a;`],
  foot: [
    's m',
    `background:#ffffff;border-top:1px solid #d5dcdf;padding:12px 24px;${FONT}font-size:14px;color:#4b5a60;`,
  ],
  head: ['s h', `background:#0b5c6b;padding:12px 24px;${FONT}color:#ffffff;`],
  group: ['s g', `background:#e0f0f3;border-top:1px solid #d5dcdf;padding:12px 24px;${FONT}color:#1a1a1a;`],
  warning: ['s w', `background:#8a1c1c;padding:12px 24px;${FONT}color:#ffffff;font-weight:bold;`],
} as const;
const HIDDEN = 'display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;';

/** A row of the e-mail's only column. Every coloured area sets its own colour. */
export function Row({
  tone = 'plain',
  style = '',
  children,
}: {
  tone?: keyof typeof TONES;
  style?: string;
  children: ComponentChildren;
}) {
  const [name, own] = TONES[tone];
  return (
    <>
      <tr>
        <td class={name} style={own + style}>
          {children}
        </td>
      </tr>
      {'\n'}
    </>
  );
}

const Head = ({ sender, heading }: { sender: string; heading: string }) => (
  <Row tone="head">
    <p style="margin:0;font-size:14px;">{sender}</p>
    {'\n'}
    <h1 style="margin:2px 0 0 0;font-size:22px;line-height:1.3;">{heading}</h1>
  </Row>
);

interface MailPage {
  language: Language;
  /** The subject. */
  title: string;
  /** The topic, if it can be shorter than the subject. */
  heading?: string;
  /** Whose e-mail it is, if not the program's. */
  sender?: string;
  /** What must be known first. */
  banner?: string | null;
  /** What mail programs show after the subject; without it, the start of the e-mail. */
  preheader?: string;
}

/**
 * The frame of every e-mail: a header and one column of at most 640 pixels, nothing loaded from outside,
 * accessible to screen readers.
 */
export function mailPage(
  { language, title, heading = title, sender = 'Carnot Europe', banner, preheader }: MailPage,
  rows: ComponentChild,
): string {
  const head = renderToString(
    <>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
      <title>{title}</title>
    </>,
  );
  const column = renderToString(
    <table
      role="presentation"
      width="100%"
      cellpadding="0"
      cellspacing="0"

      style="width:100%;max-width:640px;text-align:left;"
    >
      {banner && <Row tone="warning">{banner}</Row>}
      <Head sender={sender} heading={heading} />
      {rows}
    </table>,
  );
  const page = renderToString(
    <html lang={language}>
      <head dangerouslySetInnerHTML={{ __html: `${head}\n<style>${SHEET}</style>\n${OUTLOOK}\n` }} />
      <body class="bg" style="margin:0;padding:0;background:#eef2f3;-webkit-text-size-adjust:100%;">
        {preheader !== undefined && <div style={HIDDEN}>{preheader}</div>}
        <table
          role="presentation"
          class="bg"
          width="100%"
          cellpadding="0"
          cellspacing="0"

          style="background:#eef2f3;"
        >
          <tr>
            <td
              align="center"
              style="padding:16px 0;"
              dangerouslySetInnerHTML={{ __html: WIDE_IN_OUTLOOK.join(column) }}
            />
          </tr>
        </table>
      </body>
    </html>,
  );
  return `<!DOCTYPE html>\n${page}\n`;
}

/** An e-mail around one link: why it was sent, the link, and what to know about it. */
interface LinkMail {
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

/** The e-mail that tests delivery, in every language, since its reader is unknown. */
export function testMail(publicUrl: string): RenderedMail {
  const said = Language.options.map((language) => {
    const t = translateTo(language);
    return { language, subject: t('mail.test.subject'), text: t('mail.test.text', { url: publicUrl }) };
  });
  const subject = said.map((one) => one.subject).join(' / ');
  const content = (
    <Row>
      {said.map(({ language, text }) => (
        <P key={language}>
          <Spoken language={language}>{text}</Spoken>
        </P>
      ))}
    </Row>
  );
  return {
    subject,
    text: `${said.map(({ text }) => wrapped(text)).join('\n\n')}\n`,
    html: mailPage({ language: said[0]!.language, title: subject }, content),
  };
}
