import type { Language } from '../../../kernel/language.js';
import type { Texts } from './texts.js';
import { textsEn } from './texts-en.js';
import { textsFr } from './texts-fr.js';

/** The words of a language. Every language that a contact may have is here, or this does not compile. */
const BY_LANGUAGE: Record<Language, Texts> = { fr: textsFr, en: textsEn };

export function textsIn(language: Language): Texts {
  return BY_LANGUAGE[language];
}
