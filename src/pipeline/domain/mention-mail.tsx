import {
  Button,
  Lines,
  mailPage,
  P,
  Quote,
  type RenderedMail,
  Row,
  wrapped,
} from '../../outbox/domain/mail-page.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import { translateTo } from '../../i18n/translate.js';
import { SettingsLine, settingsText } from './reminder-mail.js';

const LONGEST_TITLE = 90;
/** The page shows the full text. */
const LONGEST_QUOTE = 1_000;

export interface Mention {
  to: string;
  author: string;
  title: string;
  text: string;
  language: Language;
  page: string;
  /** Address of the notification settings. */
  settings: string;
}

/** The e-mail to somebody whom a comment mentions: who wrote what, and a link to answer. */
export function mentionMail({ to, author, title, text, language, page, settings }: Mention): RenderedMail {
  const t = translateTo(language);
  const [name, short] = [oneLine(author), shortened(oneLine(title), LONGEST_TITLE)];
  const subject = t('mail.mention.subject', { author: name, title: short });
  const greeting = t('text.greeting', { name: to });
  const says = t('mail.mention.says', { author: name, title: short });
  const open = t('mail.mention.open');
  const quote = shortened(text, LONGEST_QUOTE);
  const link = ownAddress(page);
  const quoted = quote.split('\n').map((line) => wrapped(oneLine(line), '> ', '> '));
  const content = (
    <Row>
      <P>{greeting}</P>
      <P>{says}</P>
      <Quote below={16}>
        <Lines text={quote} />
      </Quote>
      <Button label={open} url={link} />
      <SettingsLine language={language} settings={settings} />
    </Row>
  );
  return {
    subject,
    text: `${[greeting, wrapped(says), quoted.join('\n'), `${open}\n${link}`, settingsText(language, settings)].join('\n\n')}\n`,
    html: mailPage(
      { language, title: subject, heading: t('mail.mention.heading', { author: name }) },
      content,
    ),
  };
}
