import type { Language } from '../../../kernel/language.js';
import { oneLine, shortened, spaced } from '../../../kernel/one-line.js';
import { ownAddress } from '../../../kernel/web-address.js';
import { translateTo } from '../../../i18n/translate.js';
import { titleOf } from '../content/item-words.js';
import type { Message, QuestionItem } from '../content/message.js';
import type { LineView, ListView } from '../content/message-lists.js';
import type { Measure } from './change-view.js';

/** Questions named per call; the others are counted and listed on its page. */
const SHOWN = 3;
const [LONGEST_TITLE, LONGEST_QUESTION, LONGEST_ANSWER] = [140, 200, 240];

const words = (text: string, longest: number, language: Language): string =>
  spaced(shortened(oneLine(text), longest), language);

/** "New question: May one apply alone? No: at least three partners …" */
function lineOf({ news, question, answer }: QuestionItem['questions'][number], language: Language): string {
  const t = translateTo(language);
  const said = [
    words(question, LONGEST_QUESTION, language),
    ...(answer === null || news === 'withdrawn' ? [] : [words(answer, LONGEST_ANSWER, language)]),
  ];
  return t('text.labelled', { label: t(`question.${news}`), value: said.join(' ') });
}

const callLine = ({ call, questions, pageUrl }: QuestionItem, language: Language): LineView => ({
  front: null,
  language: call.language,
  title: titleOf(call, LONGEST_TITLE),
  quote: null,
  link: { label: translateTo(language)('message.open-call'), url: `${ownAddress(pageUrl)}#questions` },
  says: [
    ...(questions.length > SHOWN
      ? [translateTo(language)('message.count.questions', { n: questions.length })]
      : []),
    ...questions.slice(0, SHOWN).map((q) => lineOf(q, language)),
  ],
});

/** Lists news of questions on calls that the institute studies: the newest of each. */
export function questionList({ questions, language }: Message, measure: Measure): ListView | null {
  if (!questions.length) return null;
  const t = translateTo(language);
  const more = questions.length - measure.lines;
  return {
    heading: t('message.questions'),
    lines: questions.slice(0, measure.lines).map((item) => callLine(item, language)),
    more: more > 0 ? t('message.and-more', { n: more }) : null,
    link: null,
  };
}
