import { deliveryNotes } from '../../../i18n/delivery-notes.js';
import { translateTo } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';

/** Connection errors of Node and nodemailer, and our words for them. */
const CONNECTION: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'connection refused'],
  [/ENOTFOUND|EAI_AGAIN|ENODATA/, 'host not found'],
  [/ETIMEDOUT|[Tt]imeout|Greeting never received/, 'no answer in time'],
  [/ECONNRESET|EPIPE|socket close|Connection closed/, 'connection cut'],
  [/EHOSTUNREACH|ENETUNREACH/, 'host unreachable'],
  [/certificate|CERT_/, 'invalid certificate'],
];

/** Our phrases that contain a number or a code. */
const WITH_VALUE = [
  [/^not sent within (\d+) seconds$/, 'answer.not-sent-within'],
  [/^status (\d{3})$/, 'answer.status'],
  [/^the mail folder cannot be written to \((\w+)\)$/, 'answer.mail-folder'],
] as const;

/** Translates our phrases and connection errors; returns undefined for a server's own words. */
function known(said: string, language: Language): string | undefined {
  const connection = CONNECTION.find(([form]) => form.test(said))?.[1];
  const noted = deliveryNotes[language]?.get(said) ?? deliveryNotes[language]?.get(connection ?? '');
  if (noted !== undefined) return noted;
  for (const [form, key] of WITH_VALUE) {
    const [, value] = form.exec(said) ?? [];
    if (value !== undefined) return translateTo(language)(key, { value });
  }
  return undefined;
}

/** Where a message was sent, before the answer: "hooks.example.org: ", "smtp.example.org:25 (RCPT TO): ". */
const PLACE = /^([a-z0-9.-]+(?::\d{1,5})?(?: \([A-Z ]{1,20}\))?): /i;

/**
 * Says how a delivery attempt went, in the reader's language: our phrases are translated, a server's words
 * are quoted.
 */
export function answerIn(answer: string, language: Language): string {
  if (language === 'en' || answer === '') return answer;
  const t = translateTo(language);
  const place = deliveryNotes[language]?.has(answer) ? null : PLACE.exec(answer);
  if (!place) return known(answer, language) ?? answer;
  const said = answer.slice(place[0].length);
  return t('text.labelled', {
    label: place[1]!,
    value: known(said, language) ?? t('text.quote', { text: said }),
  });
}
