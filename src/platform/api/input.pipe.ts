import { UnsupportedMediaTypeException, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { invalid, type Issue } from './problem.js';

/** NUL, and half of a surrogate pair: PostgreSQL takes neither in a text nor in a jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** The strings in a value that the database could not store. */
export function unstorable(value: unknown): Issue[] {
  const issues: Issue[] = [];
  const open: { value: unknown; path: PropertyKey[] }[] = [{ value, path: [] }];
  // Its own stack: a body may be nested deeper than ours.
  for (let at = open.pop(); at; at = open.pop()) {
    const { value: inner, path } = at;
    if (typeof inner === 'string' && UNSTORABLE.test(inner))
      issues.push({ path, message: 'contains an invalid character' });
    if (typeof inner !== 'object' || inner === null) continue;
    for (const [key, v] of Object.entries(inner))
      open.push({ value: v, path: [...path, Array.isArray(inner) ? Number(key) : key] });
  }
  return issues;
}

/** Whether a parameter is a list, which may be given several times or with commas. */
function isList(schema: unknown, name: string): boolean {
  const field: unknown = schema instanceof z.ZodObject ? schema.shape[name] : undefined;
  return (field instanceof z.ZodOptional ? field.unwrap() : field) instanceof z.ZodArray;
}

/** The parameters of a query with the lists among them as lists. */
function withLists(query: Record<string, unknown>, schema: unknown): Record<string, unknown> {
  const parts = (value: unknown) =>
    [value].flat().flatMap((v) => (typeof v === 'string' ? v.split(',').map((x) => x.trim()) : [v]));
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, isList(schema, name) ? parts(value) : value]),
  );
}

/**
 * A filter that is misspelt, empty or given twice must not be left aside: the answer would be to another
 * question.
 */
function queryIssues(query: Record<string, unknown>, schema: unknown): Issue[] {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : null;
  return Object.entries(query).flatMap(([name, value]) => {
    if (known && !known.includes(name))
      return [{ path: [name], message: `is not a known parameter; use one of: ${known.join(', ')}` }];
    if (Array.isArray(value) && !isList(schema, name))
      return [{ path: [name], message: 'is given more than once' }];
    return typeof value === 'string' && !value.trim() ? [{ path: [name], message: 'has no value' }] : [];
  });
}

/**
 * Checks all input against its schema; what the handler gets is what the schema gave. Every refusal names its
 * field, a parameter of the path by its own name.
 */
export class InputPipe implements PipeTransform {
  async transform(value: unknown, { type, data, schema }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value;
    if (type === 'body' && value === undefined)
      throw new UnsupportedMediaTypeException('Send a JSON body (application/json).');
    const asked = type === 'query' && !data ? queryIssues(value as Record<string, unknown>, schema) : [];
    if (asked.length) throw invalid(asked);
    const given = type === 'query' && !data ? withLists(value as Record<string, unknown>, schema) : value;
    const result = schema ? await schema['~standard'].validate(given) : { value: given };
    // A parameter goes by its name, also where it is one of the values of a list that is wrong.
    const issues: readonly Issue[] = (result.issues ?? unstorable(result.value)).map((i: Issue) =>
      type === 'query' ? { ...i, path: i.path?.slice(0, 1) } : i,
    );
    if (issues.length)
      throw invalid(data ? issues.map((i) => ({ ...i, path: [data, ...(i.path ?? [])] })) : issues);
    return (result as { value: unknown }).value;
  }
}
