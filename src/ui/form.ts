import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { z } from 'zod';
import { sayIssue } from '../i18n/sentences.js';
import { Invalid } from '../kernel/errors.js';
import { type FieldIssue, issuesOf } from '../kernel/issues.js';
import type { Language } from '../kernel/language.js';
import { unstorable } from '../platform/api/input.pipe.js';
import type { AuthenticatedRequest } from '../platform/access/rule.js';

/** A form as typed, and its errors by field; '' is the form as a whole. */
export interface Typed {
  typed: Record<string, string>;
  errors: Record<string, string>;
}

/** A form that was not submitted yet. */
export const NOTHING_TYPED: Typed = { typed: {}, errors: {} };

/** The fields of a valid form as text, to show it again if the action fails. */
export const typedOf = (value: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(value).map(([name, v]) => [name, String(v)]));

type Fields = Record<string, z.ZodType>;
type Parsed<F extends Fields> = { [K in keyof F]: z.output<F[K]> };

const given = (value: unknown): unknown => {
  const all = [value].flat().filter((v) => v !== '');
  return Array.isArray(value) ? all : all[0];
};

/**
 * The filters of a page from its query: an empty field counts as missing, and an invalid one is ignored, as
 * in an old bookmark.
 */
export function readQuery<F extends Fields>(fields: F, query: Record<string, unknown>): Parsed<F> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => {
      const read = schema.safeParse(given(query[name]));
      const sound = read.success && unstorable(read.data).length === 0;
      return [name, sound ? read.data : schema.safeParse(undefined).data];
    }),
  ) as Parsed<F>;
}

/** The query of a page; each field must be optional or have a default. */
export const PageQuery = createParamDecorator(
  (fields: Fields, context: ExecutionContext): Record<string, unknown> =>
    readQuery(fields, context.switchToHttp().getRequest<AuthenticatedRequest>().query),
);

/** A submitted form: its value or its errors by field, and the values as typed. */
export type Sent<T> = { typed: Record<string, string> } & (
  { ok: true; value: T } | { ok: false; errors: Record<string, string>; issues: readonly FieldIssue[] }
);

/**
 * Returns the values of a form of buttons. An invalid one does not come from our pages: it is rejected, with
 * its field names.
 */
export function taken<T>(sent: Sent<T>): T {
  if (sent.ok) return sent.value;
  throw new Invalid(sent.issues);
}

/** Text as typed: browsers send line breaks as CRLF, which would count as two characters. */
export const plainText = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** The fields of a form, without empty ones: text is trimmed, several values of one name are a list. */
export type FormFields = Record<string, unknown>;

/** A field as text; empty if it is none. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A number as people write it: "4 000 000", "650000,50". */
export const numberIn = (value: unknown): unknown =>
  typeof value === 'string' ? Number(value.replace(/[\s\u202f]/g, '').replace(',', '.')) : value;

/** The values of a name that may come several times: missing if none is chosen, alone if one is. */
export const severalIn = (value: unknown): unknown[] => [value ?? []].flat();

/** The lines of a text, without empty ones. */
export const linesIn = (value: unknown): string[] =>
  textIn(value)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const plain = (value: unknown): unknown =>
  typeof value === 'string' ? plainText(value) : Array.isArray(value) ? value.map(plain) : value;

/**
 * Parses a form. Text is trimmed and line breaks are normalised, empty fields count as missing; errors are in
 * the reader's language. `decode` turns the fields into what the API takes, whose schema then checks it: a
 * rule stands in one place.
 */
export function readForm<T>(
  schema: z.ZodType<T>,
  body: unknown,
  language: Language,
  decode: (fields: FormFields) => FormFields = (fields) => fields,
): Sent<T> {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>).map(
    ([name, value]) => [name, plain(value)] as const,
  );
  const decoded = decode(Object.fromEntries(fields.map(([name, value]) => [name, given(value)])));
  const read = schema.safeParse(decoded);
  const typed = Object.fromEntries(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
  if (read.success) return { ok: true, value: read.data, typed };
  // Of several about one field the first is shown; fields come in the order of the form.
  const first = new Map<string, FieldIssue>();
  for (const found of issuesOf(read.error.issues, decoded)) {
    const path = found.path.join('.');
    if (!first.has(path)) first.set(path, found);
  }
  const errors = Object.fromEntries([...first].map(([path, found]) => [path, sayIssue(language, found)]));
  return { ok: false, errors, issues: [...first.values()], typed };
}
