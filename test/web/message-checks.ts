import { IntlMessageFormat } from 'intl-messageformat';
import type { Message } from '../../src/i18n/message.js';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
type Messages = Record<string, Message>;

/** No-break spaces, narrow and wide. */
const FIXED = '\u202F\u00A0';
/** What stands before the high signs of French: a space that does not break, or their like ("?!"). */
const HIGH = new RegExp(`(?<![${FIXED}?!])[:;?!»]|«(?![${FIXED}])`, 'gu');
const NAMES = new Intl.DisplayNames('en', { type: 'language' });
const APOSTROPHE = /\p{L}'\p{L}/u;

const options = (element: Element): Element[][] =>
  'options' in element
    ? Object.values(element.options).map((o) => o.value)
    : 'children' in element
      ? [element.children]
      : [];
const isLiteral = (element: Element): boolean => element.type === 0;
const isPound = (element: Element): boolean => element.type === 7;

/** The arguments of a message, with the choices of those between texts: `n`, `role(officer|reader)`. */
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

/** The text of a message as its reader sees it, an argument as one letter; each branch by itself. */
function textsOf(elements: Element[]): string[] {
  const flat = elements.map((e) => (isLiteral(e) && 'value' in e ? e.value : 'x')).join('');
  return [flat, ...elements.flatMap(options).flatMap(textsOf)];
}

const inTimeOrAddress = (text: string, at: number): boolean =>
  text[at] === ':' &&
  (/^\d\d:\d/.test(text.slice(at - 2)) ||
    text.slice(at + 1).startsWith('//') ||
    /mailto$/.test(text.slice(0, at)));

function typography(text: string): string[] {
  const signs = [...text.matchAll(HIGH)].filter(
    (m) => m[0] === '«' || (m.index > 0 && !inTimeOrAddress(text, m.index)),
  );
  return [
    ...signs.map((m) => `"${m[0]}" without a no-break space in "${text}"`),
    ...(APOSTROPHE.test(text) ? [`a straight apostrophe in "${text}"`] : []),
  ];
}

function parsed(text: string, language: string): Element[] | string {
  try {
    return new IntlMessageFormat(text, language).getAst();
  } catch (error) {
    return (error as Error).message;
  }
}

/** What is wrong with one text, beside the English one, or with that. */
function problemsIn(language: string, text: string, english: string): string[] {
  const [read, plain] = [parsed(text, language), parsed(english, 'en')];
  if (typeof read === 'string') return [`(${language}): is no ICU message: ${read}`];
  if (text.trim() === '') return [`(${language}): is empty`];
  // The English one says itself what is wrong with it.
  if (typeof plain === 'string') return [];
  const [taken, usual] = [argumentsOf(read).join(', '), argumentsOf(plain).join(', ')];
  return [
    ...(taken === usual
      ? []
      : [`: takes ${usual || 'nothing'} in English and ${taken || 'nothing'} in ${NAMES.of(language)}`]),
    ...(language === 'fr'
      ? textsOf(read)
          .flatMap(typography)
          .map((problem) => `(fr): ${problem}`)
      : []),
  ];
}

/** What is wrong with these messages, a line for each. */
export const messageProblems = (all: Messages): string[] =>
  Object.entries(all).flatMap(([key, message]) =>
    Object.entries(message).flatMap(([language, text]) =>
      problemsIn(language, text, message.en).map((problem) =>
        problem.startsWith(':') ? `${key}${problem}` : `${key} ${problem}`,
      ),
    ),
  );
