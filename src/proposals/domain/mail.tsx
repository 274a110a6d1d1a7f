import {
  Button,
  mailPage,
  P,
  type RenderedMail,
  Row,
  TextLink,
  wrapped,
} from '../../outbox/domain/mail-page.js';
import { oneLine } from '../../kernel/one-line.js';
import { ownAddress, webAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import { translateTo, type Translate } from '../../i18n/translate.js';

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
export const Paragraphs = ({ text }: { text: string }) => (
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

export const textWrapped = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => wrapped(line))
    .join('\n');

interface Sent {
  officer: string;
  institute: string;
  replies: boolean;
  /** The link to the answer page. */
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
  stop: { label: t('mail.proposal.stop'), url: ownAddress(`${link}/stop`) },
});

export function MailFoot({ t, sent }: { t: Translate; sent: Sent }) {
  const { sent: by, data, stop } = footOf(t, sent);
  return (
    <Row tone="foot">
      {by}
      <br />
      {data} <TextLink {...stop} />
    </Row>
  );
}

export function footText(t: Translate, sent: Sent): string {
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
