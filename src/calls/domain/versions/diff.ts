import { z } from 'zod';
import { DateTime } from 'luxon';
import { canonicalJson } from '../../../kernel/hash.js';
import type { CallContent, Deadline } from '../call-content.js';
import { BESIDE, type BesideFields, type Section } from '../parsed-call.js';
import { foldTitle } from '../visible-text.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import { BRUSSELS, brusselsClock, brusselsDate, inBrussels } from '../../../kernel/brussels.js';

/**
 * What can happen to a call. `opened`: its source changed from forthcoming or closed to open. `extended`,
 * `forward`: a deadline, first or later, moved later or earlier, by a minute or more. `opening`: the opening
 * date moved. `closed`: its source closed it, or dropped it at its deadline; `withdrawn`: dropped well
 * before. `budget`: the topic's total. `notice`: its publisher added a note. `details`: anything else. How
 * each is said stands in `change-sentences.ts`.
 */
export const KINDS_OF_CHANGE = {
  new: {},
  opened: { needsAction: true },
  extended: { needsAction: true },
  forward: { needsAction: true, urgency: 'brought-forward' },
  opening: {},
  closed: {},
  withdrawn: { needsAction: true, urgency: 'withdrawn' },
  reappeared: { needsAction: true },
  budget: {},
  text: {},
  conditions: {},
  notice: {},
  identity: {},
  details: {},
} as const satisfies Record<
  string,
  {
    /** Announced even of a matching call that predates the subscription; others are quiet there. */
    needsAction?: true;
    /** Why it never waits for a digest. Of several the first counts. */
    urgency?: string;
  }
>;
export type ChangeKind = keyof typeof KINDS_OF_CHANGE;
export const CHANGE_KINDS = Object.keys(KINDS_OF_CHANGE) as [ChangeKind, ...ChangeKind[]];

/** One change of one field. `from` and `to` are the values in the contents; null if absent. */
export const Change = z.object({
  kind: z.enum(CHANGE_KINDS),
  field: z.string(),
  from: z.unknown(),
  to: z.unknown(),
});
export type Change = z.infer<typeof Change>;

/** Place and role rules come from the text and titles, whose changes are reported instead. */
type Plain = Exclude<
  keyof CallContent,
  'sections' | 'deadlines' | 'budget' | 'sourceStatus' | 'place' | 'roleRules'
>;
const OWN: Record<Exclude<Plain, keyof BesideFields>, ChangeKind> = {
  dataSource: 'identity',
  reference: 'identity',
  language: 'identity',
  identifier: 'identity',
  callIdentifier: 'identity',
  title: 'text',
  trl: 'text',
  opensAt: 'opening',
  callTitle: 'details',
  kind: 'details',
  programme: 'details',
  divisions: 'details',
  typesOfAction: 'details',
  destination: 'details',
  keywords: 'details',
  url: 'details',
  alsoAt: 'details',
  deadlineModel: 'details',
};
const KINDS = { ...OWN, ...Object.fromEntries(BESIDE.map((field) => [field, 'details'])) } as Record<
  Plain,
  ChangeKind
>;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a as never) === canonicalJson(b as never);

/** Pairs old and new sections, surest first: unchanged, same name, same text under another heading. */
const PAIRS: ((a: Section, b: Section) => boolean)[] = [
  (a, b) => a.kind === b.kind && a.title === b.title && a.text === b.text,
  (a, b) => a.kind === b.kind && a.title === b.title,
  (a, b) => a.text === b.text,
];

function paired(before: Section[], after: Section[]): [Section | null, Section | null][] {
  const [old, now] = [[...before], [...after]];
  const pairs = PAIRS.flatMap((fits) =>
    [...old].flatMap((a): [Section, Section][] => {
      const at = now.findIndex((b) => fits(a, b));
      if (at < 0) return [];
      old.splice(old.indexOf(a), 1);
      return [[a, now.splice(at, 1)[0]!]];
    }),
  );
  return [
    ...pairs,
    ...old.map((a): [Section, null] => [a, null]),
    ...now.map((b): [null, Section] => [null, b]),
  ];
}

/** A second section of the same name is numbered, to keep the two apart. */
function fieldOf(section: Section, all: Section[]): string {
  const alike = all.filter((s) => s.kind === section.kind && s.title === section.title);
  return `sections.${section.title || section.kind}${alike.indexOf(section) > 0 ? ` (${alike.indexOf(section) + 1})` : ''}`;
}

