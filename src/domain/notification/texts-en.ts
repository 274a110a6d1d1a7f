import type { Texts } from './texts.js';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const quotes = { open: '“', close: '”' };
const quoted = (text: string): string => quotes.open + text + quotes.close;
const calls = (count: number, what = ''): string => `${count}${what} ${count === 1 ? 'call' : 'calls'}`;
const newAndChanged = (fresh: number, changed: number): string => {
  if (!changed) return calls(fresh, ' new');
  return fresh ? `${calls(fresh, ' new')} and ${changed} changed` : calls(changed, ' changed');
};
const best = (count: number): string =>
  count === 1 ? 'your best open call now' : `your ${count === 10 ? 'ten' : count} best open calls now`;

/** The symbol where every reader knows it, the currency's code else. */
const priced = (digits: string, currency: string): string =>
  currency === 'EUR' ? `€${digits}` : `${currency}\u00a0${digits}`;

/** English, as the United Kingdom and the Commission write it. */
export const textsEn: Texts = {
  locale: 'en-GB',
  quotes,
  labelled: (label, value) => `${label}: ${value}`,
  semicolon: '; ',

  subject: {
    first: (profile, n) => `${profile}: ${n === 1 ? '1 open call that fits' : `${n} open calls that fit`}`,
    digest: (profile, fresh, changed) => `${profile}: ${newAndChanged(fresh, changed)}`,
    nothingFits: (profile) => `${profile}: no open call fits at the moment`,
    nothingNew: (profile) => `${profile}: no new calls`,
    withDeadline: (subject, date) => `${subject} – closest deadline ${date}`,
  },
  sampleBanner: 'SAMPLE: the calls in this mail are invented. They show what a mail looks like; nobody can apply to them.',
  greeting: (name) => `Hello ${name},`,
  heading: {
    first: (n) => best(n).replace(/^y/, 'Y'),
    digest: newAndChanged,
    nothing: 'Nothing to report',
  },
  firstIntro: (profile, n) =>
    `${n === 1 ? 'This is' : 'These are'} ${best(n)}, judged by the profile ${quoted(profile)}.`,
  firstPromise:
    'What stood in the sources read until now will not be announced to you as new later. ' +
    'From now on you hear of what is new or has changed.',
  digestIntro: (profile) => `This is what is new or has changed for the profile ${quoted(profile)} since the last mail.`,
  nothingFits: (profile) =>
    `No call that is open now fits the profile ${quoted(profile)}. You will hear from us when one appears.`,
  nothingNew: (profile) => `Nothing is new and nothing has changed for the profile ${quoted(profile)} since the last mail.`,
  badge: { fresh: 'New', changed: 'Changed', stood: 'New to you: its source is read since lately' },

  label: {
    programme: 'Programme',
    typeOfAction: 'Type of action',
    fit: 'Score',
    deadline: 'Deadline',
    thenDeadline: 'Then',
    passedDeadline: 'Passed',
    opens: 'Opens',
    budget: 'Budget',
    changes: 'What has changed',
  },
  notStated: 'not stated',
  noDeadline: 'none stated',
  callKind: { grant: 'grant', cascade: 'cascade funding', 'external-action': 'external action' },
  score: (points, band) => `${points} out of 100 (${band})`,

  date: (day, month, year) => `${day} ${month} ${year}`,
  time: (hour, minute) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
  deadline: {
    told: (date, time) => `${date}, ${time} (Brussels)`,
    notTold: (date, time) => `${date} (time not stated: ${time}, Brussels time, by rule)`,
    kind: { 'stage-1': 'stage 1', 'stage-2': 'stage 2', 'cut-off': 'cut-off' },
  },
  moment: (date, time) => `${date}, ${time} (Brussels)`,

  amount: priced,
  millions: (digits, currency) => `${priced(digits, currency)} million`,
  budget: {
    topic: (total) => `${total} for the topic`,
    shared: (total) => `${total} in all, probably shared by several topics`,
    totalNotStated: 'total not stated',
    range: (min, max) => `${min} to ${max} per project`,
    exactly: (amount) => `${amount} per project`,
    atLeast: (amount) => `at least ${amount} per project`,
    atMost: (amount) => `at most ${amount} per project`,
    grants: (n) => (n === 1 ? '1 project expected' : `${n} projects expected`),
  },

  reason: (competence, terms, others) => {
    const also = others.length ? `; it also fits ${list.format(others.map(quoted))}` : '';
    return `Fits your competence ${quoted(competence)}: it speaks of ${list.format(terms)}${also}.`;
  },
  noReason: 'None of your profile’s words were found in it.',

  openCall: 'Open the call’s page',
  coming: 'Still to open, and fitting too',
  more: (n) => `And ${calls(n, ' more')} that ${n === 1 ? 'fits' : 'fit'} your profile.`,
  sources: {
    heading: 'How fresh this is',
    readOn: (moment, age) => `last read in full on ${moment}, ${age}`,
    never: 'not yet read successfully',
    notReadSince: (moment, age, why) => `not read since ${moment}, ${age}, because ${why}; its calls are shown as they were then`,
    neverBecause: (why) => `not yet read successfully, because ${why}`,
    why: {
      doubtful: 'what it answers does not add up',
      broken: 'its form has changed and can no longer be read',
      blocked: 'it refuses our requests',
      throttled: 'it does not let itself be asked more often at present',
      unreachable: 'it does not answer',
    },
    quiet: (moment, age) => `last read in full on ${moment}, ${age}; it has shown nothing new for unusually long, so have a look at its own page too`,
  },
  why: (profile) => `You receive this mail as a contact of ${profile}.`,
  inbox: 'Decide on these calls and propose them to a researcher: open carnot-europe',
  unsubscribe: 'Unsubscribe',
};
