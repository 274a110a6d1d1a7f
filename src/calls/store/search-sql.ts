import type { Values } from '../../platform/database/values.js';
import type { SearchedText } from '../domain/searched-text.js';

/** Collapses runs of "-": each takes a place on the parser's stack, which holds 32 of them and then fails. */
const oneMinus = (form: string): string => form.replace(/-(?:[^\p{L}\p{N}"]*-)+/gu, '-');

/** Returns the query for a call in any of these phrasings. */
export const searchQuerySql = ({ forms }: SearchedText, values: Values): string =>
  `(${forms.map((form) => `websearch_to_tsquery('english', ${values.add(oneMinus(form))})`).join(' || ')})`;

/** Whether a `call` contains the words in one of these phrasings, or is close to them in meaning. */
export function searchSql(text: SearchedText, values: Values): string {
  const near = [...text.near].filter(([, points]) => points >= text.least).map(([id]) => id);
  return `(call.search @@ ${searchQuerySql(text, values)}${near.length ? ` OR call.id = ANY(${values.add(near)})` : ''})`;
}
