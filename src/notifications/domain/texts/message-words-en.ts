import { ADDRESSEE_NAMES } from '../../../calls/domain/index.js';
import type { MessageWords } from './message-words.js';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const quoted = (text: string): string => `“${text}”`;
const score = (points: number, band: string): string => `${points} out of 100 (${band})`;
const best = (n: number): string =>
  n === 1 ? 'best open call now' : `${n === 10 ? 'ten' : n} best open calls now`;
const days = (n: number): string => (n === 0 ? 'today' : n === 1 ? 'tomorrow' : `in ${n} days`);

/** English, as the United Kingdom and the Commission write it. */
export const wordsEn: MessageWords = {
  count: {
    fresh: (n) => count(n, 'new call'),
    changed: (n) => count(n, 'change'),
    opened: (n) => `${count(n, 'call')} now open`,
    baseline: (n) => `${count(n, 'call')} not announced before`,
    deadlines: (n) => (n === 1 ? '1 upcoming deadline' : `${n} upcoming deadlines`),
    answers: (n) => count(n, 'answer'),
    troubles: (n) => `${count(n, 'source')} in trouble`,
    partners: (n) => count(n, 'new partner search', 'new partner searches'),
  },
  following: (name, others) => `${name} and ${count(others, 'other')}`,
  subject: {
    line: (what, whose, deadline) =>
      `Carnot Europe: ${what}${whose === null ? '' : ` for ${whose}`}${deadline === null ? '' : `, next deadline ${deadline}`}`,
    first: (n) => `your ${best(n)}`,
    best: (title, closes, others) =>
      `${title}${closes === null ? '' : ` (${closes})`}${others ? ` and ${count(others, 'more open call')}` : ''}`,
    nothingFits: 'no open call that fits at the moment',
    urgent: (mark, title, deadline) => `[${mark}] ${title}${deadline === null ? '' : ` — ${deadline}`}`,
    more: (title, others) => `${title} and ${others} more`,
    closes: (date) => `closes ${date}`,
    now: (date) => `now ${date}`,
  },
  sampleBanner:
    'SAMPLE: the calls in this message are invented. They show what a message looks like; nobody can apply to them.',
  heading: { first: (n) => `Your ${best(n)}`, nothingFits: 'No open call fits at the moment' },
  intro: {
    first: (n) =>
      `${n === 1 ? 'This is your' : 'These are your'} ${best(n)}, best first, each with its reasons.`,
    firstPromise:
      'Calls already published will not be announced again. From now on you receive what is new or has changed.',
    nothingFits: 'No call that is open now fits what you follow. We will write to you when one appears.',
    digest: 'This is what is new or has changed since the last message.',
    reminders: 'There is nothing new since the last message, but deadlines are approaching.',
    urgent: 'This could not wait for the next digest.',
    atOnce: 'You asked to receive everything immediately.',
  },
  choose: {
    heading: 'Choose what you receive',
    says:
      'Strong matches only or possible ones too; what you follow; on which day and at what time; how long before each deadline; and where. ' +
      'It takes a minute, without signing in.',
    button: 'Notification settings',
  },
  badge: { fresh: 'New', changed: 'Changed', baseline: 'Not announced before' },
  urgency: {
    'brought-forward': 'Deadline brought forward',
    'extended-late': 'Extended late',
    withdrawn: 'Withdrawn',
  },
  closesIn: (n) => `Closes ${days(n)}`,
  addressed: (to) => `It is mainly for ${ADDRESSEE_NAMES.en[to]}.`,
  topics: (n, call) => `${count(n, 'topic')} of call ${call}`,
  changes: 'What has changed',
  restOnPage: 'All differences are on its page',
  fits: (name, points, band) => `Fits ${name}: ${score(points, band)}`,
  score: (points, band) => `Score: ${score(points, band)}`,
  fitsAlso: (others, more) =>
    `Also fits: ${others.map((o) => `${o.name} (${o.points}, ${o.band})`).join(', ')}${more ? ` and ${more} more` : ''}`,
  because: (all) => `Because you follow ${list.format(all)}`,
  competence: (name) => `competence “${name}”`,
  opened: 'Now open',
  andMore: (n) => `${n} more`,
  notHere: (n) => `And ${count(n, 'more call')} in this message, for which there is no room here.`,
  followed: (kind, name, through) =>
    ({
      profile: name ?? 'this institute',
      group: `the group ${name}${through === null ? '' : ` (through ${through})`}`,
      call: name === null ? 'this call' : `the call ${quoted(name)}`,
      search: `the search ${quoted(name ?? '')}`,
    })[kind],
  openCall: 'Open in Carnot Europe',
  decide: { relevant: 'Relevant', not: 'Not for us' },
  points: (points, band, of) => `${of === null ? '' : `${of} `}${points} (${band})`,
  sourcePage: 'Official page',
  more: {
    digest: (n) =>
      `And ${count(n, 'more call')} that ${n === 1 ? 'fits and waits' : 'fit and wait'} for the next message.`,
    first: (n, inInbox) =>
      `And ${count(n, 'more open call')} that ${n === 1 ? 'fits' : 'fit'}: you find ${n === 1 ? 'it' : 'them'} in ${inInbox ? 'the inbox' : 'the list of calls'}.`,
  },
  unread: (n, all) =>
    `${all ? (n === 1 ? 'This call has' : 'These calls have') : n === 1 ? 'One of these calls has' : `${n} of these calls have`} not been read by the language model: ${n === 1 ? 'it is' : 'they are'} here by the built-in ranking.`,
  held: (n, dailyLimit) =>
    `${n} of these ${n === 1 ? 'was' : 'were'} held back by your daily limit of ${count(dailyLimit, 'message')}.`,
  deadlines: { heading: 'Upcoming deadlines', left: days, more: (n) => `And ${count(n, 'more deadline')}` },
  answers: {
    heading: 'Answers from researchers',
    says: {
      interested: (name) => `${name} is interested`,
      'not-for-me': (name) => `${name}: not for me`,
      'ask-other': (name) => `${name} suggests asking someone else`,
    },
    asked: (profile) => `asked by ${profile}`,
  },
  partners: { heading: 'New partner searches', wants: { offer: 'Offer', request: 'Request' } },
  troubles: { heading: 'Sources in trouble', since: (name, date) => `${name}, since ${date}` },
  coming: 'Opening soon',
  glance: 'Also published, at a glance',
  foot: {
    why: (all) => `You receive this because you follow ${list.format(all)}.`,
    next: (when) => `The next digest will be sent on ${when}, if there is anything new.`,
    when: (weekday, date, time, zone) =>
      `${weekday} ${date}, ${time} (${zone === 'Europe/Brussels' ? 'Brussels' : zone})`,
    noNext: 'No digest is planned at the moment.',
    sources: 'Last reading of the sources',
    inbox: 'Decide on calls, propose them to researchers',
    calls: 'See all calls',
    settings: 'Notification settings: what, when and where',
    unsubscribe: 'Unsubscribe',
  },
};
