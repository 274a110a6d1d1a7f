import type { Texts } from './texts.js';

const quotes = { open: '“', close: '”' };
const quoted = (text: string): string => quotes.open + text + quotes.close;

/** The symbol where every reader knows it, the currency's code else. */
const priced = (digits: string, currency: string): string =>
  currency === 'EUR' ? `€${digits}` : `${currency}\u00a0${digits}`;

/** English, as the United Kingdom and the Commission write it. */
export const textsEn: Texts = {
  locale: 'en-GB',
  quotes,
  labelled: (label, value) => `${label}: ${value}`,
  semicolon: '; ',

  greeting: (name) => `Hello ${name},`,

  label: {
    programme: 'Programme',
    typeOfAction: 'Type of action',
    deadline: 'Deadline',
    thenDeadline: 'Then',
    passedDeadline: 'Passed',
    opens: 'Opens',
    budget: 'Budget',
    underTopic: 'Under topic',
    project: 'Organised by project',
    duration: 'Duration',
    zones: 'Zones',
    contractType: 'Type of contract',
  },
  notStated: 'not stated',
  noDeadline: 'none stated',
  callKind: { grant: 'grant', cascade: 'cascade funding', 'external-action': 'external action' },
  withLumpSum: (type) => `${type}, lump sum`,
  score: (points, band) => `${points} out of 100 (${band})`,

  date: (day, month, year) => `${day} ${month} ${year}`,
  time: (hour, minute) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
  deadline: {
    told: (date, time) => `${date}, ${time} (Brussels)`,
    notAnnounced: (date, time) => `${date} (time not stated; default: ${time}, Brussels time)`,
    marked: (date) => `${date}*`,
    note: '* Time not stated by the source; default: 17:00, Brussels time.',
    kind: { 'stage-1': 'stage 1', 'stage-2': 'stage 2', 'cut-off': 'cut-off' },
  },
  moment: (date, time) => `${date}, ${time} (Brussels)`,

  amount: priced,
  millions: (digits, currency) => `${priced(digits, currency)} million`,
  budget: {
    topic: (total) => `${total} for the topic`,
    call: (total) => `${total} for the call`,
    withoutCurrency: (asWritten) =>
      `${quoted(asWritten)} as published, with no currency: check the official page`,
    implausible: (asWritten, currency) =>
      `${quoted(asWritten)} ${currency} as published: an implausible amount, check the official page`,
    shared: (total) => `${total} in all, probably shared by several topics`,
    unclear: (total) => `${total} for the topic, or shared by several topics of the call`,
    totalNotStated: 'total not stated',
    range: (min, max) => `${min} to ${max} per project`,
    exactly: (amount) => `${amount} per project`,
    atLeast: (amount) => `at least ${amount} per project`,
    atMost: (amount) => `at most ${amount} per project`,
    grants: (n) => (n === 1 ? '1 project expected' : `${n} projects expected`),
  },
  short: {
    daysTo: (days) => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `D-${days}`),
    passed: (date) => `closed ${date}`,
    opens: (date) => `opens ${date}`,
    noDeadline: 'no deadline stated',
    millions: (digits, currency) => `${priced(digits, currency)}M`,
    perProject: (amount) => `${amount} per project`,
    total: (amount, shared) => (shared ? `${amount} for several topics` : `${amount} in all`),
    doubtful: 'amount to be checked',
  },

  sources: {
    readOn: (moment, age) => `last read in full on ${moment}, ${age}`,
    never: 'not yet read successfully',
    notReadSince: (moment, age, why) =>
      `not read since ${moment}, ${age}, because ${why}; its calls are shown as they were then`,
    neverBecause: (why) => `not yet read successfully, because ${why}`,
    why: {
      doubtful: 'its answers are contradictory',
      broken: 'its format has changed and can no longer be read',
      blocked: 'it refuses our requests',
      refused: 'it denies us access',
      throttled: 'it limits how often we may read it',
      unreachable: 'it is not responding',
    },
    quiet: (moment, age) =>
      `last read in full on ${moment}, ${age}; it has shown nothing new for an unusually long time, so check its own page too`,
  },
};
