import { z } from 'zod';
import { Suggestion } from '../../explain/domain/suggestions/suggestions.js';

const Words = z.preprocess((x) => (x === undefined ? [] : [x].flat()), z.array(z.string().max(100)).max(20));

/**
 * A change proposed in the editor's URL, which fills in the form and saves nothing: its kind, and its parts
 * by name.
 */
export const SUGGESTION_FIELDS = {
  change: z.string().max(40).optional(),
  competence: z.string().max(200).optional(),
  keywords: Words,
  exclusions: Words,
  weight: z.coerce.number().optional(),
  addressee: z.string().max(40).optional(),
};
export type SuggestionQuery = {
  [K in keyof typeof SUGGESTION_FIELDS]?: z.output<(typeof SUGGESTION_FIELDS)[K]>;
};

/** Returns the editor's URL with that change, each word as a parameter, since it may contain commas. */
export function suggestionAddress(profileId: string, { kind, ...parts }: Suggestion): string {
  const query = Object.entries(parts).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)]),
  );
  return `/institutes/${profileId}/profile?${new URLSearchParams([['change', kind], ...query]).toString()}`;
}

/** Returns the change that a URL asks for; null if none. */
export const suggestionIn = ({ change, ...parts }: SuggestionQuery): Suggestion | null =>
  Suggestion.safeParse({ kind: change, ...parts }).data ?? null;
