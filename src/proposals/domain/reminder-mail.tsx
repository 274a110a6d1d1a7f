import type { CallContent } from '../../calls/domain/call-content.js';
import { comingAndPassed, dateForPeople } from '../../calls/domain/facts/deadline.js';
import {
  Button,
  Lines,
  mailPage,
  P,
  type RenderedMail,
  Row,
  wrapped,
} from '../../outbox/domain/mail-page.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { footText, MailFoot } from './mail.js';

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

/** The e-mail to a researcher who has not answered: the question, the deadline, and the button. */
export function researcherReminderMail(sent: Reminding): RenderedMail {
  const { language, now } = sent;
  const t = translateTo(language);
  const answer = t('mail.proposal.answer');
  const title = shortened(oneLine(sent.title), LONGEST_TITLE);
  const next = comingAndPassed(sent.deadlines, now).coming[0];
  const link = ownAddress(sent.link);
  const subject = t('mail.proposal-reminder.subject', { title });
  const paragraphs = [
    t('mail.proposal.greeting'),
    t('mail.proposal-reminder.says', { day: dateForPeople(sent.askedAt, language) }),
    [
      title,
      ...(next ? [t('mail.proposal-reminder.deadline', { day: dateForPeople(next.at, language) })] : []),
    ].join('\n'),
    t('mail.proposal-reminder.question'),
  ];
  const by = { ...sent, officer: sent.askedBy };
  const content = (
    <>
      <Row>
        {paragraphs.map((paragraph) => (
          <P key={paragraph}>
            <Lines text={paragraph} />
          </P>
        ))}
        <Button label={answer} url={link} />
      </Row>
      <MailFoot t={t} sent={by} />
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
    text: `${lines.join('\n\n')}\n\n${answer}\n${link}\n\n${footText(t, by)}`,
    html: mailPage({ language, title: subject, heading: t('mail.proposal-reminder.heading') }, content),
  };
}
