import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { Button, mailPage, type RenderedMail, Row } from '../../outbox/domain/mail-page.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import type { Answer, AnswerState } from './answer.js';
import { Paragraphs, textWrapped } from './mail.js';
import { translateTo } from '../../i18n/translate.js';

/** An answer, for the officer who asked. */
export interface Answered {
  language: Language;
  officer: string;
  researcher: string;
  given: AnswerState & { answer: Answer };
  /** Whether they had given a different answer before. */
  changed: boolean;
  askedAt: Date;
  title: string;
  /** Address of the institute's page of the call. */
  page: string;
}

const LONGEST_TITLE = 90;

/** The e-mail that tells the officer who answered what, with their comment and a link to the call. */
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
  const t = translateTo(language);
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
    ...(given.other === null
      ? []
      : [t('text.labelled', { label: t('mail.answer.other'), value: oneLine(given.other) })]),
    ...(given.word === null
      ? []
      : [
          t('text.labelled', {
            label: t('mail.answer.word'),
            value: t('text.quote', { text: given.word }),
          }),
        ]),
    oneLine(title),
  ];
  const paragraphs = [t('text.greeting', { name: officer }), ...said];
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
  return {
    subject,
    text: `${text}\n`,
    html: mailPage(
      { language, title: subject, heading: t('mail.answer.heading', { name, answer }) },
      content,
    ),
  };
}
