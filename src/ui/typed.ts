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
