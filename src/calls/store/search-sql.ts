import type { Values } from '../../platform/database/values.js';
import type { SearchedText } from '../domain/searched-text.js';

/**
 * Each "-" that waits for its word takes a place on the parser's stack, which holds 32 of them and then
 * fails.
 */
const oneMinus = (form: string): string => form.replace(/-(?:[^\p{L}\p{N}"]*-)+/gu, '-');

/** What a call is looked for by in any of these ways. */
export const searchQuerySql = ({ forms }: SearchedText, values: Values): string =>
  `(${forms.map((form) => `websearch_to_tsquery('english', ${values.add(oneMinus(form))})`).join(' || ')})`;

/** Whether a call `call` holds the words in one of these ways, or is near them in meaning. */
export function searchSql(text: SearchedText, values: Values): string {
  const near = [...text.near].filter(([, points]) => points >= text.least).map(([id]) => id);
  return `(call.search @@ ${searchQuerySql(text, values)}${near.length ? ` OR call.id = ANY(${values.add(near)})` : ''})`;
}
