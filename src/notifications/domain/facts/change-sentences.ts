import type { CallContent, Deadline } from '../../../calls/domain/call-content.js';
import { canonicalJson } from '../../../calls/domain/versions/content-hash.js';
import { daysBetween } from '../../../calls/domain/days-left.js';
import type { Change } from '../../../calls/domain/versions/diff.js';
import { officialNotesIn, type OfficialNote } from '../../../calls/domain/versions/official-note.js';
import type { StatedTotal } from '../../../calls/domain/page/budget-comparison.js';
import { grouped } from '../../../kernel/grouping.js';
import type { Language } from '../../../profiles/domain/profile.js';
import { budgetForPeople } from './budget.js';
import { dateForPeople, deadlineForPeople, type UntoldTime } from './deadline.js';
import { textsIn } from '../texts/texts-in.js';

const BECAME = ['new', 'closed', 'withdrawn', 'reappeared'] as const;
type Became = (typeof BECAME)[number];

interface Words {
  became: Record<Became, string>;
  /** Where its source told no deadline, before which it could have gone. */
  withdrawnUndated: string;
  deadlines(from: string, to: string): string;
  /** By how many days it came earlier (below 0) or later; ends with the day it is now. */
  moved(days: number): string;
  none: string;
  opening(from: string, to: string): string;
  opened: string;
  closed: string;
  status: string;
  budget(from: string, to: string): string;
  title(from: string): string;
  text(section: string): string;
  conditions: string;
  identity: string;
  identifier(from: string, to: string): string;
  trl(from: string, to: string): string;
  levels(from: number | null, to: number | null): string;
  other(field: string): string;
  /** A note of the call's publisher, and the same as the reason of what is told before it. */
  notice(day: string, text: string): string;
  because(sentence: string, day: string, text: string): string;
  /** What the fields are called; a section is called by its title where it has one. */
  fields: Record<string, string>;
}

const WORDS: Record<Language, Words> = {
  en: {
    became: {
      new: 'New: seen for the first time.',
      closed: 'Closed: its source stopped showing it at its deadline.',
      withdrawn: 'Withdrawn: its source stopped showing it well before its deadline.',
      reappeared: 'Its source shows it again.',
    },
    withdrawnUndated: 'Withdrawn: its source stopped showing it, without ever giving a deadline.',
    deadlines: (from, to) => `Deadline: ${to} (before: ${from})`,
    moved: (days) =>
      `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'earlier' : 'later'}`,
    none: 'not stated',
    opening: (from, to) => `Opening: ${to} (before: ${from})`,
    opened: 'The call has opened.',
    closed: 'Its source says it is closed.',
    status: 'Its status at the source changed.',
    budget: (from, to) => `Budget: ${to} (before: ${from})`,
    title: (from) => `The title changed; before: “${from}”`,
    text: (section) => `The text changed: ${section}`,
    conditions: 'The conditions changed.',
    identity: 'Its identifier changed.',
    identifier: (from, to) => `Identifier: ${to} (before: ${from})`,
    trl: (from, to) => `Technology readiness level (TRL): ${to} (before: ${from})`,
    levels: (from, to) => (from === null ? `up to ${to}` : to === null ? `from ${from}` : `${from} to ${to}`),
    other: (field) => `Changed: ${field}`,
    notice: (day, text) => `Official note of ${day}: “${text}”`,
    because: (sentence, day, text) => `${sentence}. Official note of ${day}: “${text}”`,
    fields: {
      callTitle: 'title of the call',
      kind: 'kind of call',
      programme: 'programme',
      divisions: 'parts of the programme',
      typesOfAction: 'type of action',
      destination: 'destination',
      keywords: 'keywords',
      url: 'address of its page',
      alsoAt: 'its other addresses',
      deadlineModel: 'submission procedure',
      sections: 'order of the sections',
      summary: 'summary',
      other: 'section without a title',
      parentTopic: 'the topic that funded its project',
      project: 'the project that organises it',
      duration: 'duration of a project',
      zones: 'zones',
      contractType: 'type of contract',
      lumpSum: 'lump sum or not',
      mission: 'mission',
      crossCutting: 'cross-cutting priorities',
      documents: 'links and documents',
      partnerSearch: 'partner search',
    },
  },
  fr: {
    became: {
      new: 'Nouveau\u00a0: vu pour la première fois.',
      closed: 'Clos\u00a0: à sa date limite, sa source a cessé de l’afficher.',
      withdrawn: 'Retiré\u00a0: sa source a cessé de l’afficher bien avant sa date limite.',
      reappeared: 'Sa source l’affiche de nouveau.',
    },
    withdrawnUndated: 'Retiré\u00a0: sa source a cessé de l’afficher, sans avoir indiqué de date limite.',
    deadlines: (from, to) => `Date limite\u00a0: ${to} (auparavant\u00a0: ${from})`,
    moved: (days) =>
      `${days < 0 ? 'avancée' : 'reportée'} de ${Math.abs(days)}\u00a0${Math.abs(days) === 1 ? 'jour' : 'jours'}`,
    none: 'non précisé',
    opening: (from, to) => `Ouverture\u00a0: ${to} (auparavant\u00a0: ${from})`,
    opened: 'L’appel est ouvert.',
    closed: 'Sa source indique qu’il est clos.',
    status: 'Son statut à la source a changé.',
    budget: (from, to) => `Budget\u00a0: ${to} (auparavant\u00a0: ${from})`,
    title: (from) => `Le titre a changé\u00a0; auparavant\u00a0: «\u00a0${from}\u00a0»`,
    text: (section) => `Le texte a changé\u00a0: ${section}`,
    conditions: 'Les conditions ont changé.',
    identity: 'Son identifiant a changé.',
    identifier: (from, to) => `Identifiant\u00a0: ${to} (auparavant\u00a0: ${from})`,
    trl: (from, to) => `Niveau de maturité technologique (TRL)\u00a0: ${to} (auparavant\u00a0: ${from})`,
    levels: (from, to) =>
      from === null ? `jusqu’à ${to}` : to === null ? `à partir de ${from}` : `${from} à ${to}`,
    other: (field) => `Modifié\u00a0: ${field}`,
    notice: (day, text) => `Note officielle du ${day}\u00a0: «\u00a0${text}\u00a0»`,
    because: (sentence, day, text) => `${sentence}. Note officielle du ${day}\u00a0: «\u00a0${text}\u00a0»`,
    fields: {
      callTitle: 'intitulé de l’appel',
      kind: 'nature de l’appel',
      programme: 'programme',
      divisions: 'volets du programme',
      typesOfAction: 'type d’action',
      destination: 'destination',
      keywords: 'mots-clés',
      url: 'adresse de sa page',
      alsoAt: 'autres adresses',
      deadlineModel: 'procédure de soumission',
      sections: 'ordre des sections',
      summary: 'résumé',
      other: 'section sans titre',
      parentTopic: 'sujet au titre duquel son projet est financé',
      project: 'projet organisateur',
      duration: 'durée d’un projet',
      zones: 'zones géographiques',
      contractType: 'type de contrat',
      lumpSum: 'somme forfaitaire ou non',
      mission: 'mission',
      crossCutting: 'priorités transversales',
      documents: 'liens et documents',
      partnerSearch: 'recherche de partenaires',
    },
  },
};

