import { z } from 'zod';

/**
 * The languages of pages and e-mails, each with its locale. A further one needs a line here and its texts
 * among the messages.
 */
export const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

export const Language = z.enum(Object.keys(LOCALES) as (keyof typeof LOCALES)[]);
export type Language = z.infer<typeof Language>;

/** Returns a stored language; English for one that only a newer version knows. */
export const storedLanguage = (stored: string): Language =>
  Object.hasOwn(LOCALES, stored) ? (stored as Language) : 'en';
/** Options of an entity's column that holds one. */
export const LANGUAGE_COLUMN = {
  transformer: { from: storedLanguage, to: (language: Language) => language },
};

/** The languages in which texts of calls and profiles are analysed, independent of `LOCALES`. */
export const AnalysedLanguage = z.enum(['fr', 'en']);
export type AnalysedLanguage = z.infer<typeof AnalysedLanguage>;

/** A text in English and French; further languages are optional. */
export const MessageTexts = z
  .object({ en: z.string().min(1), fr: z.string().min(1) })
  .catchall(z.string().min(1));

/** Returns a name from the installation's settings in the given language, or in English if it has none. */
export const namedIn = (
  names: Readonly<{ en: string } & Partial<Record<Language, string>>>,
  language: Language,
): string => names[language] ?? names.en;

/** Returns a schema with one value per language, for the API. */
export const byLanguage = <S extends z.ZodType>(one: S) =>
  z.object(
    Object.fromEntries([...Language.options].sort().map((language) => [language, one])) as Record<
      Language,
      S
    >,
  );
