import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import type { CallContent, RoleRule } from '../../calls/domain/call-content.js';
import { ActionCode, actionCodes } from '../../calls/domain/action-code.js';
import { ADDRESSEES } from '../../calls/domain/addressee.js';
import { CountryCode } from '../../calls/domain/countries.js';
import { daysLeft } from '../../kernel/brussels.js';
import { type Role, ROLES, ruleAgainst } from '../../calls/domain/role-rules.js';

const level = z.number().int().min(1).max(9);
const amount = z.number().positive().max(1e12);

/** A longer list would exclude next to nothing. */
export const MOST_COUNTRIES = 60;

/** What an institute prefers; anything omitted does not matter to it. */
export const Preferences = z.strictObject({
  typesOfAction: z.array(ActionCode).max(20).default([]),
  /** The technology readiness levels at which it works. */
  trl: z
    .strictObject({ min: level.default(1), max: level.default(9) })
    .refine((r) => r.min <= r.max, issue('minimum-above-maximum'))
    .optional(),
  /** By name, as in calls: "Horizon Europe". */
  programmes: z.array(z.string().trim().min(2).max(100)).max(50).default([]),
  /**
   * Other kinds of organisation, besides a research institute, as which it answers calls: calls addressed to
   * them lose no points.
   */
  answersAs: z.array(z.enum(ADDRESSEES)).max(ADDRESSEES.length).optional(),
  /** The minimum number of days that it needs before a deadline. */
  minLeadDays: z.number().int().min(1).max(730).optional(),
  /** Where it can or wants to work, besides France, where it is established. */
  countries: z.array(CountryCode).max(MOST_COUNTRIES).optional(),
  /** Its role in a project: `coordinator` or `partner` of a consortium, or the only applicant, `alone`. */
  roles: z.array(z.enum(ROLES)).max(ROLES.length).optional(),
  /** Per project, in euros. */
  budget: z
    .strictObject({ min: amount.optional(), max: amount.optional() })
    .refine((r) => (r.min ?? 0) <= (r.max ?? Infinity), issue('minimum-above-maximum'))
    .optional(),
});
export type Preferences = z.infer<typeof Preferences>;

/** Returns preferences as lines, for comparing two versions of a profile. */
export function preferenceLines(p: Preferences | undefined): string[] {
  if (!p) return [];
  const span = (low: number | undefined, high: number | undefined): string => `${low ?? ''}–${high ?? ''}`;
  return [
    ...p.typesOfAction,
    ...p.programmes,
    ...(p.answersAs ?? []),
    ...(p.trl ? [`TRL ${span(p.trl.min, p.trl.max)}`] : []),
    ...(p.minLeadDays ? [`≥ ${p.minLeadDays} d`] : []),
    ...(p.budget ? [`${span(p.budget.min, p.budget.max)} EUR`] : []),
    ...(p.countries ?? []),
    ...(p.roles ?? []),
  ];
}

export const PREFERENCES = [
  'type-of-action',
  'trl',
  'programme',
  'lead-time',
  'budget',
  'country',
  'role',
] as const;

type Place = NonNullable<CallContent['place']>;
type Side = 'above' | 'below';

/** A preference that a call does not meet, with what the call states. */
export type Unmet =
  | { preference: 'type-of-action'; stated: string[]; wanted: ActionCode[] }
  | { preference: 'trl'; stated: number; side: Side; wanted: { min: number; max: number } }
  | { preference: 'programme'; stated: string; wanted: string[] }
  | { preference: 'lead-time'; stated: number; isLast: boolean; wanted: number }
  | { preference: 'budget'; stated: number; side: Side; wanted: number; currency: string }
  | { preference: 'country'; kind: Place['kind']; stated: string[]; wanted: string[] }
  | { preference: 'role'; stated: RoleRule['rule']; wanted: Role[] };

export type PreferredCall = Pick<
  CallContent,
  'typesOfAction' | 'trl' | 'programme' | 'deadlines' | 'budget' | 'place' | 'roleRules'
