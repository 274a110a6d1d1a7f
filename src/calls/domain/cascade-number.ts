import { cascadePage } from './page/outside-pages.js';

/**
 * A cascade call as the portal numbers it: `8123COMPETITIVE_CALLen` in its data, `competitive-calls-cs/8123`
 * in the address of its page.
 */
const REFERENCE = /(?<![\p{L}\p{N}])(\d{1,9})COMPETITIVE_CALL(?:[a-z]{2})?(?![\p{L}\p{N}])/giu;
const IN_ADDRESS = /competitive-calls-cs\/(\d{1,9})(?!\d)/gi;
const NUMBER_ALONE = /^\d{3,6}$/;

/**
 * The pages of the cascade calls that a text refers to: the identifier that such a call bears is its
 * parent's.
 */
export function cascadePagesIn(text: string): string[] {
  const numbers = [...text.matchAll(REFERENCE), ...text.matchAll(IN_ADDRESS)].map((match) => match[1]!);
  const alone = NUMBER_ALONE.test(text.trim()) ? [text.trim()] : [];
  return [...new Set([...numbers, ...alone])].map(cascadePage);
}
