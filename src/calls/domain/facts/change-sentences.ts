import type { CallContent, Deadline } from '../call-content.js';
import { headingIn } from '../names-in.js';
import { canonicalJson } from '../../../kernel/hash.js';
import { daysBetween } from '../../../kernel/brussels.js';
import { type Change, officialNotesIn, withNotedTimes, type OfficialNote } from '../versions/diff.js';
import type { StatedTotal } from '../page/budget-comparison.js';
import { grouped } from '../../../kernel/collections.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import type { Language } from '../../../kernel/language.js';
import { changedBudget, type Paying } from './budget.js';
import { storedText, type Translate, translateTo } from '../../../i18n/translate.js';
import { dateForPeople, deadlineForPeople, type UnstatedTime } from './deadline.js';

/** What can happen to a call as a whole. */
const BECAME = ['new', 'closed', 'withdrawn', 'reappeared'] as const;
type Became = (typeof BECAME)[number];

/** How to word facts that the call alone does not settle. */
export interface Saying {
  untold: UnstatedTime;
  total: StatedTotal | null;
  /** How much of an official note to quote; all of it if not given. */
  longestNote?: number;
}

/** The content of the call before its changes, as far as sentences depend on it. */
export type Behind = Pick<CallContent, 'deadlines'> & Partial<Pick<CallContent, 'kind' | 'identifier'>>;

/** A sentence and the changes it describes; empty if it is about the call as a whole. */
export interface ChangeSentence {
  sentence: string;
  changes: Change[];
}

/**
 * Describes the changes of a call, one sentence each, in the reader's language. A field that changed twice is
 * described from its first to its last state. `call` is the content before these changes; `saying` is for
 * places where a note explains missing times, and for what a total covers.
 */
export function sentencesOfChanges(
  changes: Change[],
  language: Language,
  call: Behind,
  saying: Saying = { untold: 'said', total: null },
): ChangeSentence[] {
  const t = translateTo(language);
  const end = becameOf(changes);
  const became =
    end === 'withdrawn' && !call.deadlines.length
      ? t('change.became.withdrawn-undated')
      : end && t(`change.became.${end}`);
  const notices = officialNotesIn(changes).map(({ notice, change }) => ({
    change,
    notice: { ...notice, text: shortened(oneLine(notice.text), saying.longestNote ?? Infinity) },
  }));
  const all = merged(changes.filter((c) => c.kind !== 'notice')).map((c) =>
    c.field === 'deadlines' && c.to ? { ...c, to: withNotedTimes(c.to as Deadline[], changes) } : c,
  );
  // Other identifying fields change with the identifier, whose sentence covers them.
  const identifier = all.find((c) => c.field === 'identifier');
  const bySentence = grouped(all, (c) => [
    sentence((c.kind === 'identity' && identifier) || c, t, {
      language,
      call: { kind: call.kind ?? 'grant', identifier: call.identifier },
      ...saying,
    }),
  ]);
  const fields = [...bySentence].map(([told, of]) => ({
    sentence: withReason(
      told,
      of,
      notices.map((n) => n.notice),
      t,
      language,
    ),
    changes: of,
  }));
  const alone = notices.filter(({ notice }) => !all.some((c) => notice.explains.includes(c.field)));
  const noted = alone.map(({ notice, change }) => ({
    sentence: t('change.notice', { day: dateForPeople(notice.day, language), text: notice.text }),
    changes: [change],
  }));
  return [...(became ? [{ sentence: became, changes: [] }] : []), ...fields, ...noted];
}

/** Returns a sentence followed by the note that gives its reason, if any. */
function withReason(
  told: string,
  changes: Change[],
  notices: OfficialNote[],
  t: Translate,
  language: Language,
): string {
  const reason = notices.find((n) => changes.some((c) => n.explains.includes(c.field)));
  return reason
    ? t('change.because', {
        sentence: told,
        day: dateForPeople(reason.day, language),
        text: reason.text,
      })
    : told;
}

/** Returns the same without the changes. */
export const changeSentences = (changes: Change[], language: Language, call: Behind): string[] => [
  ...new Set(sentencesOfChanges(changes, language, call).map((told) => told.sentence)),
];

/** Whether the call as a whole ended or reappeared; null if nothing changed for the reader. */
function becameOf(changes: Change[]): Became | null {
  const kinds = changes.flatMap(({ field, kind }) =>
    field === 'call' ? BECAME.filter((b) => b === kind) : [],
  );
  const [first, last] = [kinds[0], kinds.at(-1)];
  const [wasThere, isThere] = [first !== 'reappeared', last === 'reappeared'];
  return last === undefined || wasThere === isThere ? null : last;
}

