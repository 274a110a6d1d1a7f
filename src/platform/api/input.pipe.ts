import { z } from 'zod';
import type { Request } from 'express';
import {
  type ArgumentMetadata,
  createParamDecorator,
  type ExecutionContext,
  type PipeTransform,
} from '@nestjs/common';
import { Language } from '../../kernel/language.js';
import type { AuthenticatedRequest } from '../access/rule.js';
import { UNSTORABLE } from '../../kernel/storable.js';
import { BadAddress, Invalid, UnsupportedMedia } from '../../kernel/errors.js';
import { type FieldIssue, issuesOf, wrong } from '../../kernel/issues.js';

/** Returns the request body for the API description, from the schema that validates it. */
export const jsonBody = (schema: z.ZodType) => ({
  schema: z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' }) as never,
});

/** Whether the request comes from a person in a browser, not from a program. */
export const wantsPage = (request: Request): boolean =>
  !request.path.startsWith('/v1/') &&
  !request.headers.authorization &&
  ((request.headers.accept ?? '').includes('text/html') || Boolean(request.headers['hx-request']));

/** Returns the language that a client prefers among ours; `usual` if it accepts none of them, or any. */
export function acceptedLanguage(request: Request, usual: Language = 'en'): Language {
  const ours = [usual, ...Language.options.filter((language) => language !== usual)];
  return Language.safeParse(request.acceptsLanguages(ours)).data ?? usual;
}

/** The response language if the query names none: the person's own, else by Accept-Language, else English. */
export const AnswerLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  return request.actor?.language ?? acceptedLanguage(request);
});

/** No form or document of ours has this many levels; a body of 1 MB may have half a million. */
const DEEPEST = 50;

/** A part of a value, and the one that holds it. */
interface Part {
  value: unknown;
  key: PropertyKey;
  within: Part | null;
  depth: number;
}

const pathTo = ({ within, key }: Part): PropertyKey[] => (within ? [...pathTo(within), key] : []);

/**
 * Returns the strings in a value that the database could not store, and what lies deeper than anything that
 * code of ours should walk. It looks at whatever anybody sends, so it makes as little as it can.
 */
export function unstorable(value: unknown): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const open: Part[] = [{ value, key: '', within: null, depth: 0 }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { value: inner, depth } = at;
    if (typeof inner === 'string') {
      if (UNSTORABLE.test(inner)) issues.push(wrong(pathTo(at), 'character'));
    } else if (typeof inner === 'object' && inner !== null) {
      if (depth === DEEPEST) issues.push(wrong(pathTo(at), 'too-deep'));
      else
        for (const key of Array.isArray(inner) ? inner.keys() : Object.keys(inner)) {
          const part = (inner as Record<PropertyKey, unknown>)[key];
          if (typeof part === 'string' || (typeof part === 'object' && part !== null))
            open.push({ value: part, key, within: at, depth: depth + 1 });
        }
    }
  }
  return issues;
}

/** Whether a parameter is a list, which may be repeated or separated by commas. */
function isList(schema: unknown, name: string): boolean {
  const field: unknown = schema instanceof z.ZodObject ? schema.shape[name] : undefined;
  return (field instanceof z.ZodOptional ? field.unwrap() : field) instanceof z.ZodArray;
}

function withLists(query: Record<string, unknown>, schema: unknown): Record<string, unknown> {
  const parts = (value: unknown) =>
    [value].flat().flatMap((v) => (typeof v === 'string' ? v.split(',').map((x) => x.trim()) : [v]));
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, isList(schema, name) ? parts(value) : value]),
  );
}

/** Finds misspelt, empty or repeated filters. Ignoring one would answer a different question. */
function queryIssues(query: Record<string, unknown>, schema: unknown): FieldIssue[] {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : null;
  return Object.entries(query).flatMap(([name, value]) => {
    if (known && !known.includes(name))
      return [wrong([name], 'unknown-parameter', { known: known.join(', ') })];
    if (Array.isArray(value) && !isList(schema, name)) return [wrong([name], 'repeated')];
    return typeof value === 'string' && !value.trim() ? [wrong([name], 'no-value')] : [];
  });
}

/**
 * Validates all input against its schema; the handler gets what the schema returns. Every error names its
 * field, a path parameter by its own name.
 */
export class InputPipe implements PipeTransform {
  async transform(value: unknown, { type, data, schema }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value;
    if (type === 'body' && value === undefined) throw new UnsupportedMedia('not-json');
    const asked = type === 'query' && !data ? queryIssues(value as Record<string, unknown>, schema) : [];
    if (asked.length) throw new Invalid(asked);
    const given = type === 'query' && !data ? withLists(value as Record<string, unknown>, schema) : value;
    const result = schema ? await schema['~standard'].validate(given) : { value: given };
    const found = result.issues ? issuesOf(result.issues, given) : unstorable(result.value);
    // A parameter is named as a whole, even if only one value of its list is wrong.
    const issues = type === 'query' ? found.map((i) => ({ ...i, path: i.path.slice(0, 1) })) : found;
    if (issues.length) {
      const named = data ? issues.map((i) => ({ ...i, path: [data, ...i.path] })) : issues;
      throw type === 'param' && data ? new BadAddress(data, named) : new Invalid(named);
    }
    return (result as { value: unknown }).value;
  }
}
