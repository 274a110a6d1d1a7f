import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { z } from 'zod';
import type { Language } from '../kernel/language.js';
import { unstorable } from '../platform/api/input.pipe.js';
import { issueWords } from '../platform/api/issue-words.js';
import { sentenceIn } from '../platform/api/problem-in.js';
import type { AuthenticatedRequest } from '../platform/access/rule.js';

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

/** A submitted form: its value, or its errors by field and the values as typed. */
export type Sent<T> =
  { ok: true; value: T } | { ok: false; errors: Record<string, string>; typed: Record<string, string> };

/** Text as typed: browsers send line breaks as CRLF, which would count as two characters. */
export const plainText = (text: string): string => text.replaceAll('\r\n', '\n').trim();

const plain = (value: unknown): unknown =>
  typeof value === 'string' ? plainText(value) : Array.isArray(value) ? value.map(plain) : value;

/**
 * Parses a form. Text is trimmed and line breaks are normalised, empty fields count as missing; errors are in
 * the reader's language.
 */
export function readForm<T>(schema: z.ZodType<T>, body: unknown, language: Language): Sent<T> {
  const fields = Object.entries((body ?? {}) as Record<string, unknown>).map(
    ([name, value]) => [name, plain(value)] as const,
  );
  const read = schema.safeParse(Object.fromEntries(fields.map(([name, value]) => [name, given(value)])), {
    error: (issue) => issueWords(issue, language),
  });
  if (read.success) return { ok: true, value: read.data };
  const errors = Object.fromEntries(
    [...read.error.issues].reverse().map((i) => [i.path.join('.'), sentenceIn(i.message, language)]),
  );
  return {
    ok: false,
    errors,
    typed: Object.fromEntries(fields.map(([name, value]) => [name, typeof value === 'string' ? value : ''])),
  };
}
