import { z } from 'zod';

/**
 * The languages in which the program speaks to people, each in the form that is written. A line here and
 * texts among the messages make a further one.
 */
export const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

export const Language = z.enum(Object.keys(LOCALES) as (keyof typeof LOCALES)[]);
export type Language = z.infer<typeof Language>;

/**
 * The languages in which texts of calls and profiles are analysed, whatever those are in which the program
 * speaks.
 */
export const AnalysedLanguage = z.enum(['fr', 'en']);
export type AnalysedLanguage = z.infer<typeof AnalysedLanguage>;

/** A text in English and French; a further language may lack it. */
export const MessageTexts = z
  .object({ en: z.string().min(1), fr: z.string().min(1) })
  .catchall(z.string().min(1));

/** A name that an installation gives in English and French; in English where it has none in that language. */
export const namedIn = (
  names: Readonly<{ en: string } & Partial<Record<Language, string>>>,
  language: Language,
): string => names[language] ?? names.en;

/** What the API gives in each of them. */
export const byLanguage = <S extends z.ZodType>(one: S) =>
  z.object(
    Object.fromEntries([...Language.options].sort().map((language) => [language, one])) as Record<
      Language,
      S
    >,
  );
