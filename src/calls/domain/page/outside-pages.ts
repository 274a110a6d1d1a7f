const PORTAL = 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities';

/** Returns a topic's page on the EU Funding & Tenders Portal. */
export const topicPage = (identifier: string): string =>
  `${PORTAL}/topic-details/${encodeURIComponent(identifier)}`;

/** Returns a project's page on CORDIS; null if its number is invalid. */
export const projectPage = (id: string | null): string | null =>
  id !== null && /^\d{1,12}$/.test(id) ? `https://cordis.europa.eu/project/id/${id}` : null;

/** Returns the portal's page of a cascade call. */
export const cascadePage = (number: string): string =>
  `${PORTAL}/competitive-calls-cs/${encodeURIComponent(number)}`;
