import { textsIn } from '../../calls/domain/index.js';
import { Button, mailPage, P, Row, wrapped, type RenderedMail } from '../../outbox/domain/index.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import { SettingsLine, settingsText } from './mail-settings.js';

const NB = '\u00a0';

interface Words {
  subject: (author: string, title: string) => string;
  says: (author: string, title: string) => string;
  open: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    subject: (author, title) => `${author} mentions you: ${title}`,
    says: (author, title) => `${author} writes about ${title}:`,
    open: 'See the comments',
  },
  fr: {
    subject: (author, title) => `${author} vous mentionne${NB}: ${title}`,
    says: (author, title) => `${author} écrit à propos de ${title}${NB}:`,
    open: 'Voir les commentaires',
  },
};

const LONGEST_TITLE = 90;
/** All of it stands on the page. */
const LONGEST_QUOTE = 1_000;

export interface Mention {
  to: string;
  author: string;
  title: string;
  text: string;
  language: Language;
  page: string;
  /** Where they choose which of these mails they get. */
  settings: string;
}

/** The mail to somebody whom a comment mentions: who wrote what, and the way to answer. */
export function mentionMail({ to, author, title, text, language, page, settings }: Mention): RenderedMail {
  const [texts, words] = [textsIn(language), WORDS[language]];
  const [name, short] = [oneLine(author), shortened(oneLine(title), LONGEST_TITLE)];
  const subject = words.subject(name, short);
  const greeting = texts.greeting(to);
  const says = words.says(name, short);
  const quote = shortened(text, LONGEST_QUOTE);
  const link = ownAddress(page);
  const quoted = quote.split('\n').map((line) => wrapped(oneLine(line), '> ', '> '));
  const content = (
    <Row>
      <P>{greeting}</P>
      <P>{says}</P>
      <blockquote
        class="q"
        style="margin:0 0 16px 0;padding:0 0 0 12px;border-left:3px solid #7b8a91;white-space:pre-line;"
      >
        {quote}
      </blockquote>
      <Button label={words.open} url={link} />
      <SettingsLine language={language} settings={settings} />
    </Row>
  );
  return {
    subject,
    text: `${[greeting, says, quoted.join('\n'), `${words.open}\n${link}`, settingsText(language, settings)].join('\n\n')}\n`,
    html: mailPage({ language, title: subject }, content),
  };
}
