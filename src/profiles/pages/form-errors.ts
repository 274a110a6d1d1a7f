/** What is wrong in a form, by the path of what it describes. */
export type Errors = Record<string, string>;

/** What is wrong at a field or inside it. */
export const errorAt = (errors: Errors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([p]) => p.startsWith(`${path}.`))?.[1];
