import { html, type Html, BUTTON, FONT, wrapped } from '../../outbox/domain/index.js';
import { ownAddress, webAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import { proposalWords } from './words.js';

export interface Written {
  subject: string;
  text: string;
  html: string;
}

const SMALL = 'margin:0;font-size:14px;color:#4a4a4a;';

const ADDRESS = /(https?:\/\/[^\s<>"«»“”]+)/;

/** A line with its web addresses as links. */
const lineHtml = (line: string): Html[] =>
  line.split(ADDRESS).map((piece) => {
    const address = ADDRESS.test(piece) ? webAddress(piece) : null;
    return address === null ? html`${piece}` : html`<a href="${address}">${piece}</a>`;
  });

/** A text that a person wrote, its paragraphs and lines kept. */
export const paragraphsHtml = (text: string): Html[] =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => {
      const lines = paragraph.split('\n').map((line, i) => html`${i ? html`<br>` : null}${lineHtml(line)}`);
      return html`<p style="margin:0 0 14px 0;">${lines}</p>\n`;
    });

/** A mail of one column around what stands in it. */
export const mailHtml = (language: Language, title: string, content: Html): string =>
  html`<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body style="margin:0;padding:24px 16px;background:#ffffff;${FONT}"><div style="max-width:640px;">
${content}</div></body></html>
`.markup;

export const textWrapped = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => wrapped(line))
    .join('\n');

/**
 * A proposal as it leaves: the officer's text as they wrote it, under it the link by which the researcher answers, and who sent it.
 * `replies` tells whether an answer by mail reaches the officer.
 */
export function proposalMail(sent: {
  subject: string;
  text: string;
  language: Language;
  link: string;
  officer: string;
  institute: string;
  replies: boolean;
}): Written {
  const { subject, text, language, officer, institute, replies } = sent;
  const words = proposalWords(language);
  const link = ownAddress(sent.link);
  const foot = [words.sentBy(officer, institute), ...(replies ? [words.replyGoes] : [])].join(' ');
  const content = html`${paragraphsHtml(text)}<p style="margin:24px 0 8px 0;">${words.answerHere}</p>
<p style="margin:0 0 24px 0;"><a href="${link}" style="${BUTTON}">${words.answerButton}</a></p>
<p style="${SMALL}">${foot}</p>
`;
  return {
    subject,
    text: `${textWrapped(text)}\n\n--\n${wrapped(words.answerHere)}\n${link}\n\n${wrapped(foot)}\n`,
    html: mailHtml(language, subject, content),
  };
}
