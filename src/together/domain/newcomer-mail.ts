import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/mail-page.js';
import { nameIn } from '../../profiles/domain/name-in.js';

/** What happened to a request to join the joint opportunity of a call, as its title says. */
export type NewcomerNews = { title: string } & (
  { kind: 'asks'; institute: string; brings: string | null } | { kind: 'joined' | 'declined' }
);

const LONGEST_TITLE = 90;
const LONGEST_SENTENCE = 200;

/** Tells the members who asks to join, or the institute that asked what they answered. */
export function newcomerMail(
  news: NewcomerNews,
  { name, language, url }: { name: string; language: Language; url: string },
): RenderedMail {
  const t = translateTo(language);
  const title = shortened(oneLine(news.title), LONGEST_TITLE);
  const asks = news.kind === 'asks';
  const of = { title, ...(asks && { name: nameIn(oneLine(news.institute), 'start', language) }) };
  const brings =
    asks && news.brings !== null
      ? [t('mail.interest.brings', { sentence: shortened(oneLine(news.brings), LONGEST_SENTENCE) })]
      : [];
  return renderLinkMail({
    language,
    url,
    subject: asks ? t('mail.joining.asks', of) : t(`mail.joining.subject.${news.kind}`, { title }),
    greeting: t('text.greeting', { name }),
    label: t(`mail.joining.label.${news.kind}`),
    before: [
      ...(asks
        ? [`${t('mail.joining.asks', of)}.`, ...brings]
        : [`${t(`mail.joining.${news.kind}`, { title })}.`]),
      t(`mail.joining.says.${news.kind}`),
    ],
    after: [],
  });
}