/** Merges the changes of each field from first to last value; drops those where the two are equal. */
function merged(changes: Change[]): Change[] {
  const byField = new Map<string, Change>();
  for (const change of changes.filter((c) => c.field !== 'call'))
    byField.set(change.field, { ...change, from: (byField.get(change.field) ?? change).from });
  return [...byField.values()].filter((c) => !same(told(c.field, c.from), told(c.field, c.to)));
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a as never) === canonicalJson(b as never);

/**
 * Only the levels of a TRL are compared; a new wording of the sentence around them is a change of the text.
 */
function told(field: string, value: unknown): unknown {
  const trl = value as CallContent['trl'];
  return field === 'trl' && trl ? [trl.from, trl.to] : value;
}

function sentence(
  { kind, field, from, to }: Change,
  t: Translate,
  { language, call, untold, total }: Saying & { language: Language; call: Omit<Paying, 'budget'> },
): string {
  const date = (value: unknown) =>
    value === null ? t('not-stated') : dateForPeople(value as string, language);
  if (field === 'deadlines')
    return t(
      'change.deadlines',
      movedDeadlines((from as Deadline[] | null) ?? [], (to as Deadline[] | null) ?? [], t, {
        language,
        untold,
      }),
    );
  if (kind === 'opening') return t('change.opening', { from: date(from), to: date(to) });
  if (field === 'sourceStatus')
    return t(kind === 'opened' || kind === 'closed' ? `change.${kind}` : 'change.status');
  if (field === 'budget') {
    const [before, now] = [from, to] as CallContent['budget'][];
    return t('change.budget', changedBudget({ from: before!, to: now!, ...call }, language, total));
  }
  if (field === 'title') return t('change.title', { from: from as string });
  if (kind === 'conditions') return t('change.conditions');
  if (field === 'identifier')
    return t('change.identifier', {
      from: (from as string | null) ?? t('not-stated'),
      to: (to as string | null) ?? t('not-stated'),
    });
  if (kind === 'identity') return t('change.identity');
  if (field === 'trl')
    return t('change.trl', {
      from: trlForPeople(from as CallContent['trl'], t),
      to: trlForPeople(to as CallContent['trl'], t),
    });
  const name = field.replace(/^sections\./, '');
  const called = storedText(
    language,
    `change.field.${name}`,
    name === field ? t('change.field.*') : headingIn(name, language),
  );
  return kind === 'text' ? t('change.text', { section: called }) : t('change.other', { field: called });
}

/** Returns how far its next deadline moved, in a few words: "118 days earlier"; null if it did not. */
export function moveInShort(changes: Change[], language: Language): string | null {
  const [change] = merged(changes.filter((c) => c.field === 'deadlines'));
  const [from, to] = [change?.from, change?.to].map((all) => (all as Deadline[] | null | undefined) ?? []);
  const pair = from!.map((d, i) => ({ before: d.at, after: to![i]?.at })).find((p) => p.after !== p.before);
  const days =
    pair?.after === undefined || from!.length !== to!.length ? 0 : daysBetween(pair.before, pair.after);
  return days === 0 ? null : movedBy(days, translateTo(language));
}

/** Negative days mean earlier. */
const movedBy = (days: number, t: Translate): string =>
  t('change.moved', { n: Math.abs(days), way: days < 0 ? 'earlier' : 'later' });

/**
 * The deadlines that moved. The note on a default time appears once: of the time before on another day, the
 * day is enough.
 */
function movedDeadlines(
  from: Deadline[],
  to: Deadline[],
  t: Translate,
  { language, untold }: Pick<Saying, 'untold'> & { language: Language },
): { from: string; to: string } {
  const pairs =
    from.length === to.length
      ? from
          .map((before, i) => ({ before, after: to[i]! }))
          .filter(({ before, after }) => !same(before, after))
      : [];
  const [before, after] = pairs.length ? [pairs.map((p) => p.before), pairs.map((p) => p.after)] : [from, to];
  const listed = (all: string[]) => all.join(t('text.semicolon')) || t('not-stated');
  const brief =
    pairs.length > 0 &&
    pairs.every(
      (p) =>
        !p.before.timeTold &&
        p.before.kind === p.after.kind &&
        (!p.after.timeTold || daysBetween(p.before.at, p.after.at) !== 0),
    );
  const full = (d: Deadline): string => deadlineForPeople(d, language, untold);
  const byDays = (deadline: string, days: number): string =>
    days === 0 ? deadline : `${deadline}, ${movedBy(days, t)}`;
  return {
    from: listed(before.map((d) => (brief ? dateForPeople(d.at, language) : full(d)))),
    to: listed(
      pairs.length
        ? pairs.map((p) => byDays(full(p.after), daysBetween(p.before.at, p.after.at)))
        : after.map(full),
    ),
  };
}

function trlForPeople(trl: CallContent['trl'], t: Translate): string {
  if (!trl) return t('not-stated');
  const { from, to } = trl;
  return t(from === null ? 'change.levels.to' : to === null ? 'change.levels.from' : 'change.levels.both', {
    from,
    to,
  });
}
