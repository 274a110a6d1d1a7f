import { load } from 'cheerio';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';

/** What a reader of the HTML reads, white space as one space. */
export const read = (markup: string): string =>
  load(markup)('body')
    .text()
    .replace(/[ \n]+/g, ' ');
export const unwrapped = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

/** Both bodies of a message as a mail, as they are read. */
export const both = (m: Parameters<typeof renderMail>[0]): string[] => {
  const { text, html } = renderMail(m);
  return [unwrapped(text), read(html!)];
};