/** How what is not said by the call alone is told. */
export interface Saying {
  untold: UntoldTime;
  total: StatedTotal | null;
}

/** What the call says behind its changes, as far as sentences go by it. */
export type Behind = Pick<CallContent, 'deadlines'> & Partial<Pick<CallContent, 'kind'>>;

/** A sentence and the changes that it tells; none where it tells of the call as such. */
export interface ToldChange {
  sentence: string;
  changes: Change[];
}

/**
 * What changed in a call, a sentence each, in the reader's language. What changed twice is told from its first to its last state.
 * `call` is what it says behind these changes; `saying` is for where a note says of times that none was told, and for whose a total is.
 */
export function toldChanges(
  changes: Change[],
  language: Language,
  call: Behind,
  saying: Saying = { untold: 'said', total: null },
): ToldChange[] {
  const words = WORDS[language];
  const end = becameOf(changes);
  const became =
    end === 'withdrawn' && !call.deadlines.length ? words.withdrawnUndated : end && words.became[end];
  const [notices, all] = [officialNotesIn(changes), merged(changes.filter((c) => c.kind !== 'notice'))];
  // What else identifies a call changes with its identifier, and is told by it.
  const identifier = all.find((c) => c.field === 'identifier');
  const bySentence = grouped(all, (c) => [
    sentence((c.kind === 'identity' && identifier) || c, words, {
      language,
      callKind: call.kind ?? 'grant',
      ...saying,
    }),
  ]);
  const fields = [...bySentence].map(([told, of]) => ({
    sentence: withReason(
      told,
      of,
      notices.map((n) => n.notice),
      words,
      language,
    ),
    changes: of,
  }));
  const alone = notices.filter(({ notice }) => !all.some((c) => notice.explains.includes(c.field)));
  const noted = alone.map(({ notice, change }) => ({
    sentence: words.notice(dateForPeople(notice.day, language), notice.text),
    changes: [change],
  }));
  return [...(became ? [{ sentence: became, changes: [] }] : []), ...fields, ...noted];
}

