import { dateForPeople, textsIn } from '../../calls/domain/index.js';
import { Button, mailPage, Row, type RenderedMail } from '../../outbox/domain/index.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import type { Answer, AnswerState } from './answer.js';
import { Paragraphs, textWrapped } from './mail.js';
import { translateTo } from '../../i18n/translate.js';

/** An answer that came, for the officer who asked. */
export interface Answered {
  language: Language;
  officer: string;
  researcher: string;
  given: AnswerState & { answer: Answer };
  /** Whether they had answered otherwise before. */
  changed: boolean;
  askedAt: Date;
  title: string;
  /** The call's page of the institute. */
  page: string;
}

const LONGEST_TITLE = 90;

/** The mail that tells the officer who answered what, with their word, and where all of it stands. */
export function answerMail({
  language,
  officer,
  researcher,
  given,
  changed,
  askedAt,
  title,
  page,
}: Answered): RenderedMail {
  const [texts, t] = [textsIn(language), translateTo(language)];
  const answer = t(`mail.answer.given.${given.answer}`);
  const open = t('mail.answer.open');
  const name = oneLine(researcher);
  const subject = t('mail.answer.subject', {
    name,
    answer,
    title: shortened(oneLine(title), LONGEST_TITLE),
  });
  const said = [
    t('mail.answer.says', { name, answer, day: dateForPeople(askedAt, language) }),
    ...(changed ? [t('mail.answer.changed')] : []),
    ...(given.other === null ? [] : [texts.labelled(t('mail.answer.other'), oneLine(given.other))]),
    ...(given.word === null
      ? []
      : [texts.labelled(t('mail.answer.word'), texts.quotes.open + given.word + texts.quotes.close)]),
    oneLine(title),
  ];
  const paragraphs = [texts.greeting(officer), ...said];
  const link = ownAddress(page);
  const text = [...paragraphs.map(textWrapped), `${open}\n${link}`].join('\n\n');
  const content = (
    <Row>
      {paragraphs.map((said) => (
        <Paragraphs key={said} text={said} />
      ))}
      <Button label={open} url={link} />
    </Row>
  );
  return { subject, text: `${text}\n`, html: mailPage({ language, title: subject }, content) };
}
