import { storableJson } from '../../../../kernel/storable.js';
import { z } from 'zod';
import type { ParsedPage } from '../../../domain/source.js';
import { whyUnread } from './answer.js';

const Lists = z.record(z.string(), z.array(z.string()));
/** If the fields are at the top of a row, its language is one of them and a list too. */
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

/** A row of the search's answer: its name and its fields, each with a list of values. */
export interface Row {
  reference: string;
  language: string;
  metadata: Record<string, string[]>;
}

/** The only field name in capitals: the system that a row comes from. */
const SOURCE = 'DATASOURCE';

/** Returns a row's lists of texts: its fields, if it has no `metadata` and they are at its top. */
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
 * Reads a row. A few cascade calls have no `metadata`: the same fields are at the top, with their source in
 * lower case. Throws if neither form applies.
 */
export function rowOf(row: unknown): Row {
  const { reference, language, metadata, ...rest } = Envelope.parse(row);
  if (metadata) return { reference, language, metadata: Lists.parse(metadata) };
  const atTop = listsAtTop(rest);
  if (!atTop['type'])
    throw new Error('metadata is missing, and the fields do not stand at the top of the row either');
  return { reference, language, metadata: atTop };
}

/**
 * Reads a row into what its page shows; one that cannot be read is noted as unread, under its name or another
 * one.
 */
export function readInto(
  { unread }: Pick<ParsedPage, 'unread'>,
  row: unknown,
  read: (row: Row) => void,
  nameOf: (row: Row) => string = ({ reference }) => reference,
): void {
  let reference: string | null = null;
  try {
    const known = rowOf(row);
    reference = nameOf(known);
    read(known);
  } catch (error) {
    unread.push({ reference, why: whyUnread(error) });
  }
}

/** The system of the portal that current calls come from. */
const CURRENT = 'SEDIA';

/**
 * Returns why a row is no current call, null if it may be one: the portal's earlier system left copies in the
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

  /** Returns the first value, undefined if there is none or it is empty. */
  first(field: string): string | undefined {
    return this.all(field)[0] || undefined;
  }

  /**
   * Returns a validated value from JSON in a string; undefined if there is none. Throws if it is not in that
   * form.
   */
  json<T>(field: string, schema: z.ZodType<T>): T | undefined {
    const text = this.first(field);
    return text === undefined ? undefined : schema.parse(storableJson(text));
  }

  /** Returns words one by one: old rows have a JSON list of them in one string. */
  words(field: string): string[] {
    return this.all(field).flatMap((value) => {
      if (!value.startsWith('[')) return [value];
      try {
        return z.array(z.string()).parse(storableJson(value));
      } catch {
        return [value];
      }
    });
  }
}
