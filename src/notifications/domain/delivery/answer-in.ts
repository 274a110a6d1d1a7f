import { sayAgain } from '../../../i18n/sentences/say-again.js';
import { translateTo } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';

/** What Node and nodemailer say of a connection, as we note it. */
const CONNECTION: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'connection refused'],
  [/ENOTFOUND|EAI_AGAIN|ENODATA/, 'host not found'],
  [/ETIMEDOUT|[Tt]imeout|Greeting never received/, 'no answer in time'],
  [/ECONNRESET|EPIPE|socket close|Connection closed/, 'connection cut'],
  [/EHOSTUNREACH|ENETUNREACH/, 'host unreachable'],
  [/certificate|CERT_/, 'invalid certificate'],
];

/** What we note with a number or a code in it. */
const WITH_VALUE = [
  [/^not sent within (\d+) seconds$/, 'answer.not-sent-within'],
  [/^status (\d{3})$/, 'answer.status'],
  [/^the mail folder cannot be written to \((\w+)\)$/, 'answer.mail-folder'],
] as const;

/** In the reader's language, where it is ours, or a connection's; undefined of what a server said. */
function known(said: string, language: Language): string | undefined {
  const noted = sayAgain('delivery', said, language);
  if (noted !== undefined) return noted;
  const connection = CONNECTION.find(([form]) => form.test(said))?.[1];
  if (connection !== undefined) return sayAgain('delivery', connection, language);
  for (const [form, key] of WITH_VALUE) {
    const [, value] = form.exec(said) ?? [];
    if (value !== undefined) return translateTo(language)(key, { value });
  }
  return undefined;
}

/**
 * Where a message went, before what was said there: "hooks.example.org: ", "smtp.example.org:25 (RCPT TO): ".
 */
const PLACE = /^([a-z0-9.-]+(?::\d{1,5})?(?: \([A-Z ]{1,20}\))?): /i;

/**
 * What came of an attempt to deliver, in the reader's language: what we noted is told in it, what a server
 * said is quoted.
 */
export function answerIn(answer: string, language: Language): string {
  if (language === 'en' || answer === '') return answer;
  const t = translateTo(language);
  const place = sayAgain('delivery', answer, language) === undefined ? PLACE.exec(answer) : null;
  if (!place) return known(answer, language) ?? answer;
  const said = answer.slice(place[0].length);
  return t('text.labelled', {
    label: place[1]!,
    value: known(said, language) ?? t('text.quote', { text: said }),
  });
}
