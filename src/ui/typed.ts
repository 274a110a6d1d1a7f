/** A form as it was typed, and what is wrong at which field; '' is the form as a whole. */
export interface Typed {
  typed: Record<string, string>;
  errors: Record<string, string>;
}

/** A form that nobody has sent yet. */
export const NOTHING_TYPED: Typed = { typed: {}, errors: {} };

/** The fields of a form that was read, to show it again where what it asks for cannot be done. */
export const typedOf = (value: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(value).map(([name, v]) => [name, String(v)]));
