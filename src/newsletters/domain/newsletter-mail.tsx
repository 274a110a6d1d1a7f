import { translateTo } from '../../i18n/translate.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import { mailPage, Row } from '../../outbox/domain/mail-page.js';
import { Lines, P, Quote, Spoken, TextLink, wrapped } from '../../outbox/domain/mail-parts.js';
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

/** Returns a newsletter as an e-mail. What calls and people wrote is text in it, whatever it contains. */
export function newsletterMail(
  { title, intro, language, institute, calls }: WrittenNewsletter,
  now: Date,
): { html: string; text: string } {
  const t = translateTo(language);
  const label = t('newsletter.call-page');
  const foot = t('newsletter.foot', { institute: nameIn(institute, 'of', language) });
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
  return {
    html: mailPage(
      { language, title },
      <>
        {intro.trim() !== '' && (
          <Row>
            <Lines text={intro.trim()} />
          </Row>
        )}
        {words.map((call, i) => (
          <Call key={i} call={call} label={label} />
        ))}
        <Row tone="foot">{foot}</Row>
      </>,
    ),
    text: `${[title, ...(lead ? [lead] : []), ...parts, wrapped(foot)].join('\n\n')}\n`,
  };
}
