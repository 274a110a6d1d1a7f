import {
  Button,
  Lines,
  mailPage,
  P,
  type RenderedMail,
  Row,
  TextLink,
  wrapped,
} from '../../outbox/domain/mail-page.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress, webAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import { type Translate, translateTo } from '../../i18n/translate.js';
import { comingAndPassed, dateForPeople } from '../../calls/domain/facts/deadline.js';
import type { Answer, AnswerState } from './answer.js';
import type { CallContent } from '../../calls/domain/call-content.js';

const ADDRESS = /(https?:\/\/[^\s<>"«»“”]+)/;

/** A line, with its web addresses as links. */
const Line = ({ text }: { text: string }) => (
  <>
    {text.split(ADDRESS).map((piece) => {
      const address = ADDRESS.test(piece) ? webAddress(piece) : null;
      return address === null ? piece : <TextLink label={piece} url={address} />;
    })}
  </>
);

/** Text written by a person, with its paragraphs and line breaks. */
const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .trim()
      .split(/\n{2,}/)
      .map((paragraph, i) => (
        <P key={i} style="margin:0 0 10px 0;line-height:1.4;">
          {paragraph.split('\n').map((line, at) => (
            <span key={at}>
              {at > 0 && <br />}
              <Line text={line} />
            </span>
          ))}
        </P>
      ))}
  </>
);

const textWrapped = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => wrapped(line))
    .join('\n');

interface Sent {
  officer: string;
  institute: string;
  replies: boolean;
  link: string;
}

/**
 * Says who sent the e-mail, whether replies reach them, where the researcher's data come from, and how to opt
 * out.
 */
const footOf = (t: Translate, { officer, institute, replies, link }: Sent) => ({
  sent: [
    t('mail.proposal.sent-by', { officer, institute }),
    ...(replies ? [t('mail.proposal.reply-goes')] : []),
  ].join(' '),
  data: t('mail.proposal.data'),
  stop: { label: t('answer.stop'), url: ownAddress(`${link}/stop`) },
});

function MailFoot({ t, sent }: { t: Translate; sent: Sent }) {
  const { sent: by, data, stop } = footOf(t, sent);
  return (
    <Row tone="foot">
      {by}
      <br />
      {data} <TextLink {...stop} />
    </Row>
  );
}

function footText(t: Translate, sent: Sent): string {
  const { sent: by, data, stop } = footOf(t, sent);
  return `${wrapped(by)}\n\n${wrapped(data)}\n${stop.label}\n${stop.url}\n`;
}

/**
 * The proposal e-mail: the officer's text as written, then the link to answer, and who sent it. `replies`
 * says whether a reply by e-mail reaches the officer.
 */
export function proposalMail(
  sent: Sent & { subject: string; text: string; language: Language },
): RenderedMail {
  const { subject, text, language } = sent;
  const t = translateTo(language);
  const answerHere = t('mail.proposal.answer-here');
  const link = ownAddress(sent.link);
  const content = (
    <>
      <Row>
        <Paragraphs text={text} />
        <P style="margin:16px 0 8px 0;">{answerHere}</P>
        <Button label={t('mail.proposal.answer')} url={link} />
      </Row>
      <MailFoot t={t} sent={sent} />
    </>
  );
  return {
    subject,
    text: `${textWrapped(text)}\n\n--\n${wrapped(answerHere)}\n${link}\n\n${footText(t, sent)}`,
    html: mailPage(
      { language, title: subject, heading: t('mail.proposal.heading', { officer: oneLine(sent.officer) }) },
      content,
    ),
  };
}

/** An answer, for the officer who asked. */
interface Answered {
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

interface Reminding {
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

const LONGEST_REMINDED_TITLE = 120;

/** The e-mail to a researcher who has not answered: the question, the deadline, and the button. */
export function researcherReminderMail(sent: Reminding): RenderedMail {
  const { language, now } = sent;
  const t = translateTo(language);
  const answer = t('mail.proposal.answer');
  const title = shortened(oneLine(sent.title), LONGEST_REMINDED_TITLE);
  const next = comingAndPassed(sent.deadlines, now).coming[0];
  const link = ownAddress(sent.link);
  const subject = t('mail.proposal-reminder.subject', { title });
  const paragraphs = [
    t('mail.greeting'),
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
