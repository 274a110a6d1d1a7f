import type { ComponentChildren } from 'preact';

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

/** A text with its line breaks: Outlook keeps them by elements alone, whatever a style says. */
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

/**
 * What somebody else said or wrote. The line beside it is a cell's, since Outlook draws it of no other
 * element.
 */
export const Quote = ({ below = 8, children }: { below?: number; children: ComponentChildren }) => (
  <table role="presentation" cellpadding="0" cellspacing="0" style={`margin:0 0 ${below}px 0;`}>
    <tr>
      <td class="q" style={QUOTE}>
        {children}
      </td>
    </tr>
  </table>
);

/**
 * What a call says in its own language: a screen reader changes its voice for it, and it runs as its script
 * does.
 */
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

/** A line of a mail that leads somewhere, with what is said below it where there is something. */
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

/** Outlook pads cells, others links: a button is both. */
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

/** One of several that stand beside one another. */
export const SmallButton = ({ label, url }: Link) => (
  <a class="b" href={url} style={SMALL_BUTTON}>
    {label}
  </a>
);
