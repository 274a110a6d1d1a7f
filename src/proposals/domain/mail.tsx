import { Button, mailPage, P, Row, wrapped, type RenderedMail } from '../../outbox/domain/index.js';
import { ownAddress, webAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import { translateTo, type Translate } from '../../i18n/translate.js';

const ADDRESS = /(https?:\/\/[^\s<>"«»“”]+)/;

/** A line with its web addresses as links. */
const Line = ({ text }: { text: string }) => (
  <>
    {text.split(ADDRESS).map((piece) => {
      const address = ADDRESS.test(piece) ? webAddress(piece) : null;
      return address === null ? piece : <a href={address}>{piece}</a>;
    })}
  </>
);

/** A text that a person wrote, its paragraphs and lines kept. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .trim()
      .split(/\n{2,}/)
      .map((paragraph, i) => (
        <P key={i} style="margin:0 0 14px 0;">
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

/** Who sent a mail, and whether an answer by mail reaches them. */
export const footOf = (
  t: Translate,
  { officer, institute, replies }: { officer: string; institute: string; replies: boolean },
): string =>
  [
    t('mail.proposal.sent-by', { officer, institute }),
    ...(replies ? [t('mail.proposal.reply-goes')] : []),
  ].join(' ');

/**
 * A proposal as it leaves: the officer's text as they wrote it, under it the link by which the researcher answers, and who sent it.
 * `replies` tells whether an answer by mail reaches the officer.
 */
export function proposalMail(sent: {
  subject: string;
  text: string;
  language: Language;
  link: string;
  officer: string;
  institute: string;
  replies: boolean;
}): RenderedMail {
  const { subject, text, language, officer, institute, replies } = sent;
  const t = translateTo(language);
  const answerHere = t('mail.proposal.answer-here');
  const link = ownAddress(sent.link);
  const foot = footOf(t, { officer, institute, replies });
  const content = (
    <>
      <Row>
        <Paragraphs text={text} />
        <P style="margin:24px 0 8px 0;">{answerHere}</P>
        <Button label={t('mail.proposal.answer')} url={link} />
      </Row>
      <Row tone="foot">{foot}</Row>
    </>
  );
  return {
    subject,
    text: `${textWrapped(text)}\n\n--\n${wrapped(answerHere)}\n${link}\n\n${wrapped(foot)}\n`,
    html: mailPage({ language, title: subject }, content),
  };
}