/** Line breaks do not matter: sources lose some, and we restore some. */
const solid = (text: string | undefined): string | undefined => text?.replace(/\s+/g, '');

/** A reordering of the same sections is not a change; if only a heading changed, its text is not reported. */
function sectionChanges(before: CallContent, after: CallContent): Change[] {
  return paired(before.sections, after.sections).flatMap(([from, to]): Change[] => {
    const field = to ? fieldOf(to, after.sections) : fieldOf(from!, before.sections);
    if (solid(from?.text) !== solid(to?.text)) {
      const kind = (to ?? from)!.kind === 'conditions' ? 'conditions' : 'text';
      return [{ kind, field, from: from?.text ?? null, to: to?.text ?? null }];
    }
    return from!.title === to!.title ? [] : [{ kind: 'details', field, from: from!.title, to: to!.title }];
  });
}

/**
 * A deadline added at the end gives more time, and removing the last one gives less; the first one ever
 * stated does neither.
 */
function endMoved(from: Deadline[], to: Deadline[]): number {
  if (!from.length || !to.length || from.length === to.length) return 0;
  return Date.parse(to.at(-1)!.at) - Date.parse(from.at(-1)!.at);
}

/**
 * How far one moved where one more was added or removed as well, by those on one side only: the first if it
 * is earlier now, otherwise the last. Zero if they were only added, or only removed.
 */
function besideMoved(from: Deadline[], to: Deadline[]): number {
  const only = (some: Deadline[], others: Deadline[]): number[] =>
    some.map((d) => Date.parse(d.at)).filter((at) => others.every((o) => Date.parse(o.at) !== at));
  const [gone, come] = [only(from, to), only(to, from)];
  if (!gone.length || !come.length) return 0;
  return come[0]! < gone[0]! ? come[0]! - gone[0]! : come.at(-1)! - gone.at(-1)!;
}

const toTheMinute = (deadlines: Deadline[]): Deadline[] =>
  deadlines.map(({ told: _, ...deadline }) => deadline);

/** Of several deadlines, one may move later and another earlier: then both kinds are reported. */
export function deadlineChanges(
  before: Pick<CallContent, 'deadlines'>,
  after: Pick<CallContent, 'deadlines'>,
): Change[] {
  const [from, to] = [toTheMinute(before.deadlines), toTheMinute(after.deadlines)];
  if (same(from, to)) return [];
  const each =
    from.length === to.length
      ? to.map((d, i) => Date.parse(d.at) - Date.parse(from[i]!.at))
      : [endMoved(from, to), besideMoved(from, to)];
  const kinds = new Set(
    each
      .filter((ms) => Math.abs(ms) >= MINUTE_MS)
      .map((ms) => (ms > 0 ? ('extended' as const) : ('forward' as const))),
  );
  const told: ChangeKind[] = kinds.size ? [...kinds].sort() : ['details'];
  return told.map((kind) => ({ kind, field: 'deadlines', from, to }));
}

/** The topic's total is its budget; its split into grants is a detail, unless nothing else is stated. */
function budgetChanges({ budget: from }: CallContent, { budget: to }: CallContent): Change[] {
  if (same(from, to)) return [];
  const whole = (b: CallContent['budget']) => b && { currency: b.currency, total: b.total };
  const part = (b: CallContent['budget']) =>
    b && { currency: b.currency, min: b.minContribution, max: b.maxContribution };
  const stated = (from?.total ?? null) !== null || (to?.total ?? null) !== null;
  const kind = (stated ? same(whole(from), whole(to)) : same(part(from), part(to))) ? 'details' : 'budget';
  return [{ kind, field: 'budget', from, to }];
}

function statusChanges({ sourceStatus: from }: CallContent, { sourceStatus: to }: CallContent): Change[] {
  if (from === to) return [];
  const kind = to === 'closed' ? 'closed' : from !== 'draft' && to === 'open' ? 'opened' : 'details';
  return [{ kind, field: 'sourceStatus', from, to }];
}

/** A programme's newly known name is not a change of the call, nor is a footnote removed from a title. */
function compared(field: keyof typeof KINDS, content: CallContent): unknown {
  if (field === 'programme') return content.programme?.code;
  return field === 'title' || field === 'callTitle' || field === 'destination'
    ? foldTitle(content[field] ?? '')
    : content[field];
}

