import { translateTo } from '../../i18n/translate.js';
import { type Before, nameIn } from '../../profiles/domain/names-in.js';
import { Lines, mailPage, P, Quote, Row, Spoken, TextLink, wrapped } from '../../outbox/domain/mail-page.js';
import { oneLine } from '../../kernel/one-line.js';
import { type CallWords, wordsOf, type WrittenNewsletter } from './newsletter.js';

function Call({ call, label }: { call: CallWords; label: string }) {
  return (
    <Row>
      <h2 style="margin:0 0 6px 0;font-size:18px;line-height:1.3;">
        <Spoken language={call.language}>{call.title}</Spoken>
      </h2>
      {call.line && (
        <Quote>
          <Lines text={call.line} />
        </Quote>
      )}
      {call.sentences.map((sentence) => (
        <P key={sentence}>
          <Spoken language={call.saidIn}>{sentence}</Spoken>
        </P>
      ))}
      {[...(call.identifier ? [call.identifier] : []), ...call.facts].map((fact) => (
        <P key={fact} style="margin:0 0 4px 0;">
          {fact}
        </P>
      ))}
      {call.url !== null && (
        <P style="margin:4px 0 0 0;">
          <TextLink label={label} url={call.url} />
        </P>
      )}
    </Row>
  );
}

/** Stands in a newsletter for the secret of a reader's link, until their copy is written. */
export const markOf = (newsletterId: string): string => `reader-of-${newsletterId}`;

/** Returns the link by which a reader leaves, with the mark in place of their secret. */
export const markedLink = ({ PUBLIC_URL }: { PUBLIC_URL: string }, newsletterId: string): string =>
  `${PUBLIC_URL}/newsletter/${markOf(newsletterId)}`;

/** Returns what was sent without the link by which each reader leaves: that of its mark leads nowhere. */
export function withoutLink(mail: { html: string; text: string }, newsletterId: string): typeof mail {
  const link = `/newsletter/${markOf(newsletterId)}`;
  return { html: without(mail.html, link, ' <a ', '</a>'), text: without(mail.text, link, '\n\n', link) };
}

/** A text without what stands around these words, from the last beginning before them to the next end. */
function without(text: string, words: string, beginning: string, end: string): string {
  const at = text.indexOf(words);
  if (at < 0) return text;
  return text.slice(0, text.lastIndexOf(beginning, at)) + text.slice(text.indexOf(end, at) + end.length);
}

/** What a newsletter that is sent from here tells each reader: why they get it, and how they leave. */
export interface Leave {
  /** Who gets replies; null if nobody reads them. */
  officer: string | null;
  url: string;
}

/**
 * Returns a newsletter as an e-mail; without `leave` for a tool of one's own, which has its own way to leave.
 * What calls and people wrote is text in it, whatever it contains.
 */
export function newsletterMail(
  { list, title, intro, language, institute, calls }: WrittenNewsletter,
  now: Date,
  leave: Leave | null = null,
): { html: string; text: string } {
  const t = translateTo(language);
  const label = t('newsletter.call-page');
  const called = (before: Before): string => nameIn(oneLine(institute), before, language);
  const foot = t('newsletter.foot', { institute: called('of') });
  const why = leave && [
    t('newsletter.because', { institute: called('start'), list: oneLine(list) }),
    ...(leave.officer === null ? [] : [t('newsletter.replies', { officer: oneLine(leave.officer) })]),
  ];
  const words = calls.map((call) => wordsOf(call, language, now));
  const parts = words.map((call) =>
    [
      wrapped(call.title),
      ...(call.line ? call.line.split('\n').map((line) => wrapped(line, '> ', '> ')) : []),
      ...call.sentences.map((sentence) => wrapped(sentence)),
      ...(call.identifier ? [call.identifier] : []),
      ...call.facts.map((fact) => wrapped(fact)),
      ...(call.url === null ? [] : [call.url]),
    ].join('\n'),
  );
  const lead = intro
    .trim()
    .split('\n')
    .map((line) => wrapped(line))
    .join('\n');
  const ends = why
    ? [wrapped(foot), wrapped(why.join(' ')), `${t('newsletter.leave')}\n${leave.url}`]
    : [wrapped(foot)];
  return {
    html: mailPage(
      { language, title, sender: oneLine(institute) },
      <>
        {intro.trim() !== '' && (
          <Row>
            <Lines text={intro.trim()} />
          </Row>
        )}
        {words.map((call, i) => (
          <Call key={i} call={call} label={label} />
        ))}
        <Row tone="foot">
          {foot}
          {why && (
            <>
              <br />
              {why.join(' ')} <TextLink label={t('newsletter.leave')} url={leave.url} />
            </>
          )}
        </Row>
      </>,
    ),
    text: `${[title, ...(lead ? [lead] : []), ...parts, ...ends].join('\n\n')}\n`,
  };
}
