import { dateForPeople, textsIn } from '../../calls/domain/index.js';
import { LinkedLines, mailPage, P, Row, wrapped, type RenderedMail } from '../../outbox/domain/index.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { ownAddress } from '../../kernel/web-address.js';
import type { Language } from '../../kernel/language.js';
import { SettingsLine, settingsText } from './mail-settings.js';
import type { Reminder } from './reminders.js';

const NB = '\u00a0';

interface Words {
  subject: (count: number, first: string) => string;
  intro: string;
  says: Record<Reminder['kind'], (title: string, label: string, day: string) => string>;
}

const WORDS: Record<Language, Words> = {
  en: {
    subject: (count, first) => (count === 1 ? first : `${first}, and ${count - 1} more`),
    intro: 'In your pipeline:',
    says: {
      milestone: (title, label, day) => `${label}: ${day} (${title})`,
      task: (title, label, day) => `${label}: due ${day} (${title})`,
      moved: (title, _, day) => `The deadline moved to ${day}: should your dates move too? (${title})`,
      result: (title, _, day) => `The result was expected by ${day}: is it known? (${title})`,
      contract: (title, _, day) => `The agreement was expected by ${day}: is it signed? (${title})`,
    },
  },
  fr: {
    subject: (count, first) =>
      count === 1 ? first : `${first}, et ${count - 1} autre${count > 2 ? 's' : ''}`,
    intro: `Dans vos projets${NB}:`,
    says: {
      milestone: (title, label, day) => `${label}${NB}: le ${day} (${title})`,
      task: (title, label, day) => `${label}${NB}: à faire pour le ${day} (${title})`,
      moved: (title, _, day) =>
        `La date limite a été déplacée au ${day}${NB}: faut-il décaler vos dates${NB}? (${title})`,
      result: (title, _, day) =>
        `Le résultat était attendu avant le ${day}${NB}: est-il connu${NB}? (${title})`,
      contract: (title, _, day) =>
        `La convention était attendue avant le ${day}${NB}: est-elle signée${NB}? (${title})`,
    },
  },
};

const LONGEST_TITLE = 90;
const LONGEST_LABEL = 120;

/** A day for people, as mails write it. */
const dayOf = (on: string, language: Language): string =>
  dateForPeople(new Date(`${on}T12:00:00Z`), language);

/** The mail about somebody's own dates: a line for each, with the way to it. */
export function reminderMail(
  name: string,
  reminders: Reminder[],
  language: Language,
  page: (opportunityId: string) => string,
  settings: string,
): RenderedMail {
  const words = WORDS[language];
  const lines = reminders.map(({ kind, title, label, on, opportunityId }) => ({
    says: words.says[kind](
      shortened(oneLine(title), LONGEST_TITLE),
      shortened(oneLine(label ?? ''), LONGEST_LABEL),
      dayOf(on, language),
    ),
    link: ownAddress(page(opportunityId)),
  }));
  const subject = words.subject(lines.length, shortened(lines[0]!.says, LONGEST_TITLE));
  const greeting = textsIn(language).greeting(name);
  const text = [
    greeting,
    words.intro,
    ...lines.map(({ says, link }) => `${wrapped(`- ${says}`)}\n  ${link}`),
    settingsText(language, settings),
  ].join('\n\n');
  const content = (
    <Row>
      <P>{greeting}</P>
      <P>{words.intro}</P>
      <LinkedLines lines={lines} />
      <SettingsLine language={language} settings={settings} />
    </Row>
  );
  return { subject, text: `${text}\n`, html: mailPage({ language, title: subject }, content) };
}
