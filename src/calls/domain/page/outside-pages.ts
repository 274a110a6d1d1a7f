const SCREEN = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen';
const PORTAL = `${SCREEN}/opportunities`;

export const topicPage = (identifier: string): string =>
  `${PORTAL}/topic-details/${encodeURIComponent(identifier)}`;

/** Returns the portal's page of an organisation; null if its number is none. */
export const organisationPage = (pic: string): string | null =>
  /^\d{9,10}$/.test(pic) ? `${SCREEN}/how-to-participate/org-details/${pic}` : null;

/** Returns a project's page on CORDIS; null if its number is invalid. */
export const projectPage = (id: string | null): string | null =>
  id !== null && /^\d{1,12}$/.test(id) ? `https://cordis.europa.eu/project/id/${id}` : null;

export const cascadePage = (number: string): string =>
  `${PORTAL}/competitive-calls-cs/${encodeURIComponent(number)}`;

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