/** A sentence with the note that is its reason behind it, where there is one. */
function withReason(
  told: string,
  changes: Change[],
  notices: OfficialNote[],
  words: Words,
  language: Language,
): string {
  const reason = notices.find((n) => changes.some((c) => n.explains.includes(c.field)));
  return reason ? words.because(told, dateForPeople(reason.day, language), reason.text) : told;
}

/** The same without the changes themselves. */
export const changeSentences = (changes: Change[], language: Language, call: Behind): string[] => [
  ...new Set(toldChanges(changes, language, call).map((told) => told.sentence)),
];

/** Whether the call as such ended or is there again; null where it is as the reader knows it. */
function becameOf(changes: Change[]): Became | null {
  const kinds = changes.flatMap(({ field, kind }) =>
    field === 'call' ? BECAME.filter((b) => b === kind) : [],
  );
  const [first, last] = [kinds[0], kinds.at(-1)];
  const [wasThere, isThere] = [first !== 'reappeared', last === 'reappeared'];
  return last === undefined || wasThere === isThere ? null : last;
}

/** Of several changes of a field only where it began and where it ended is news; none where it came back. */
function merged(changes: Change[]): Change[] {
  const byField = new Map<string, Change>();
  for (const change of changes.filter((c) => c.field !== 'call'))
    byField.set(change.field, { ...change, from: (byField.get(change.field) ?? change).from });
  return [...byField.values()].filter((c) => !same(told(c.field, c.from), told(c.field, c.to)));
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a as never) === canonicalJson(b as never);

/** Of the TRL the levels are told; that the sentence around them is another one is told as a change of the text. */
function told(field: string, value: unknown): unknown {
  const trl = value as CallContent['trl'];
  return field === 'trl' && trl ? [trl.from, trl.to] : value;
}

function sentence(
  { kind, field, from, to }: Change,
  words: Words,
  { language, callKind, untold, total }: Saying & { language: Language; callKind: CallContent['kind'] },
): string {
  const date = (value: unknown) => (value === null ? words.none : dateForPeople(value as string, language));
  const budget = (value: unknown) =>
    budgetForPeople({ budget: value as CallContent['budget'], kind: callKind }, language, total);
  if (field === 'deadlines')
    return words.deadlines(
      ...movedDeadlines((from as Deadline[] | null) ?? [], (to as Deadline[] | null) ?? [], words, {
        language,
        untold,
      }),
    );
  if (kind === 'opening') return words.opening(date(from), date(to));
  if (field === 'sourceStatus')
    return kind === 'opened' ? words.opened : kind === 'closed' ? words.closed : words.status;
  if (field === 'budget') return words.budget(budget(from), budget(to));
  if (field === 'title') return words.title(from as string);
  if (kind === 'conditions') return words.conditions;
  if (field === 'identifier')
    return words.identifier((from as string | null) ?? words.none, (to as string | null) ?? words.none);
  if (kind === 'identity') return words.identity;
  if (field === 'trl')
    return words.trl(
      trlForPeople(from as CallContent['trl'], words),
      trlForPeople(to as CallContent['trl'], words),
    );
  const name = field.replace(/^sections\./, '');
  const called = words.fields[name] ?? name;
  return kind === 'text' ? words.text(called) : words.other(called);
}

/** Of several deadlines those that moved. That a time is the rule's is said once: of one before another that is not told either, the day is enough. */
function movedDeadlines(
  from: Deadline[],
  to: Deadline[],
  words: Words,
  { language, untold }: Pick<Saying, 'untold'> & { language: Language },
): [from: string, to: string] {
  const pairs =
    from.length === to.length
      ? from
          .map((before, i) => ({ before, after: to[i]! }))
          .filter(({ before, after }) => !same(before, after))
      : [];
  const [before, after] = pairs.length ? [pairs.map((p) => p.before), pairs.map((p) => p.after)] : [from, to];
  const listed = (all: string[]) => all.join(textsIn(language).semicolon) || words.none;
  const brief =
    pairs.length > 0 &&
    pairs.every((p) => !p.before.timeTold && !p.after.timeTold && p.before.kind === p.after.kind);
  const full = (d: Deadline): string => deadlineForPeople(d, language, untold);
  const byDays = (deadline: string, days: number): string =>
    days === 0 ? deadline : `${deadline}, ${words.moved(days)}`;
  return [
    listed(before.map((d) => (brief ? dateForPeople(d.at, language) : full(d)))),
    listed(
      pairs.length
        ? pairs.map((p) => byDays(full(p.after), daysBetween(p.before.at, p.after.at)))
        : after.map(full),
    ),
  ];
}

const trlForPeople = (trl: CallContent['trl'], words: Words): string =>
  trl ? words.levels(trl.from, trl.to) : words.none;
