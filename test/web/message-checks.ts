import { IntlMessageFormat } from 'intl-messageformat';
import type { Message } from '../../src/i18n/message.js';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
type Messages = Record<string, Message>;

/** No-break spaces, narrow and regular. */
const FIXED = '\u202F\u00A0';
/** French high punctuation without the required no-break space; runs like "?!" are allowed. */
const HIGH = new RegExp(`(?<![${FIXED}?!])[:;?!»]|«(?![${FIXED}])`, 'gu');
const NAMES = new Intl.DisplayNames('en', { type: 'language' });
const APOSTROPHE = /\p{L}'\p{L}/u;
/** Other words for an e-mail. A mail server and the command `test-mail` are called so. */
const OTHER_MAIL: Record<string, RegExp> = {
  en: /(?<!e-|test-)\bmails?\b(?! (server|program|folder))|\bemails?\b(?!=)/i,
  fr: /\bcourriels?\b|\bemails?\b|(?<!e-|test-)\bmails?\b|adresse de messagerie/i,
};

const options = (element: Element): Element[][] =>
  'options' in element
    ? Object.values(element.options).map((o) => o.value)
    : 'children' in element
      ? [element.children]
      : [];
const isLiteral = (element: Element): boolean => element.type === 0;
const isPound = (element: Element): boolean => element.type === 7;

/** The arguments of a message, with the options of selects: `n`, `role(officer|reader)`. */
function argumentsOf(elements: Element[]): string[] {
  const own = elements.flatMap((e) => {
    if (isLiteral(e) || isPound(e) || !('value' in e)) return [];
    return e.type === 5 && 'options' in e
      ? [`${e.value}(${Object.keys(e.options).sort().join('|')})`]
      : [e.value];
  });
  const all = [...own, ...elements.flatMap(options).flatMap(argumentsOf)];
  return [...new Set(all)].sort();
}

/** The texts of a message as readers see them, one per branch, with each argument as one letter. */
function textsOf(elements: Element[]): string[] {
  const flat = elements.map((e) => (isLiteral(e) && 'value' in e ? e.value : 'x')).join('');
  return [flat, ...elements.flatMap(options).flatMap(textsOf)];
}

const inTimeOrAddress = (text: string, at: number): boolean =>
  text[at] === ':' &&
  (/^\d\d:\d/.test(text.slice(at - 2)) ||
    text.slice(at + 1).startsWith('//') ||
    /mailto$/.test(text.slice(0, at)));

/** A line of YAML, to be typed: as "id: leti" or "name:". Each argument is one letter here. */
const YAML = new RegExp(`«[${FIXED}][\\p{L}_]+:(?: [^»]*?)?[${FIXED}]»`, 'gu');
/** The same in French typography: copied, it is not read. */
const MISTYPED = new RegExp(`«[${FIXED}][\\p{L}_]+[${FIXED}]:[^»]*»`, 'u');

function typography(whole: string): string[] {
  const text = whole.replace(YAML, 'x');
  const signs = [...text.matchAll(HIGH)].filter(
    (m) => m[0] === '«' || (m.index > 0 && !inTimeOrAddress(text, m.index)),
  );
  return [
    ...(MISTYPED.test(text) ? [`a no-break space in what may be copied in "${text}"`] : []),
    ...signs.map((m) => `"${m[0]}" without a no-break space in "${text}"`),
    ...(APOSTROPHE.test(text) ? [`a straight apostrophe in "${text}"`] : []),
  ];
}

const otherMail = (language: string, text: string): string[] =>
  [OTHER_MAIL[language]?.exec(text)?.[0] ?? []].flat().map((word) => `"${word}" for an e-mail in "${text}"`);

function parsed(text: string, language: string): Element[] | string {
  try {
    return new IntlMessageFormat(text, language).getAst();
  } catch (error) {
    return (error as Error).message;
  }
}

/** The problems of one text on its own or compared with the English one. */
function problemsIn(language: string, text: string, english: string): string[] {
  const [read, plain] = [parsed(text, language), parsed(english, 'en')];
  if (typeof read === 'string') return [`(${language}): is no ICU message: ${read}`];
  if (text.trim() === '') return [`(${language}): is empty`];
  // Problems of the English text are reported for that text itself.
  if (typeof plain === 'string') return [];
  const [taken, usual] = [argumentsOf(read).join(', '), argumentsOf(plain).join(', ')];
  return [
    ...(taken === usual
      ? []
      : [`: takes ${usual || 'nothing'} in English and ${taken || 'nothing'} in ${NAMES.of(language)}`]),
    ...textsOf(read)
      .flatMap((shown) => [...(language === 'fr' ? typography(shown) : []), ...otherMail(language, shown)])
      .map((problem) => `(${language}): ${problem}`),
  ];
}

/** What people may also type for a page is never shown, and has the words that they use. */
const TYPED = /^find\.also\./;

/** The problems of these messages, one per line. */
export const messageProblems = (all: Messages): string[] =>
  Object.entries(all).flatMap(([key, message]) =>
    Object.entries(message).flatMap(([language, text]) =>
      problemsIn(language, TYPED.test(key) ? text.replace(/ courriels| mails/g, '') : text, message.en).map(
        (problem) => (problem.startsWith(':') ? `${key}${problem}` : `${key} ${problem}`),
      ),
    ),
  );
