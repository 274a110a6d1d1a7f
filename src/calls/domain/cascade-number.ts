import { cascadePage } from './page/outside-pages.js';

/**
 * A cascade call's number on the portal: `8123COMPETITIVE_CALLen` in its data, `competitive-calls-cs/8123` in
 * its page's URL.
 */
const REFERENCE = /(?<![\p{L}\p{N}])(\d{1,9})COMPETITIVE_CALL(?:[a-z]{2})?(?![\p{L}\p{N}])/giu;
const IN_ADDRESS = /competitive-calls-cs\/(\d{1,9})(?!\d)/gi;
const NUMBER_ALONE = /^\d{3,6}$/;

/**
 * Returns the pages of the cascade calls that a text refers to: a cascade call's identifier is its parent's.
 */
export function cascadePagesIn(text: string): string[] {
  const numbers = [...text.matchAll(REFERENCE), ...text.matchAll(IN_ADDRESS)].map((match) => match[1]!);
  const alone = NUMBER_ALONE.test(text.trim()) ? [text.trim()] : [];
  return [...new Set([...numbers, ...alone])].map(cascadePage);
}
