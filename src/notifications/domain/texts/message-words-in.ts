import type { Language } from '../../../kernel/language.js';
import { wordsEn } from './message-words-en.js';
import { wordsFr } from './message-words-fr.js';
import type { MessageWords } from './message-words.js';

const BY_LANGUAGE: Record<Language, MessageWords> = { fr: wordsFr, en: wordsEn };

export const messageWords = (language: Language): MessageWords => BY_LANGUAGE[language];
