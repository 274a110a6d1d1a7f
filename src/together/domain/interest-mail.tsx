import { textsIn } from '../../calls/domain/index.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import { ownAddress } from '../../kernel/web-address.js';
import { LinkedLines, mailPage, P, Row, wrapped, type RenderedMail } from '../../outbox/domain/index.js';
import { nameIn } from '../../profiles/domain/index.js';

/** What others opened about calls in which somebody's institute is interested. */
export interface InterestNews {
  kind: 'interest' | 'joint';
  callId: string;
  title: string;
  /** Of the institute that is interested; empty for a joint opportunity. */
  name: string;
  brings: string | null;
}

const NB = '\u00a0';
const LONGEST_TITLE = 90;
const LONGEST_SENTENCE = 200;

interface Words {
  intro: string;
  interest: (name: string, title: string) => string;
  brings: (sentence: string) => string;
  joint: (title: string) => string;
  more: (first: string, n: number) => string;
  foot: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    intro: 'On calls in which you opened your interest:',
    interest: (name, title) => `${name} is interested in “${title}” too`,
    brings: (sentence) => ` It could bring: ${sentence}`,
    joint: (title) => `A joint opportunity has begun for “${title}”`,
    more: (first, n) => `${first}, and ${n} more`,
    foot: 'To stop these e-mails, untick “Tell me” on the page of your interest in the call.',
  },
  fr: {
    intro: `Sur des appels pour lesquels vous avez signalé votre intérêt${NB}:`,
    interest: (name, title) => `${nameIn(name, 'start', 'fr')} s’intéresse aussi à «${NB}${title}${NB}»`,
    brings: (sentence) => ` Apport possible${NB}: ${sentence}`,
    joint: (title) => `Un projet commun a été lancé pour «${NB}${title}${NB}»`,
    more: (first, n) => `${first}, et ${n} autre${n > 1 ? 's' : ''}`,
    foot: `Pour ne plus recevoir ces e-mails, décochez «${NB}Me prévenir${NB}» sur la page de votre intérêt pour l’appel.`,
  },
};

/** The mail about what others opened: a line for each, with the way to the call. */
export function interestMail(
  name: string,
  news: InterestNews[],
  language: Language,
  page: (callId: string) => string,
): RenderedMail {
  const words = WORDS[language];
  const lines = news.map((one) => {
    const title = shortened(oneLine(one.title), LONGEST_TITLE);
    const brings = one.brings && shortened(oneLine(one.brings), LONGEST_SENTENCE);
    return {
      says: one.kind === 'joint' ? words.joint(title) : words.interest(oneLine(one.name), title),
      below: brings ? words.brings(brings).trim() : null,
      link: ownAddress(page(one.callId)),
    };
  });
  const [first] = lines;
  const subject = lines.length === 1 ? first!.says : words.more(first!.says, lines.length - 1);
  const greeting = textsIn(language).greeting(name);
  const text = [
    greeting,
    words.intro,
    ...lines.map(
      ({ says, below, link }) =>
        `${wrapped(`- ${says}.`)}\n${below ? `${wrapped(`  ${below}`)}\n` : ''}  ${link}`,
    ),
    wrapped(words.foot),
  ].join('\n\n');
  const content = (
    <>
      <Row>
        <P>{greeting}</P>
        <P>{words.intro}</P>
        <LinkedLines lines={lines} />
      </Row>
      <Row tone="foot">{words.foot}</Row>
    </>
  );
  return { subject, text: `${text}\n`, html: mailPage({ language, title: subject }, content) };
}
