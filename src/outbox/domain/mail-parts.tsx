import type { ComponentChildren } from 'preact';

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
