/** NUL and lone surrogates: PostgreSQL stores neither in text nor in jsonb. */
export const UNSTORABLE = /[\0\p{Surrogate}]/u;
const ALL_UNSTORABLE = new RegExp(UNSTORABLE, 'gu');

/** Returns a text without what cannot be stored. */
export const storable = (text: string): string => text.replace(ALL_UNSTORABLE, '');

/** How JSON may say one of them; an emoji is said so too. */
const ESCAPED = /\\u(?:0000|d[89a-f])|\p{Surrogate}/iu;

/**
 * Parses JSON from outside, whose strings can then be stored: a text cut in the middle of an emoji must not
 * keep all that comes with it out of the database.
 */
export const storableJson = (json: string): unknown =>
  JSON.parse(
    json,
    ESCAPED.test(json)
      ? (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value)
      : undefined,
  );
