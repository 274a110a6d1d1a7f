import { z } from 'zod';

/** The body of a request for the description of the API, by the schema that checks it. */
export const jsonBody = (schema: z.ZodType) => ({
  schema: z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' }) as never,
});
