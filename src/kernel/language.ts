import { z } from 'zod';

/** The languages in which the program speaks to people, each in the form that is written. A line here and texts among the messages make a further one. */
export const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;

export const Language = z.enum(Object.keys(LOCALES) as (keyof typeof LOCALES)[]);
export type Language = z.infer<typeof Language>;

/** What the API gives in each of them. */
export const byLanguage = <S extends z.ZodType>(one: S) =>
  z.object(
    Object.fromEntries([...Language.options].sort().map((language) => [language, one])) as Record<
      Language,
      S
    >,
  );
