import type { CallContent } from '../../calls/domain/call-content.js';
import { grouped } from '../../kernel/collections.js';
import type { SeenCall } from './findings.js';

/**
 * What calls may lack one by one, and what it is called where all of them lack it. Whatever else a source no
 * longer gives, as the opening day of calls that are open, is no reason to miss its new calls.
 */
const FIELDS = {
  deadlines: 'a deadline',
  sections: 'a text',
  url: 'a link',
} as const satisfies { [F in keyof CallContent]?: string };
export type Field = keyof typeof FIELDS;

/** Fewer calls may each have lost it for a reason of their own. */
const LEAST_CALLS = 5;
/** This share of the calls must have had it. */
const NEARLY_ALL = 0.9;

const isSaid = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;

/** Calls of one kind, by key, and what none of them says. */
export interface Silent {
  keys: string[];
  fields: Field[];
}

/** Returns what none of the calls of a kind says, apart from those of which a run shows only a part. */
export function silentOn(calls: SeenCall[]): Silent[] {
  const kinds = grouped(
    calls.filter((call) => !call.isBare),
    ({ content }) => [content.kind],
  );
  return [...kinds.values()].flatMap((alike) => {
    const fields = (Object.keys(FIELDS) as Field[]).filter(
      (field) => !alike.some(({ content }) => isSaid(content[field])),
    );
    return fields.length && alike.length >= LEAST_CALLS
      ? [{ keys: alike.map(({ key }) => key), fields }]
      : [];
  });
}

/**
 * Returns why calls are not believed, of which `known` are stored and `had` is how many of these had each
 * field; null if they are. A field that leaves all calls at once was renamed, or is read in a wrong place.
 */
export function lostField(known: number, had: Partial<Record<Field, number>>): string | null {
  if (known < LEAST_CALLS) return null;
  const lost = (Object.keys(FIELDS) as Field[]).find((field) => (had[field] ?? 0) >= NEARLY_ALL * known);
  return lost === undefined
    ? null
    : `none of its ${known} known calls has ${FIELDS[lost]} any more, and ${had[lost]} of them had one`;
}
