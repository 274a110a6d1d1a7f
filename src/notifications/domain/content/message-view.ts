import { zoneIn } from './zone-in.js';
import { DateTime } from 'luxon';
import { CarnotError } from '../../../kernel/errors.js';
import { LOCALES, type Language } from '../../../kernel/language.js';
import { followed, named, titleOf } from './item-words.js';
import type { Link } from '../../../outbox/domain/mail-parts.js';
import { dayIn, timeIn } from '../../../calls/domain/facts/deadline.js';
import { FULL, type Measure } from '../facts/measure.js';
import type { Message } from './message.js';
import { groupViews, type GroupView } from './message-groups.js';
import {
  answerList,
  askedList,
  comingList,
  deadlineList,
  glanceList,
  inboxLink,
  openedList,
  troubleList,
  type ListView,
} from './message-lists.js';
import { partnerList } from '../facts/partner-list.js';
import { markOf, subjectOf, whatIsIn } from './message-subject.js';
import { listTo } from '../../../i18n/formats.js';
import { translateTo } from '../../../i18n/translate.js';
import { byOpening } from '../events/openings.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import { sourceAge } from '../facts/source-age.js';
import { showsUnstatedTime } from '../schedule/unstated-times.js';
import { ownAddress } from '../../../kernel/web-address.js';

/** A message with every word chosen and external text reduced to one line; channels only lay it out. */
export interface MessageView {
  language: Language;
  subject: string;
  /** What mail programs show after the subject. */
  preheader: string;
  banner: string | null;
  heading: string;
  greeting: string | null;
  intro: string[];
  /** How to choose settings; first messages only. */
  choose: { heading: string; says: string; link: Link } | null;
  groups: GroupView[];
  /** How many items the daily limit had held back. */
  held: string | null;
  /** A note that some calls were not read by the language model. */
  unread: string | null;
  more: string | null;
  /**
   * In reading order: opened calls, deadlines, answers, partner searches, calls opening soon, what else was
   * published, the monthly question, failing sources.
   */
  lists: ListView[];
  inbox: Link | null;
  foot: {
    /** Explains the mark on deadlines without a stated time. */
    untold: string | null;
    why: string | null;
    next: string;
    sources: { heading: string; lines: string[] };
    settings: Link;
    unsubscribe: Link;
  };
}

const LONGEST_PREHEADER = 160;

/** Chooses the words of a message in the reader's language, as far as the channel has room. */
export function messageView(message: Message, measure = FULL): MessageView {
  refuseEmpty(message);
  const { language, name, kind, more } = message;
  const t = translateTo(language);
  const groups = groupViews({ ...message, items: byOpening(message).inFull }, measure);
  return {
    language,
    subject: subjectOf(message),
    preheader: preheaderOf(groups, message),
    banner: message.sample ? t('message.sample') : null,
    heading: headingOf(message),
    greeting: name === null ? null : t('text.greeting', { name: named(name) }),
    intro: introOf(message),
    choose:
      kind === 'first'
        ? {
            heading: t('message.choose'),
            says: t('message.choose.says'),
            link: { label: t('message.choose.button'), url: ownAddress(message.settingsUrl) },
          }
        : null,
    groups,
    held: message.held > 0 ? t('message.held', { n: message.held, limit: message.dailyLimit }) : null,
    unread: unreadOf(message),
    more: more > 0 ? moreOf(message) : null,
    lists: [
      openedList(message, measure),
      deadlineList(message, measure),
      answerList(message, measure),
      partnerList(message, measure),
      comingList(message, measure),
      glanceList(message, measure),
      askedList(message),
      troubleList(message),
    ].filter((list) => list !== null),
    inbox: inboxLink(message),
    foot: footOf(message, measure),
  };
}

