import { z } from 'zod';

const Lists = z.record(z.string(), z.array(z.string()));
/** Where the fields stand at the top of a row, the language of the row is one of them and a list too. */
const Language = z.union([
  z.string(),
  z
    .array(z.string())
    .min(1)
    .transform((list) => list[0]!),
]);
const Envelope = z.looseObject({
  reference: z.string(),
  language: Language,
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

/** A row of the search's answer: its name, and its fields, each with a list of values. */
export interface Row {
  reference: string;
  language: string;
  metadata: Record<string, string[]>;
}

/** The one field that is told by capitals: which system a row comes from. */
const SOURCE = 'DATASOURCE';

/** What of a row are lists of texts: the fields, where a row has no `metadata` and they stand at its top. */
function listsAtTop(row: Record<string, unknown>): Record<string, string[]> {
  const lists = Object.entries(row).flatMap(([name, value]) => {
    const list = z.array(z.string()).safeParse(value);
    return list.success
      ? [[name.toLowerCase() === SOURCE.toLowerCase() ? SOURCE : name, list.data] as const]
      : [];
  });
  return Object.fromEntries(lists);
}

/**
 * A few cascade calls have no `metadata`: the same fields stand at the top, and their source in small
 * letters. Throws where it is neither.
 */
export function rowOf(row: unknown): Row {
  const { reference, language, metadata, ...rest } = Envelope.parse(row);
  if (metadata) return { reference, language, metadata: Lists.parse(metadata) };
  const atTop = listsAtTop(rest);
  if (!atTop['type'])
    throw new Error('metadata is missing, and the fields do not stand at the top of the row either');
  return { reference, language, metadata: atTop };
}

/** The system of the portal that its calls of today come from. */
const CURRENT = 'SEDIA';

/**
 * Why a row is no call of today, null where it may be one: the portal's earlier system left copies in the
 * same index.
 */
export function leftoverOf({ reference, language, metadata }: Row): { key: string; why: string } | null {
  const source = metadata[SOURCE]?.[0];
  if (source === undefined || source === CURRENT) return null;
  return {
    key: `${source}/${reference}/${language}`,
    why: `it comes from ${source} and not from ${CURRENT}`,
  };
}

/** The fields of a row by name. */
export class Fields {
  constructor(private readonly lists: Record<string, string[]>) {}

  all(field: string): string[] {
    return this.lists[field] ?? [];
  }

  /** The first value, undefined where there is none or it is empty. */
  first(field: string): string | undefined {
    return this.all(field)[0] || undefined;
  }

  /**
   * A value that is JSON in a string, checked; undefined where there is none. Throws where it is not of that
   * form.
   */
  json<T>(field: string, schema: z.ZodType<T>): T | undefined {
    const text = this.first(field);
    return text === undefined ? undefined : schema.parse(JSON.parse(text));
  }

  /** Words, each by itself: old rows have a JSON list of them in one string. */
  words(field: string): string[] {
    return this.all(field).flatMap((value) => {
      if (!value.startsWith('[')) return [value];
      try {
        return z.array(z.string()).parse(JSON.parse(value));
      } catch {
        return [value];
      }
    });
  }
}
