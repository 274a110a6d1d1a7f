import { z } from 'zod';

/** Returns the request body for the API description, from the schema that validates it. */
export const jsonBody = (schema: z.ZodType) => ({
  schema: z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' }) as never,
});
