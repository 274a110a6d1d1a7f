import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import { ownAddress } from '../../kernel/web-address.js';
import {
  LinkedLines,
  mailPage,
  P,
  type RenderedMail,
  renderLinkMail,
  Row,
  wrapped,
} from '../../outbox/domain/mail-page.js';
import { nameIn } from '../../profiles/domain/names-in.js';
import { translateTo } from '../../i18n/translate.js';

/** Interest that others shared in calls in which a person's institute is interested. */
export interface InterestNews {
  kind: 'interest' | 'joint';
  callId: string;
  title: string;
  /** Name of the interested institute; empty for a joint opportunity. */
  name: string;
  brings: string | null;
}

const LONGEST_TITLE = 90;
const LONGEST_SENTENCE = 200;

/** The e-mail about the interests of others: a line for each, with a link to the call. */
export function interestMail(
  name: string,
  news: InterestNews[],
  language: Language,
  page: (callId: string) => string,
): RenderedMail {
  const t = translateTo(language);
  const [intro, foot] = [t('mail.interest.intro'), t('mail.interest.foot')];
  const lines = news.map((one) => {
    const title = shortened(oneLine(one.title), LONGEST_TITLE);
    const brings = one.brings && shortened(oneLine(one.brings), LONGEST_SENTENCE);
    return {
      says:
        one.kind === 'joint'
          ? t('mail.interest.joint', { title })
          : t('mail.interest.interest', { name: nameIn(oneLine(one.name), 'start', language), title }),
      below: brings ? t('mail.interest.brings', { sentence: brings }) : null,
      link: ownAddress(page(one.callId)),
    };
  });
  const [first] = lines;
  const subject =
    lines.length === 1 ? first!.says : t('mail.and-more', { first: first!.says, n: lines.length - 1 });
  const greeting = t('text.greeting', { name });
  const text = [
    greeting,
    intro,
    ...lines.map(
      ({ says, below, link }) =>
        `${wrapped(`${says}.`, '- ', '  ')}\n${below ? `${wrapped(below, '  ', '  ')}\n` : ''}  ${link}`,
    ),
    wrapped(foot),
  ].join('\n\n');
  const content = (
    <>
      <Row>
        <P>{greeting}</P>
        <P>{intro}</P>
        <LinkedLines lines={lines} />
      </Row>
      <Row tone="foot">{foot}</Row>
    </>
  );
  return {
    subject,
    text: `${text}\n`,
    html: mailPage({ language, title: subject, heading: t('mail.interest.heading') }, content),
  };
}

/** Who asks to join the joint opportunity of a call, as its title says, what was answered, or who left it. */
export type NewcomerNews = { title: string } & (
  | { kind: 'asks'; institute: string; brings: string | null }
  | { kind: 'left'; institute: string; wasLead: boolean }
  | { kind: 'joined'; accepted: boolean }
  | { kind: 'declined' }
);

/** Tells the members who asks to join or has left, or the institute that asked what they answered. */
export function newcomerMail(
  news: NewcomerNews,
  { name, language, url }: { name: string; language: Language; url: string },
): RenderedMail {
  const t = translateTo(language);
  const title = shortened(oneLine(news.title), LONGEST_TITLE);
  const says =
    'institute' in news
      ? t(`mail.joining.${news.kind}`, { title, name: nameIn(oneLine(news.institute), 'start', language) })
      : t(`mail.joining.${news.kind}`, { title });
  const brings =
    news.kind === 'asks' && news.brings !== null
      ? [t('mail.interest.brings', { sentence: shortened(oneLine(news.brings), LONGEST_SENTENCE) })]
      : [];
  return renderLinkMail({
    language,
    url,
    // Nobody accepts who becomes a member since none is left.
    subject:
      'institute' in news || (news.kind === 'joined' && !news.accepted)
        ? says
        : t(`mail.joining.subject.${news.kind}`, { title }),
    greeting: t('text.greeting', { name }),
    label: t(`mail.joining.label.${news.kind}`),
    before: [
      `${says}.`,
      ...brings,
      news.kind === 'left'
        ? t('mail.joining.says.left', { lead: news.wasLead ? 'yes' : 'no' })
        : t(`mail.joining.says.${news.kind}`),
    ],
    after: [],
  });
}
