import {
  diffBudget,
  type DiffBudget,
  listDiff,
  type Piece,
  wholeDiff,
} from '../../calls/domain/versions/text-diff.js';
import { sha256 } from '../../kernel/hash.js';
import { preferenceLines } from './preferences.js';
import type { ClaimRule } from './track-record.js';
import type { Competence, Contact, Profile } from './profile.js';
import { asList } from './vocabulary.js';

/** A field that differs between two profiles; `competence` names the competence it belongs to. */
export interface FieldChange {
  field:
    | 'name'
    | 'language'
    | 'confirmed'
    | 'contacts'
    | 'preferences'
    | 'trackRecord'
    | 'vocabulary'
    | 'label'
    | 'labels'
    | 'description'
    | 'keywords'
    | 'exclusions'
    | 'weight'
    | 'added'
    | 'removed'
    | 'order';
  competence: string | null;
  /** Texts and lists as pieces; booleans, choices and numbers as their two values. */
  pieces: Piece[];
}

type Pair = [Competence | null, Competence | null];

/** With at least this share of keywords in common, it is the same competence under another name. */
const SAME_SHARE = 0.5;

const values = (from: string | number | boolean, to: string | number | boolean): Piece[] =>
  from === to
    ? []
    : [
        { op: 'removed', text: String(from) },
        { op: 'added', text: String(to) },
      ];
const text = (from: string, to: string, budget: DiffBudget): Piece[] =>
  from === to ? [] : wholeDiff(from, to, budget);
const contact = ({ name, email, language }: Contact): string =>
  `${name} <${email}>${language ? ` (${language})` : ''}`;

const vocabulary = ({ vocabulary: own = {} }: Profile): string[] =>
  Object.entries(own).map(([french, english]) => `${french} = ${asList(english).join(', ')}`);

function rule({ from, to, ...lists }: ClaimRule): string {
  const days = from === undefined && to === undefined ? [] : [`${from ?? ''}–${to ?? ''}`];
  return [
    ...Object.entries(lists).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`),
    ...days,
  ].join(' · ');
}

/** Returns a line for each thing claimed or excluded. */
const claims = ({ trackRecord = [] }: Profile): string[] =>
  trackRecord.flatMap(({ pic, projects, rules, all, except }) => [
    ...projects.map((p) => `${pic}: ${p}`),
    ...rules.map((r) => `${pic}: ${rule(r)}`),
    ...(all ? [`${pic}: *`] : []),
    ...except.map((p) => `${pic}: ≠ ${p}`),
  ]);

const labels = ({ labels: all = {} }: Competence): string[] =>
  Object.entries(all).map(([language, label]) => `${language}: ${label}`);

function overlap(a: Competence, b: Competence): number {
  const known = new Set(b.keywords);
  const shared = a.keywords.filter((k) => known.has(k)).length;
  return shared / Math.max(1, Math.min(a.keywords.length, b.keywords.length));
}

/** Pairs competences of both versions: by name, otherwise by keywords. */
function paired(before: Competence[], after: Competence[]): Pair[] {
  const left = [...after];
  const take = (fits: (c: Competence) => boolean): Competence | null => {
    const at = left.findIndex(fits);
    return at < 0 ? null : left.splice(at, 1)[0]!;
  };
  const named = before.map((b): Pair => [b, take((c) => c.label === b.label)]);
  const renamed = named.map(([b, c]): Pair => [
    b,
    c ?? take((d) => overlap(b!, d) >= SAME_SHARE && b!.keywords.length > 0),
  ]);
  return [...renamed, ...left.map((c): Pair => [null, c])];
}

/** Returns renamed competences, with the old and the new name. */
export const renames = (before: Profile, after: Profile): { from: string; to: string }[] =>
  paired(before.competences, after.competences).flatMap(([b, a]) =>
    b && a && b.label !== a.label ? [{ from: b.label, to: a.label }] : [],
  );

/** What stands for a competence at the end of the keys of declined changes, which follow its renames. */
export const KEY_OF_LABEL_LENGTH = 16;
export const keyOfLabel = (label: string): string => sha256(label).slice(0, KEY_OF_LABEL_LENGTH);

function competenceChanges([from, to]: Pair, budget: DiffBudget): FieldChange[] {
  if (!from || !to) {
    const { label, keywords } = (from ?? to)!;
    const op = from ? ('removed' as const) : ('added' as const);
    return [{ field: op, competence: label, pieces: keywords.map((k) => ({ op, text: k })) }];
  }
  const fields: [FieldChange['field'], Piece[]][] = [
    ['label', text(from.label, to.label, budget)],
    ['labels', listDiff(labels(from), labels(to))],
    ['description', text(from.description, to.description, budget)],
    ['keywords', listDiff(from.keywords, to.keywords)],
    ['exclusions', listDiff(from.exclusions, to.exclusions)],
    ['weight', values(from.weight, to.weight)],
  ];
  return fields.map(([field, pieces]) => ({ field, competence: to.label, pieces }));
}

const order = (from: Competence[], to: Competence[]): Piece[] => {
  const [was, is] = [from, to].map((all) => all.map((c) => c.label).join(' · ')) as [string, string];
  return [...from]
    .map((c) => c.label)
    .sort()
    .join() ===
    [...to]
      .map((c) => c.label)
      .sort()
      .join()
    ? values(was, is)
    : [];
};

/**
 * Returns what differs from an earlier profile, field by field, in readable form. All texts share one budget:
 * behind many changed words, the others are given as they were and as they are.
 */
export function profileDiff(from: Profile, to: Profile): FieldChange[] {
  const budget = diffBudget();
  const own: [FieldChange['field'], Piece[]][] = [
    ['name', text(from.name, to.name, budget)],
    ['language', values(from.language, to.language)],
    ['confirmed', values(from.confirmed, to.confirmed)],
    ['contacts', listDiff(from.contacts.map(contact), to.contacts.map(contact))],
    ['preferences', listDiff(preferenceLines(from.preferences), preferenceLines(to.preferences))],
    ['trackRecord', listDiff(claims(from), claims(to))],
    ['vocabulary', listDiff(vocabulary(from), vocabulary(to))],
    ['order', order(from.competences, to.competences)],
  ];
  const all = [
    ...own.map(([field, pieces]): FieldChange => ({ field, competence: null, pieces })),
    ...paired(from.competences, to.competences).flatMap((pair) => competenceChanges(pair, budget)),
  ];
  return all.filter((c) => c.pieces.length > 0 || c.field === 'added' || c.field === 'removed');
}
