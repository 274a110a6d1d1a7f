/** The errors of a form, by the path of the value. */
export type Errors = Record<string, string>;

/** Returns the error at a field or inside it. */
export const errorAt = (errors: Errors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([p]) => p.startsWith(`${path}.`))?.[1];
