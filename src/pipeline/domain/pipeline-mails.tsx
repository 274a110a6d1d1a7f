import type { Language } from '../../kernel/language.js';
import { ownAddress } from '../../kernel/web-address.js';
import { translateTo } from '../../i18n/translate.js';
import {
  Button,
  Lines,
  LinkedLines,
  mailPage,
  P,
  Quote,
  type RenderedMail,
  Row,
  SMALL,
  TextLink,
  wrapped,
} from '../../outbox/domain/mail-page.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { labelFor } from './milestones.js';
import type { Reminder } from './reminders.js';

const labelIn = (language: Language): string => translateTo(language)('mail.pipeline-settings');

/** The link at the end of each pipeline e-mail to the settings for these e-mails. */
const settingsText = (language: Language, settings: string): string =>
  `${labelIn(language)}\n${ownAddress(settings)}`;

const SettingsLine = ({ language, settings }: { language: Language; settings: string }) => (
  <P style={`margin:16px 0 0 0;${SMALL}`}>
    <TextLink label={labelIn(language)} url={ownAddress(settings)} />
  </P>
);

const LONGEST_TITLE = 90;
const LONGEST_LABEL = 120;
/** Subjects have less room, but must not be cut off mid-sentence. */
const IN_SUBJECT = { title: 48, label: 48 };

const dayOf = (on: string, language: Language): string =>
  dateForPeople(new Date(`${on}T12:00:00Z`), language);

/** The e-mail about a person's own dates: a line and a link for each. */
export function reminderMail(
  name: string,
  reminders: Reminder[],
  language: Language,
  page: (opportunityId: string) => string,
  settings: string,
): RenderedMail {
  const t = translateTo(language);
  const intro = t('mail.reminder.intro');
  const says = ({ kind, title, label, on }: Reminder, longest: { title: number; label: number }): string =>
    t(`mail.reminder.${kind}`, {
      title: shortened(oneLine(title), longest.title),
      label: shortened(oneLine(labelFor(label ?? '', language)), longest.label),
      day: dayOf(on, language),
    });
  const lines = reminders.map((reminder) => ({
    says: says(reminder, { title: LONGEST_TITLE, label: LONGEST_LABEL }),
    link: ownAddress(page(reminder.opportunityId)),
  }));
  const first = says(reminders[0]!, IN_SUBJECT);
  const subject = lines.length === 1 ? first : t('mail.and-more', { first, n: lines.length - 1 });
  const greeting = t('text.greeting', { name });
  const text = [
    greeting,
    intro,
    ...lines.map(({ says, link }) => `${wrapped(says, '- ', '  ')}\n  ${link}`),
    settingsText(language, settings),
  ].join('\n\n');
  const content = (
    <Row>
      <P>{greeting}</P>
      <P>{intro}</P>
      <LinkedLines lines={lines} />
      <SettingsLine language={language} settings={settings} />
    </Row>
  );
  return {
    subject,
    text: `${text}\n`,
    html: mailPage({ language, title: subject, heading: t('mail.reminder.heading') }, content),
  };
}

/** The page shows the full text. */
const LONGEST_QUOTE = 1_000;

interface Mention {
  to: string;
  author: string;
  title: string;
  text: string;
  language: Language;
  page: string;
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