/** Returns every difference a reader would see between two contents, field by field. */
export function changesBetween(before: CallContent, after: CallContent): Change[] {
  const plain = (Object.keys(KINDS) as (keyof typeof KINDS)[])
    .filter((f) => !same(compared(f, before), compared(f, after)))
    .map((f) => ({ kind: KINDS[f], field: f, from: before[f] ?? null, to: after[f] ?? null }));
  return [
    ...plain,
    ...statusChanges(before, after),
    ...deadlineChanges(before, after),
    ...budgetChanges(before, after),
    ...sectionChanges(before, after),
  ];
}

/** Returns the kinds of these changes, each once, in the order of the list above. */
export const kindsOf = (changes: Change[]): ChangeKind[] =>
  CHANGE_KINDS.filter((kind) => changes.some((c) => c.kind === kind));

/** A publisher's note in a change, with the fields changed at the same time that it explains. */
export interface OfficialNote {
  day: string;
  text: string;
  explains: string[];
}

/** What a note must mention to explain a change of that field. */
const SPEAKS_OF: Record<string, RegExp> = {
  deadlines: /\bdeadlines?\b|\bclosing date|\bcut-?off|\bextend|\bextension|\bpostpon|\bbrought forward\b/i,
  budget: /\bbudgets?\b|\bEUR\b|€|\bmillion\b/i,
  opensAt: /\bopen(s|ed|ing)?\b|\bsubmission session\b/i,
};

const explainedBy = (text: string, changes: Change[]): string[] =>
  [...new Set(changes.map((c) => c.field))].filter((field) => SPEAKS_OF[field]?.test(text));

/** Returns the change for a note that came with these changes of its call. */
export const noticeWith = (note: { day: string; text: string }, changes: Change[]): Change => {
  const explains = explainedBy(note.text, changes);
  return { kind: 'notice', field: 'notices', from: null, to: { ...note, explains } satisfies OfficialNote };
};

/**
 * Returns the notes among these changes, each with its change. A source may show a note and what it explains
 * in two readings, which one message tells together.
 */
export const officialNotesIn = (changes: Change[]): { notice: OfficialNote; change: Change }[] =>
  changes
    .filter((change) => change.kind === 'notice')
    .map((change) => {
      const { explains, ...note } = change.to as OfficialNote;
      return { change, notice: { ...note, explains: [...explains, ...explainedBy(note.text, changes)] } };
    });

/** The whole note that the portal writes as a call opens: "… is now available for: MSCA-ITN-2014-EID(…)". */
const OPENING_NOTE = /^\s*the submission session is now available\b(?:(?![.!?]\s)[^])*$/i;

/** Whether a change is only the portal's note that a call can be answered, which its status says. */
export const isOpeningNote = ({ kind, to }: Change): boolean =>
  kind === 'notice' && OPENING_NOTE.test((to as OfficialNote).text);