/** Prevents an empty message from being sent by mistake. A first message may say that nothing fits. */
function refuseEmpty({ kind, id, items, reminders, answers, troubles, partners }: Message): void {
  if (
    kind === 'first' ||
    items.length + reminders.length + answers.length + troubles.length + partners.length > 0
  )
    return;
  throw new CarnotError('EmptyMessage', `message ${id} has nothing to tell`, 'never');
}

/** Says how many more calls fit, and where to find them. */
function moreOf({ kind, more: n, hasInbox, language }: Message): string {
  const t = translateTo(language);
  return kind === 'first'
    ? t('message.more.first', { n, where: hasInbox ? 'inbox' : 'list' })
    : t('message.more.digest', { n });
}

function unreadOf({ items, coming, language }: Message): string | null {
  const calls = [...items, ...coming];
  const unread = calls.filter((item) => item.unread).length;
  return unread > 0
    ? translateTo(language)(unread === calls.length ? 'message.unread.all' : 'message.unread.some', {
        n: unread,
      })
    : null;
}

function headingOf(message: Message): string {
  const t = translateTo(message.language);
  if (message.kind === 'first')
    return message.items.length
      ? t('message.heading.first', { n: message.items.length })
      : t('message.heading.nothing-fits');
  const marks = new Set(message.items.map((item) => markOf(item, message)));
  return message.kind === 'urgent' && marks.size === 1 ? [...marks][0]! : whatIsIn(message);
}

function introOf({ kind, items, answers, troubles, partners, language }: Message): string[] {
  const t = translateTo(language);
  if (kind === 'first')
    return [
      items.length ? t('message.intro.first', { n: items.length }) : t('message.intro.nothing-fits'),
      t('message.intro.promise'),
    ];
  if (kind === 'digest')
    return [
      t(
        items.length + answers.length + troubles.length + partners.length
          ? 'message.intro.digest'
          : 'message.intro.reminders',
      ),
    ];
  return [
    t(
      items.length && items.every((i) => i.urgency !== null)
        ? 'message.intro.urgent'
        : 'message.intro.at-once',
    ),
  ];
}

/** The changes or titles, since the subject already has the counts. */
function preheaderOf(groups: GroupView[], { items: all }: Message): string {
  const items = groups.flatMap((g) => g.items);
  if (!items.length) return shortened(all.map((i) => titleOf(i.call)).join(' · '), LONGEST_PREHEADER);
  const said =
    items.length === 1
      ? [...items[0]!.changes.map((c) => c.sentence), items[0]!.reason ?? '', items[0]!.title]
      : items.map((i) => i.title);
  return shortened(said.filter(Boolean).join(' · '), LONGEST_PREHEADER);
}

function footOf(message: Message, measure: Measure): MessageView['foot'] {
  const { language, now, follows } = message;
  const t = translateTo(language);
  return {
    untold: showsUnstatedTime(message, measure) ? t('deadline.note') : null,
    why: follows.length
      ? t('message.foot.why', { all: listTo(language, followed(follows, language, FULL, true)) })
      : null,
    next: nextDigest(message),
    sources: {
      heading: t('message.foot.sources'),
      lines: message.sources.map((s) =>
        t('text.labelled', { label: oneLine(s.name), value: sourceAge(s, now, language) }),
      ),
    },
    settings: { label: t('message.foot.settings'), url: ownAddress(message.settingsUrl) },
    unsubscribe: { label: t('message.foot.unsubscribe'), url: ownAddress(message.unsubscribeUrl) },
  };
}

/** In the reader's time zone, since they will look at their own clock. */
function nextDigest({ next, language }: Message): string {
  const t = translateTo(language);
  if (next === null) return t('message.foot.no-next');
  const there = DateTime.fromJSDate(next.at).setZone(next.zone).setLocale(LOCALES[language]);
  const when = t('message.foot.when', {
    weekday: there.toFormat('cccc'),
    date: dayIn(there, 'MMMM', language),
    time: timeIn(there, language),
    zone: zoneIn(next.zone, t),
  });
  return t('message.foot.next', { when });
}
