import { translateTo } from '../../../i18n/translate.js';
import { dateForPeople } from '../../../calls/domain/index.js';
import { shownScore } from '../../../kernel/band.js';
import { namedParts, readingSaid } from '../../../matching/domain/index.js';
import type { WhyNotText } from './why-not-text.js';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const quoted = (text: string): string => `“${text}”`;
const on = (at: Date | null): string => (at === null ? '' : ` on ${dateForPeople(at, 'en')}`);
const one = (points: number): string =>
  new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(points);
const REASONS = {
  topic: 'other subject',
  trl: 'TRL',
  role: 'role',
  budget: 'budget',
  timing: 'timing',
  eligibility: 'eligibility',
  capacity: 'no capacity',
};
const STATUS = {
  open: 'It is open.',
  forthcoming: 'It has not opened yet, and can be announced.',
  closed: '',
  withdrawn: 'It was withdrawn: its source no longer shows it.',
};

/** Why a call is told or not, in English. */
export const WHY_NOT_EN: WhyNotText = {
  status: ({ status, passed }) =>
    status !== 'closed'
      ? STATUS[status]
      : passed
        ? `Its deadline has passed${on(passed)}: closed calls are not announced.`
        : 'Its source says it is closed: closed calls are not announced.',
  subject: ({ scheme }) =>
    scheme === null
      ? 'It has its own subject.'
      : `It is open to all subjects (${scheme.toUpperCase()}): such calls have their own list and match no competence.`,
  exclusion: ({ exclusions, freed }, stopped) => {
    if (!exclusions.length) return 'It contains no word that a competence excludes.';
    const places = exclusions.map(
      (e) =>
        `${quoted(e.competence)} does not count because of ${quoted(e.term)}${e.kind ? ` in ${namedParts([e.kind], 'en')}` : ''} (${quoted(e.passage)})`,
    );
    return `${list.format(places)}. ${stopped ? `Without that it would score ${one(freed)} and be announced.` : 'This makes no difference to its announcement.'}`;
  },
  addressees: ({ addressed, score }, stopped) => {
    if (!addressed) return 'It is not mainly for others.';
    const to = `It is aimed at ${translateTo('en')(`addressee.${addressed.addressee}`)}`;
    if (addressed.answered) return `${to}; you answer such calls, so it loses no points.`;
    const takes = `${to}, and research institutes rarely answer such calls: it loses ${one(addressed.points)} ${addressed.points === 1 ? 'point' : 'points'}`;
    return stopped
      ? `${takes}. Without that it would score ${one(score + addressed.points)} and be announced. If you answer such calls, say so in your preferences.`
      : `${takes}, which makes no difference to its announcement.`;
  },
  reading: (known, { least }) => {
    if (known === 'unread')
      return 'The language model has not read it for this institute: the built-in ranking decides.';
    if (known === 'decided') return 'The institute has decided on it: the language model is not asked.';
    const said = `${readingSaid(known.said, 'en')}.`;
    if (known.said.grade === 'wanted' && known.builtIn >= least) return said;
    const without = `The built-in ranking alone would score it ${one(shownScore(known.builtIn, { digits: 1, least }))}`;
    const announced = known.builtIn >= least ? 'and announce it' : 'and not announce it';
    return `${said} ${without} ${announced}.`;
  },
  score: ({ score, least, nearest }) => {
    const shown = shownScore(score, { digits: 1, least });
    if (score >= least) return `It scores ${one(shown)}; calls are announced from ${one(least)}.`;
    const near = nearest.length
      ? `closest: ${list.format(nearest.map(quoted))}`
      : 'no word of the profile comes close';
    const lacking = one(least - shown);
    return `It scores ${one(shown)}, and calls are announced from ${one(least)}: ${lacking} ${lacking === '1' ? 'point' : 'points'} short; ${near}.`;
  },
  verdict: ({ verdict }) => {
    if (!verdict) return 'No decision yet.';
    const said =
      verdict.verdict === 'relevant'
        ? 'found relevant'
        : verdict.verdict === 'study'
          ? 'marked “to study”'
          : verdict.verdict === 'later'
            ? 'put off'
            : `marked “not for us”${verdict.reason ? ` (${REASONS[verdict.reason]})` : ''}`;
    return `It was ${said}${on(verdict.at)}: it is no longer among the calls to decide${verdict.verdict === 'not' ? ', and is no longer announced' : ''}.`;
  },
  ready: ({ matched, read }) =>
    !read
      ? 'No source has been read successfully yet: nothing is announced before that.'
      : matched
        ? 'The profile has been matched with all known calls.'
        : 'The profile is being matched: e-mails wait for that.',
  contact: ({ contacts }) => {
    if (!contacts.length) return 'The institute has no recipient: nothing is sent to anyone.';
    if (contacts.every((c) => c.state === 'unconfirmed'))
      return 'No recipient has confirmed their address yet.';
    return contacts.every((c) => c.state === 'stopped' || c.state === 'unconfirmed')
      ? 'All recipients have stopped the e-mails.'
      : 'There is someone to send it to.';
  },
  firstMail: (waiting) =>
    waiting
      ? 'The first e-mail has not been sent yet: it announces the best open calls, and digests start after it.'
      : 'It is not waiting for the first e-mail.',
  announced: (announced) => {
    if (!announced) return 'It has not been sent, or has changed since.';
    return announced.state === 'announced'
      ? `It was sent to ${announced.name}${on(announced.at)}, in the e-mail ${announced.notification}; it will be sent again if it changes.`
      : `It is in the e-mail ${announced.notification} to ${announced.name}, which is waiting to be sent.`;
  },
  baseline: (baseline) =>
    baseline
      ? `It was already published when ${baseline.name} received the first e-mail${on(baseline.at)}, and was not among the best calls announced then: only a change to it is announced.`
      : 'It was published after the first e-mail.',
  rank: (behind, room) =>
    behind
      ? `It is number ${behind.place} among the new calls, and an e-mail holds ${room}: it waits for a later one.`
      : `There is room for it: an e-mail holds ${room} ${room === 1 ? 'call' : 'calls'}.`,
  digest: (next, due) => {
    if (next) return `It is waiting for the next digest, to ${next.name}${on(next.at)}.`;
    return due
      ? `The next digest will be sent${on(due)}; this call is not waiting for it.`
      : 'It is not waiting for a digest.';
  },
};
