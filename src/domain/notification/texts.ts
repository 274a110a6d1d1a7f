import type { Band } from '../matching/band.js';
import type { CallContent, Deadline } from '../call/call-content.js';
import type { SourceTrouble } from './source-age.js';

/** Every word that our mails say, in one language. Arguments are ready to show: dates and amounts already written out. */
export interface Texts {
  /** For dates, numbers and lists. */
  locale: 'en-GB' | 'fr-FR';
  quotes: { open: string; close: string };
  labelled(label: string, value: string): string;
  /** Between two parts of a line. */
  semicolon: string;

  subject: {
    first(profile: string, count: number): string;
    digest(profile: string, fresh: number, changed: number): string;
    nothingFits(profile: string): string;
    nothingNew(profile: string): string;
    withDeadline(subject: string, date: string): string;
  };
  sampleBanner: string;
  greeting(name: string): string;
  heading: { first(count: number): string; digest(fresh: number, changed: number): string; nothing: string };
  /** Says what is in the mail, and in a first one that what the portal held before will not be announced later as new. */
  firstIntro(profile: string, count: number): string;
  firstPromise: string;
  digestIntro(profile: string): string;
  nothingFits(profile: string): string;
  nothingNew(profile: string): string;
  badge: { fresh: string; changed: string; stood: string };

  label: Record<
    | 'programme'
    | 'typeOfAction'
    | 'fit'
    | 'deadline'
    | 'thenDeadline'
    | 'passedDeadline'
    | 'opens'
    | 'budget'
    | 'changes',
    string
  >;
  notStated: string;
  noDeadline: string;
  callKind: Record<CallContent['kind'], string>;
  score(points: number, band: Band): string;

  date(day: number, month: string, year: number): string;
  time(hour: number, minute: number): string;
  deadline: {
    told(date: string, time: string): string;
    notTold(date: string, time: string): string;
    kind: Record<Exclude<Deadline['kind'], 'single'>, string>;
  };
  /** An instant that is no deadline: when a source was read. */
  moment(date: string, time: string): string;

  amount(digits: string, currency: string): string;
  millions(digits: string, currency: string): string;
  budget: {
    topic(total: string): string;
    shared(total: string): string;
    totalNotStated: string;
    range(min: string, max: string): string;
    exactly(amount: string): string;
    atLeast(amount: string): string;
    atMost(amount: string): string;
    grants(count: number): string;
  };

  reason(competence: string, terms: string[], others: string[]): string;
  noReason: string;

  openCall: string;
  /** Above the calls of a first mail that are still to open. */
  coming: string;
  more(count: number): string;
  sources: {
    heading: string;
    readOn(moment: string, age: string): string;
    never: string;
    /** Of a source that cannot be read: since when, and why. Its calls are shown as they were then. */
    notReadSince(moment: string, age: string, why: string): string;
    neverBecause(why: string): string;
    why: Record<SourceTrouble, string>;
    /** Of a source that is read well and has kept silent for unusually long. */
    quiet(moment: string, age: string): string;
  };
  why(profile: string): string;
  inbox: string;
  unsubscribe: string;
}
