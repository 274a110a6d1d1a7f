import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { Problem } from './problem.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
interface Schema {
  type?: string;
  nullable?: boolean;
  allOf?: unknown[];
  enum?: unknown[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const MEANINGS: Record<number, string> = {
  400: 'The input is not what it must be; `errors` names each field.',
  401: 'The bearer token is missing or is not the right one.',
  403: 'The caller may not do this, or it belongs to another institute.',
  404: 'There is no such thing.',
  413: 'The body is too large: more than 1 MB, for most of them.',
  415: 'The body is of another type than those that are taken.',
  503: 'The database does not answer; `Retry-After` says when to try again.',
};

const RETRY_AFTER = {
  headers: { 'Retry-After': { description: 'in seconds', schema: { type: 'integer' as const } } },
};

/** Returns the error statuses of an operation, derived from its inputs. */
function refusals({ security, parameters = [], requestBody }: Operation): number[] {
  const inPath = parameters.some((p) => 'in' in p && p.in === 'path');
  return [
    ...(parameters.length || requestBody ? [400] : []),
    ...(security?.length ? [401, 403] : []),
    ...(inPath ? [404] : []),
    ...(requestBody ? [413, 415] : []),
    503,
  ];
}

/** The codes of problems and of what may be wrong with a field; later versions add to them. */
export interface Codes {
  problems: string[];
  issues: string[];
}

/** Adds to each operation the problems it may return, so that no controller has to repeat them. */
export function withProblems(document: OpenAPIObject, { problems, issues }: Codes): OpenAPIObject {
  const code = (known: string[]): z.ZodString => z.string().meta({ 'x-extensible-enum': known });
  const listed = Problem.extend({
    code: code(problems),
    errors: z.array(Problem.shape.errors.unwrap().element.extend({ code: code(issues) })).optional(),
  });
  const schema = z.toJSONSchema(listed, { target: 'openapi-3.0' }) as never;
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: schema },
  };
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const path of Object.values(document.paths)) {
    for (const operation of METHODS.flatMap((method) => path[method] ?? [])) {
      // An operation without sign-in says so explicitly.
      operation.security ??= [];
      for (const status of refusals(operation))
        operation.responses[status] ??= {
          description: MEANINGS[status]!,
          ...(status === 503 && RETRY_AFTER),
          content,
        };
      if (operation.security.length)
        operation.responses.default ??= {
          description: 'Any other refusal, such as 409 (it has changed) or 429 (wait for `Retry-After`).',
          ...RETRY_AFTER,
          content,
        };
    }
  }
  return document;
}

/** How receivers see what is posted to them: Redocly's extension, which OpenAPI 3.1 calls `webhooks`. */
interface WithWebhooks {
  'x-webhooks'?: Record<string, OpenAPIObject['paths'][string]>;
}

/** Adds what is posted to programs, by the name of the channel. */
export function withWebhooks(
  document: OpenAPIObject & WithWebhooks,
  posted: Record<string, z.ZodType>,
): OpenAPIObject {
  for (const [name, schema] of Object.entries(posted)) {
    const { $ref, definitions } = z.toJSONSchema(schema, { target: 'openapi-3.0' }) as unknown as {
      $ref: string;
      definitions: Record<string, never>;
    };
    document.components = {
      ...document.components,
      schemas: { ...document.components?.schemas, ...definitions },
    };
    const content = {
      'application/json': { schema: { $ref: $ref.replace('#/definitions/', '#/components/schemas/') } },
    };
    document['x-webhooks'] = {
      ...document['x-webhooks'],
      [name]: {
        post: {
          operationId: `receive-${name}`,
          summary: 'A message for a program of yours, signed as Standard Webhooks specifies',
          description:
            'Within a version (`v1`) fields may be added, and values to lists marked `x-extensible-enum`, which say what to do with an unknown one. No `enum` changes, nor what anything means.',
          tags: ['webhooks'],
          security: [],
          requestBody: { required: true, content },
          responses: {
            '2XX': { description: 'The message was taken.' },
            410: { description: 'Nothing more is sent to this address.' },
          },
        },
      },
    };
  }
  return document;
}

/**
 * Allows null wherever a schema calls itself nullable: OpenAPI 3.0 ignores that without a type, which a
 * reference lacks (all are to objects), and an enum has to list its null (3.0.3).
 */
export function withNulls<T>(part: T): T {
  if (typeof part !== 'object' || part === null) return part;
  const schema = part as Schema;
  if (schema.nullable && schema.allOf) schema.type ??= 'object';
  if (schema.nullable && schema.enum) schema.enum = [...new Set([...schema.enum, null])];
  Object.values(part).forEach(withNulls);
  return part;
}