>;
type Rule = (wanted: Preferences, call: PreferredCall, now: Date) => Unmet | null;

const typeOfAction: Rule = ({ typesOfAction: wanted }, { typesOfAction: stated }) => {
  const codes = actionCodes(stated);
  return !wanted.length || !codes.length || codes.some((c) => wanted.includes(c))
    ? null
    : { preference: 'type-of-action', stated, wanted };
};

/** If a call states only one end of its range, that end is compared. */
const trl: Rule = ({ trl: wanted }, { trl: stated }) => {
  const [low, high] = [stated?.from ?? stated?.to, stated?.to ?? stated?.from];
  if (!wanted || !low || !high) return null;
  if (low > wanted.max) return { preference: 'trl', stated: low, side: 'above', wanted };
  return high < wanted.min ? { preference: 'trl', stated: high, side: 'below', wanted } : null;
};

const programme: Rule = ({ programmes: wanted }, { programme: stated }) => {
  const name = stated?.name;
  if (!wanted.length || !name) return null;
  return wanted.some((w) => w.toLowerCase() === name.toLowerCase() || w === stated.code)
    ? null
    : { preference: 'programme', stated: name, wanted };
};

/**
 * Days to the next deadline, but to the last of several cut-offs: whoever lacks time for one applies at a
 * later one. A call whose deadlines are all over is excluded elsewhere.
 */
const leadTime: Rule = ({ minLeadDays: wanted }, { deadlines }, now) => {
  const coming = deadlines.filter((d) => Date.parse(d.at) > now.getTime());
  const decisive = coming.every((d) => d.kind === 'cut-off') ? coming.at(-1) : coming[0];
  if (!wanted || !decisive) return null;
  const days = daysLeft(now, decisive.at);
  const isLast = decisive !== coming[0];
  return days < wanted ? { preference: 'lead-time', stated: days, isLast, wanted } : null;
};

/** Amounts in different currencies are not compared: we do not guess exchange rates. */
const budget: Rule = ({ budget: wanted }, { budget: stated }) => {
  if (!wanted || stated?.currency !== 'EUR') return null;
  const { currency, minContribution: low, maxContribution: high } = stated;
  if (wanted.min && high !== null && high < wanted.min)
    return { preference: 'budget', stated: high, side: 'below', wanted: wanted.min, currency };
  return wanted.max && low !== null && low > wanted.max
    ? { preference: 'budget', stated: low, side: 'above', wanted: wanted.max, currency }
    : null;
};

/** The network's institutes are established here, whatever they prefer. */
const HOME = 'FR';

/** An institute can apply where applicants from France can; the place of an action is only a preference. */
const country: Rule = ({ countries: wanted }, { place }) => {
  if (!wanted?.length || !place) return null;
  const able = place.kind === 'established' ? [HOME, ...wanted] : wanted;
  return place.countries.some((c) => able.includes(c))
    ? null
    : { preference: 'country', kind: place.kind, stated: place.countries, wanted };
};

const role: Rule = ({ roles: wanted }, { roleRules }) => {
  const against = wanted?.length ? ruleAgainst(wanted, roleRules ?? []) : null;
  return against && { preference: 'role', stated: against.rule, wanted: wanted! };
};

const RULES: Rule[] = [typeOfAction, trl, programme, leadTime, budget, country, role];

/**
 * Returns the preferences that a call does not meet now. What a call does not state is not held against it,
 * and no call is dropped for a preference: it is shown with them.
 */
export const unmetPreferences = (wanted: Preferences | undefined, call: PreferredCall, now: Date): Unmet[] =>
  wanted ? RULES.flatMap((rule) => rule(wanted, call, now) ?? []) : [];

/** Programmes offered as choices; others are entered by name. */
export const USUAL_PROGRAMMES = [
  'Horizon Europe',
  'Digital Europe',
  'European Defence Fund',
  'LIFE',
  'Euratom Research and Training',
  'Research Fund for Coal and Steel',
  'Connecting Europe Facility',
  'EU External Action',
  'Innovation Fund',
  'Interregional Innovation Investments',
] as const;
