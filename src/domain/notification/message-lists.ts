import { bandOf } from '../matching/band.js';
import { deadlineFacts, openingFact } from './call-facts.js';
import { dateForPeople, deadlineForPeople } from './deadline.js';
import { named, set, titleOf, type Link } from './item-view.js';
import type { Measure } from './measure.js';
import type { Message } from './message.js';
import { messageWords } from './message-words-in.js';
import { oneLine, shortened } from './one-line.js';
import { sourceAge } from './source-age.js';
import { textsIn } from './texts-in.js';
import { ownAddress } from './web-address.js';

/** A line of a list: what it is about in front ("in 12 days"), a title that leads to a page, and what more there is to say. */
export interface LineView {
  front: string | null;
  language: string;
  title: string;
  /** Sentences of ours. */
  says: string[];
  /** What a person wrote, for quotation marks. */
  quote: string | null;
  link: Link | null;
}

/** Lines under a heading; `more` are those that are left out, `link` leads to all. */
export interface ListView { heading: string; lines: LineView[]; more: string | null; link: Link | null }

const LONGEST_WORD = 300;
const LONGEST_TITLE = 140;

/** The deadlines that come near, the nearest first. */
export function deadlineList({ reminders, language, inboxUrl }: Message, measure: Measure): ListView | null {
  const words = messageWords(language);
  if (!reminders.length) return null;
  const nearest = [...reminders].sort((a, b) => Date.parse(a.deadline.at) - Date.parse(b.deadline.at));
  const lines = nearest.slice(0, measure.deadlines).map(({ call, deadline, daysLeft: days, pageUrl }): LineView => ({
    front: words.deadlines.left(days), language: call.language, title: titleOf(call, LONGEST_TITLE), says: [deadlineForPeople(deadline, language, 'marked')], quote: null,
    link: { label: words.openCall, url: ownAddress(pageUrl) },
  }));
  const more = reminders.length - lines.length;
  return {
    heading: words.deadlines.heading, lines, more: more > 0 ? words.deadlines.more(more) : null,
    link: more > 0 && inboxUrl !== null ? { label: words.foot.inbox, url: ownAddress(inboxUrl) } : null,
  };
}

/** What researchers answered who were asked. */
export function answerList({ answers, language, inboxUrl }: Message, measure: Measure): ListView | null {
  const words = messageWords(language);
  if (!answers.length) return null;
  const lines = answers.slice(0, measure.lines).map((answer): LineView => ({
    front: words.answers.says[answer.answer](named(answer.researcher)), language: answer.call.language, title: titleOf(answer.call, LONGEST_TITLE),
    says: [words.answers.asked(named(answer.profileName))], quote: answer.word === null ? null : set(shortened(oneLine(answer.word), LONGEST_WORD), language),
    link: { label: words.openCall, url: ownAddress(answer.pageUrl) },
  }));
  const more = answers.length - lines.length;
  return {
    heading: words.answers.heading, lines, more: more > 0 ? words.andMore(more) : null,
    link: more > 0 && inboxUrl !== null ? { label: words.foot.inbox, url: ownAddress(inboxUrl) } : null,
  };
}

/** Sources that went quiet or cannot be read. */
export function troubleList({ troubles, language, now }: Message): ListView | null {
  const words = messageWords(language);
  if (!troubles.length) return null;
  const lines = troubles.map((trouble): LineView => ({
    front: null, language, title: words.troubles.since(named(trouble.name), dateForPeople(trouble.since, language)), says: [sourceAge(trouble, now, language)],
    quote: null, link: null,
  }));
  return { heading: words.troubles.heading, lines, more: null, link: null };
}

/** Calls of a first message that are still to open: when they open, their next deadline and how well they fit. */
export function comingList({ coming, language, now }: Message, measure: Measure): ListView | null {
  const [texts, words] = [textsIn(language), messageWords(language)];
  if (!coming.length) return null;
  const lines = coming.slice(0, measure.lines).map(({ call, match, pageUrl }): LineView => {
    const facts = [...openingFact(call, now, language), ...deadlineFacts(call, now, language, 'marked').slice(0, 1)].map((f) => texts.labelled(f.label, f.value));
    const score = match ? [words.score(Math.round(match.score), bandOf(match.score))] : [];
    return {
      front: null, language: call.language, title: titleOf(call, LONGEST_TITLE), says: [[...facts, ...score].join(texts.semicolon)], quote: null,
      link: { label: words.openCall, url: ownAddress(pageUrl) },
    };
  });
  const more = coming.length - lines.length;
  return { heading: words.coming, lines, more: more > 0 ? words.andMore(more) : null, link: null };
}
