import type { Addressee } from '../../../calls/domain/index.js';
import type { Band } from '../../../kernel/band.js';
import type { Answer } from '../../../proposals/domain/index.js';
import type { FollowKind } from '../content/message.js';
import type { Urgency } from '../events/urgency.js';

/** What a message holds, counted. */
export type Counted =
  'fresh' | 'changed' | 'opened' | 'baseline' | 'deadlines' | 'answers' | 'troubles' | 'partners';

/** Every word that messages say and pages do not. Arguments are ready to show: names on one line, dates written out. */
export interface MessageWords {
  count: Record<Counted, (n: number) => string>;
  /** "LISA and 2 others". */
  following(name: string, others: number): string;
  subject: {
    /** "Carnot Europe: 4 new calls for LISA, next deadline 3 Nov"; null for what is not to be said. */
    line(what: string, whose: string | null, deadline: string | null): string;
    first(count: number): string;
    /** Of a first message: its best call by name, and how many there are beside it. */
    best(title: string, closes: string | null, others: number): string;
    nothingFits: string;
    /** "[Withdrawn] A call"; `deadline` is when it closes now. */
    urgent(mark: string, title: string, deadline: string | null): string;
    /** Of several calls in one message. */
    more(title: string, others: number): string;
    closes(date: string): string;
    now(date: string): string;
  };
  sampleBanner: string;
  heading: { first(count: number): string; nothingFits: string };
  intro: {
    first(count: number): string;
    /** What stood before will not be announced later as new. */
    firstPromise: string;
    nothingFits: string;
    digest: string;
    /** Of a digest that only reminds of deadlines. */
    reminders: string;
    urgent: string;
    atOnce: string;
  };
  /** How to say what one wants: stands in the first message. */
  choose: { heading: string; says: string; button: string };
  badge: { fresh: string; changed: string; baseline: string };
  urgency: Record<Exclude<Urgency, 'short-notice'>, string>;
  closesIn(days: number): string;
  /** To whom a call is addressed, where these are not research institutes. */
  addressed(to: Addressee): string;
  topics(count: number, call: string): string;
  changes: string;
  restOnPage: string;
  fits(name: string, points: number, band: Band): string;
  score(points: number, band: Band): string;
  fitsAlso(others: { name: string; points: number; band: Band }[], more: number): string;
  because(all: string[]): string;
  andMore(n: number): string;
  /** The competence that a call fits most. */
  competence: (name: string) => string;
  /** Above calls that merely opened. */
  opened: string;
  /** Of calls for which a channel has no room. */
  notHere(n: number): string;
  /** What is followed; of a call in its own entry the name is left out. */
  followed(kind: FollowKind, name: string | null, through: string | null): string;
  openCall: string;
  /** What leads to a page on which one decides; of a mail alone, whose links are followed by machines too. */
  decide: { relevant: string; not: string };
  /** A score where it stands in a row of facts, and of whom where several are followed. */
  points(points: number, band: Band, of: string | null): string;
  sourcePage: string;
  /** `inInbox` where the reader has one; to others it is the list of calls. */
  more: { digest(n: number): string; first(n: number, inInbox: boolean): string };
  held(n: number, dailyLimit: number): string;
  /** Of calls that the language model did not read in time. */
  unread(n: number, all: boolean): string;
  deadlines: { heading: string; left(days: number): string; more(n: number): string };
  answers: {
    heading: string;
    says: Record<Answer, (researcher: string) => string>;
    asked(profile: string): string;
  };
  partners: { heading: string; wants: Record<'offer' | 'request', string> };
  troubles: { heading: string; since(name: string, date: string): string };
  coming: string;
  glance: string;
  foot: {
    why(all: string[]): string;
    next(when: string): string;
    /** "Monday 12 October 2026, 07:00 (Brussels)"; `zone` as in Europe/Paris. */
    when(weekday: string, date: string, time: string, zone: string): string;
    noNext: string;
    sources: string;
    inbox: string;
    /** To the list of all calls, for who has no inbox. */
    calls: string;
    settings: string;
    unsubscribe: string;
  };
}
