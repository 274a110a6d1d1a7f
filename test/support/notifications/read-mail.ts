import { load } from 'cheerio';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';

/** Returns the HTML as a reader sees it, with white space collapsed. */
export const read = (markup: string): string =>
  load(markup)('body')
    .text()
    .replace(/[ \n]+/g, ' ');
export const unwrapped = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

/** Returns both bodies of a message's e-mail as readers see them. */
export const both = (m: Parameters<typeof renderMail>[0]): string[] => {
  const { text, html } = renderMail(m);
  return [unwrapped(text), read(html!)];
};
