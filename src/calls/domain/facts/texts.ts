import type { Band } from '../../../kernel/band.js';
import type { CallContent, Deadline } from '../call-content.js';
import type { SourceTrouble } from './source-state.js';

/** The words that messages and pages share, in one language. Arguments are ready to show: dates and amounts already written out. */
export interface Texts {
  /** For dates, numbers and lists. */
  locale: 'en-GB' | 'fr-FR';
  quotes: { open: string; close: string };
  labelled(label: string, value: string): string;
  /** Between two parts of a line. */
  semicolon: string;

  greeting(name: string): string;

  label: Record<
    | 'programme'
    | 'typeOfAction'
    | 'deadline'
    | 'thenDeadline'
    | 'passedDeadline'
    | 'opens'
    | 'budget'
    | 'underTopic'
    | 'project'
    | 'duration'
    | 'zones'
    | 'contractType',
    string
  >;
  notStated: string;
  noDeadline: string;
  callKind: Record<CallContent['kind'], string>;
  /** A type of action whose projects get a lump sum. */
  withLumpSum(typeOfAction: string): string;
  score(points: number, band: Band): string;

  date(day: number, month: string, year: number): string;
  time(hour: number, minute: number): string;
  deadline: {
    told(date: string, time: string): string;
    notAnnounced(date: string, time: string): string;
    /** For a place where `note` says once what the mark means. */
    marked(date: string): string;
    note: string;
    kind: Record<Exclude<Deadline['kind'], 'single'>, string>;
  };
  /** An instant that is no deadline: when a source was read. */
  moment(date: string, time: string): string;

  amount(digits: string, currency: string): string;
  millions(digits: string, currency: string): string;
  budget: {
    topic(total: string): string;
    /** Of a call that is no topic: cascade funding, an external action. */
    call(total: string): string;
    /** Of an amount in its source's own characters. */
    implausible(asWritten: string, currency: string): string;
    withoutCurrency(asWritten: string): string;
    shared(total: string): string;
    /** Where nothing says whether it is the topic's own or one for several. */
    unclear(total: string): string;
    totalNotStated: string;
    range(min: string, max: string): string;
    exactly(amount: string): string;
    atLeast(amount: string): string;
    atMost(amount: string): string;
    grants(count: number): string;
  };
  /** Where there is room for a few characters. */
  short: {
    /** "D-65"; today and tomorrow by their names. */
    daysTo(days: number): string;
    passed(date: string): string;
    opens(date: string): string;
    noDeadline: string;
    millions(digits: string, currency: string): string;
    perProject(amount: string): string;
    /** A total of which nothing is known for one project; `shared` where it may be for several topics. */
    total(amount: string, shared: boolean): string;
    /** Of an amount that cannot be meant as it stands. */
    doubtful: string;
  };

  sources: {
    readOn(moment: string, age: string): string;
    never: string;
    /** Of a source that cannot be read: since when, and why. Its calls are shown as they were then. */
    notReadSince(moment: string, age: string, why: string): string;
    neverBecause(why: string): string;
    why: Record<SourceTrouble, string>;
    /** Of a source that is read well and has kept silent for unusually long. */
    quiet(moment: string, age: string): string;
  };
}
