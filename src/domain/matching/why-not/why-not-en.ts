import { ADDRESSEE_NAMES } from '../../call/addressee.js';
import { shownScore } from '../band.js';
import { dateForPeople } from '../../notification/deadline.js';
import { namedParts } from '../reasons/call-parts.js';
import type { WhyNotText } from './why-not-text.js';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const quoted = (text: string): string => `“${text}”`;
const on = (at: Date | null): string => (at === null ? '' : ` on ${dateForPeople(at, 'en')}`);
const one = (points: number): string => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(points);
const REASONS = { topic: 'other subject', trl: 'TRL', role: 'role', budget: 'budget', timing: 'timing', eligibility: 'eligibility', capacity: 'no capacity' };
const STATUS = { open: 'It is open.', forthcoming: 'It is still to open, and can be told.', closed: '', withdrawn: 'It was withdrawn: its source does not show it any more.' };

/** Why a call is told or not, in English. */
export const WHY_NOT_EN: WhyNotText = {
  status: ({ status, passed }) => (status !== 'closed' ? STATUS[status] : passed ? `Its deadline has passed${on(passed)}: what is closed is not told.` : 'Its source says that it is closed: what is closed is not told.'),
  subject: ({ scheme }) => (scheme === null ? 'It has a subject of its own.' : `It is open to every subject (${scheme.toUpperCase()}): such calls are listed by themselves, and are no match of a competence.`),
  exclusion: ({ exclusions, freed }, stopped) => {
    if (!exclusions.length) return 'It holds no word that a competence excludes.';
    const places = exclusions.map((e) => `${quoted(e.competence)} does not count because of ${quoted(e.term)}${e.kind ? ` in ${namedParts([e.kind], 'en')}` : ''} (${quoted(e.passage)})`);
    return `${list.format(places)}. ${stopped ? `Without that it would score ${one(freed)} and be told.` : 'That does not decide whether it is told.'}`;
  },
  addressees: ({ addressed, score }, stopped) => {
    if (!addressed) return 'It is not addressed to others in the first place.';
    const to = `It is addressed to ${ADDRESSEE_NAMES.en[addressed.addressee]}`;
    if (addressed.answered) return `${to}; you answer such calls, and it loses nothing.`;
    const takes = `${to}, and research institutes seldom answer such calls: that takes ${one(addressed.points)} points`;
    return stopped ? `${takes}. Without that it would score ${one(score + addressed.points)} and be told. If you answer such calls, say so in your preferences.` : `${takes}, and does not decide whether it is told.`;
  },
  score: ({ score, least, nearest }) => {
    const shown = shownScore(score, { digits: 1, least });
    if (score >= least) return `It scores ${one(shown)}; calls are told from ${one(least)} on.`;
    const near = nearest.length ? `nearest ${nearest.length === 1 ? 'is' : 'are'} ${list.format(nearest.map(quoted))}` : 'no word of the profile comes near';
    const lacking = one(least - shown);
    return `It scores ${one(shown)}, and calls are told from ${one(least)} on: ${lacking} ${lacking === '1' ? 'point is' : 'points are'} missing; ${near}.`;
  },
  verdict: ({ verdict }) => {
    if (!verdict) return 'Nobody has decided on it.';
    const said = verdict.verdict === 'relevant' ? 'found relevant' : `marked “not for us”${verdict.reason ? ` (${REASONS[verdict.reason]})` : ''}`;
    return `It was ${said}${on(verdict.at)}: it is not among the undecided calls of the inbox any more${verdict.verdict === 'not' ? ', and it is told no more' : ''}.`;
  },
  ready: ({ matched, read }) => (!read ? 'No source was read well yet: nobody is told anything before.' : matched ? 'The profile is matched with all that is known.' : 'The profile is just being matched: mails wait for that.'),
  contact: ({ contacts }) => {
    if (!contacts.length) return 'The institute has no recipient: nobody is told anything.';
    if (contacts.every((c) => c.state === 'unconfirmed')) return 'Nobody who could be told has confirmed their address yet.';
    return contacts.every((c) => c.state === 'stopped' || c.state === 'unconfirmed') ? 'Everybody who could be told has stopped the mails.' : 'There is somebody to tell.';
  },
  firstMail: (waiting) => (waiting ? 'The first mail has not left yet: it tells the best of what is open, and only then do digests begin.' : 'The first mail is not what it waits for.'),
  told: (told) => {
    if (!told) return 'It was not told, or it has changed since.';
    return told.state === 'told' ? `It was told to ${told.name}${on(told.at)}, in the mail ${told.notification}; it is told again when it changes.` : `It stands in the mail ${told.notification} to ${told.name}, which waits to leave.`;
  },
  baseline: (stood) => (stood ? `It stood there already when ${stood.name} was first written to${on(stood.at)}, and was not among the best that were told then: only a change of it is told.` : 'It is not only what stood there before the first mail.'),
  rank: (behind, room) => (behind ? `It is at place ${behind.place} of what is new, and one mail holds ${room}: it waits for a later one.` : `There is room for it: a mail holds ${room} calls.`),
  digest: (next, due) => {
    if (next) return `It waits for the next digest, to ${next.name}${on(next.at)}.`;
    return due ? `The next digest leaves${on(due)}; this call is not waiting for it.` : 'It is not waiting for a digest.';
  },
};