/** "… to 30 September 2026, 17:00 (Brussels time)": what follows the date. */
const TIME_OF_DAY = /^,? (?:at )?(\d\d)[:.](\d\d)(?: \(?|, )Brussels/;

/**
 * Completes deadlines of which the source's field gives only the day, where a note that came with their
 * change states the time of that day.
 */
export function withNotedTimes(deadlines: Deadline[], changes: Change[]): Deadline[] {
  const texts = officialNotesIn(changes)
    .filter(({ notice }) => notice.explains.includes('deadlines'))
    .map(({ notice }) => notice.text);
  return deadlines.map((deadline) => {
    if (deadline.timeTold) return deadline;
    const there = DateTime.fromISO(deadline.at, { zone: BRUSSELS });
    const day = there.toFormat('d MMMM yyyy', { locale: 'en' });
    const [time] = texts.flatMap((text) =>
      text
        .split(day)
        .slice(1)
        .flatMap((rest) => TIME_OF_DAY.exec(rest)?.slice(1, 3).join(':') ?? []),
    );
    if (!time) return deadline;
    const at = brusselsClock(`${there.toISODate()}T${time}:00.000Z`);
    return { ...deadline, at, brussels: inBrussels(at), timeTold: true };
  });
}

type Dated = Pick<CallContent, 'deadlines'>;

const daysOf = ({ deadlines }: Dated): string[] => deadlines.map((d) => brusselsDate(new Date(d.at)));
const onlyDays = ({ deadlines }: Dated): Dated => ({
  deadlines: deadlines.map((d) => ({ ...d, at: `${brusselsDate(new Date(d.at))}T00:00:00.000Z` })),
});

const daysMoved = (before: Dated, after: Dated): boolean =>
  before.deadlines.length > 0 && after.deadlines.length > 0 && daysOf(before).join() !== daysOf(after).join();
const movesIn = (changes: Change[]): Change[] => changes.filter((c) => c.field === 'deadlines');

/** Returns the deadlines on days that the other does not tell, as days alone. */
const daysBeside = (one: Dated, other: Dated): Deadline[] =>
  onlyDays(one).deadlines.filter((d) => !daysOf(other).includes(d.at.slice(0, 10)));

const apart = (a: Deadline, b: Deadline): number => Math.abs(Date.parse(a.at) - Date.parse(b.at));

/** Returns for each of these the nearest of the others. */
const nearestOf = (some: Deadline[], others: Deadline[]): Deadline[] =>
  some.map((d) => others.reduce((best, o) => (apart(o, d) < apart(best, d) ? o : best)));

/**
 * Returns what to report when another source takes over as the lead: deadlines on other days. Other wording,
 * another hour of the same day, or a missing day does not mean that the call has changed, and where one knows
 * of a stage more, the days that are nearest to each other are those of one stage.
 */
export function changesOfLead(before: CallContent, after: CallContent): Change[] {
  const [gone, come] = [daysBeside(before, after), daysBeside(after, before)];
  if (!gone.length || !come.length) return [];
  return deadlineChanges(
    { deadlines: gone.length > come.length ? nearestOf(come, gone) : gone },
    { deadlines: come.length > gone.length ? nearestOf(gone, come) : come },
  ).map((change) => ({ ...change, from: toTheMinute(before.deadlines), to: toTheMinute(after.deadlines) }));
}

const brusselsDayOf = (value: unknown): string | null =>
  value === null ? null : brusselsDate(new Date(value as string));

/**
 * Returns what to report when a draft is published: not that its publisher has a number of its own for it,
 * nor that it writes the same opening day as another instant.
 */
export const changesOfPublication = (draft: CallContent, published: CallContent): Change[] =>
  changesBetween(draft, published).filter(
    ({ field, from, to }) =>
      field !== 'dataSource' &&
      field !== 'reference' &&
      (field !== 'opensAt' || brusselsDayOf(from) !== brusselsDayOf(to)),
  );

const hasTotal = ({ budget }: CallContent): boolean => typeof budget?.total === 'number';

/**
 * Returns what another page of the same source cannot word differently: whether the call is open, and the
 * total budget.
 */
const isPlain =
  (before: CallContent, after: CallContent) =>
  ({ kind, field }: Change): boolean =>
    field === 'sourceStatus' ||
    (kind === 'budget' &&
      hasTotal(before) &&
      hasTotal(after) &&
      before.budget?.currency === after.budget?.currency);

/**
 * Returns what to report when the same source shows the call elsewhere, such as in its list instead of its
 * search. A change at that very moment must not be lost; different wording there has not changed the call.
 */
export function changesOfPlace(before: CallContent, after: CallContent): Change[] {
  const changes = changesBetween(before, after);
  return [...(daysMoved(before, after) ? movesIn(changes) : []), ...changes.filter(isPlain(before, after))];
}

/**
 * `match`: a call fits a profile; `call`: a call was first seen; `change`: a call changed; `answer`: somebody
 * who was asked replied; `source`: a source went quiet or cannot be read; `partners`: new partner searches;
 * `questions`: questions on it are new, corrected or withdrawn.
 * A version that adds one needs a migration for which old code must stop: older workers skip what they do
 * not know.
 */
export const EVENT_KINDS = ['match', 'call', 'change', 'answer', 'source', 'partners', 'questions'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** A recorded event. */
export interface NotifiableEvent {
  key: string;
  kind: EventKind;
  callId: string | null;
  version: number | null;
  profileId: string | null;
  about: string | null;
  byCall: boolean;
  /** Whether it is for the institute's own people only, or for everybody else only; null for any reader. */
  inside: boolean | null;
}

/** An event for nobody in particular. */
const forAll = { profileId: null, about: null, byCall: false, inside: null };

/** Turns versions of calls into events. Calls already there at a source's first reading give none. */
export const eventsOfVersions = (
  versions: { callId: string; version: number; changes: Change[] }[],
): NotifiableEvent[] =>
  versions.flatMap(({ callId, version, changes }): NotifiableEvent[] => {
    if (!changes.length) return [];
    return changes.some((c) => c.kind === 'new')
      ? [{ ...forAll, key: `call/${callId}`, kind: 'call', callId, version }]
      : [{ ...forAll, key: `change/${callId}/${version}`, kind: 'change', callId, version }];
  });
