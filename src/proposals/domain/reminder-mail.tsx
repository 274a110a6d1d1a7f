import { type CallContent, comingAndPassed, dateForPeople, textsIn } from '../../calls/domain/index.js';
import { Button, mailPage, P, Row, wrapped, type RenderedMail } from '../../outbox/domain/index.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import { proposalWords } from './words.js';

export interface Reminding {
  name: string;
  language: Language;
  title: string;
  deadlines: CallContent['deadlines'];
  askedBy: string;
  askedAt: Date;
  institute: string;
  link: string;
  replies: boolean;
  now: Date;
}

const LONGEST_TITLE = 120;

/** The mail to a researcher who has not answered: what they were asked, until when it matters, and the button. */
export function researcherReminderMail(sent: Reminding): RenderedMail {
  const { language, now } = sent;
  const [texts, all] = [textsIn(language), proposalWords(language)];
  const words = all.reminder;
  const title = shortened(oneLine(sent.title), LONGEST_TITLE);
  const next = comingAndPassed(sent.deadlines, now).coming[0];
  const link = ownAddress(sent.link);
  const subject = words.subject(title);
  const paragraphs = [
    texts.greeting(sent.name),
    words.says(dateForPeople(sent.askedAt, language)),
    [title, ...(next ? [words.deadline(dateForPeople(next.at, language))] : [])].join('\n'),
    words.question,
  ];
  const foot = [all.sentBy(sent.askedBy, sent.institute), ...(sent.replies ? [all.replyGoes] : [])].join(' ');
  const content = (
    <>
      <Row>
        {paragraphs.map((paragraph) => (
          <P key={paragraph} style="margin:0 0 12px 0;white-space:pre-line;">
            {paragraph}
          </P>
        ))}
        <Button label={all.answerButton} url={link} />
      </Row>
      <Row tone="foot">{foot}</Row>
    </>
  );
  const lines = paragraphs.map((paragraph) =>
    paragraph
      .split('\n')
      .map((line) => wrapped(line))
      .join('\n'),
  );
  return {
    subject,
    text: `${lines.join('\n\n')}\n\n${all.answerButton}\n${link}\n\n${wrapped(foot)}\n`,
    html: mailPage({ language, title: subject }, content),
  };
}
