import { actionShort } from '../../calls/domain/action-code.js';
import { oneLine } from '../../kernel/one-line.js';
import { type Rate, rateOf } from '../../kernel/statistics.js';
import { knownSum, type KnownSum } from '../../funded-projects/domain/contributions.js';
import type { Lead } from '../../harvest/domain/lag.js';
import type { Role } from './opportunity.js';
import { type Stage, SUBMITTED } from './stage.js';

/** What an institute was sent in a period, and did with it; null where too few institutes stand behind it. */
export interface Activity {
  /** Calls sent in a message. */
  told: number | null;
  read: number | null;
  decided: number | null;
  relevant: number | null;
  /** Proposals to researchers. */
  asked: number | null;
  answered: number | null;
  /** From when a call is first seen to the decision on it. */
  medianDays: number | null;
}

/**
 * Bids of an institute that agree in everything that is counted. Only submitted ones are split by year and
 * programme, and only those with a result by type of action and role.
 */
export interface CountedBids {
  profileId: string;
  bids: number;
  stage: Stage;
  /** Whether the decision was ever to prepare them. */
  went: boolean;
  /** Of the deadline that it was prepared for, in Brussels. */
  year: string | null;
  programme: string | null;
  typeOfAction: string | null;
  role: Role | null;
  /** The sums of their amounts, each null if none is stated. */
  requested: number | null;
  share: number | null;
  /** How many state no such amount. */
  withoutRequested: number;
  withoutShare: number;
  currency: string;
}

export type NamedRate = Rate & { name: string | null };
export interface Money {
  currency: string;
  requested: KnownSum;
  /** The institutes' own part of it. */
  share: KnownSum;
  bids: number;
}
/** What was submitted and won, by currency; the rate is of the bids with a result. */
export interface Outcome extends NamedRate {
  /** Submitted, whatever the result. */
  bids: number;
  submitted: Money[];
  won: Money[];
}
export interface Figures {
  activity: Activity;
  /** Of all decided bids. */
  go: Rate;
  /** Of all bids with a result. */
  success: Rate;
  /** By year of the deadline; null if the bid has none. */
  byYear: Outcome[];
  byProgramme: Outcome[];
  byTypeOfAction: NamedRate[];
  byRole: NamedRate[];
  /** Of the calls an institute wanted, those sent to it, by the monthly sample; null for the network. */
  recall: Rate | null;
  /** By group of institutes; for the network only. */
  bySector: Outcome[];
  submitted: Money[];
  won: Money[];
}

/** With what is known of drafts, which is nobody's own. */
export type FiguresOfPeriod = Figures & { drafts: Lead };

/** European contracts of the network's institutes in 2014, in euros, as published by the network. */
export const NETWORK_2014 = 110_000_000;

const isKnown = ({ stage }: CountedBids): boolean => stage === 'funded' || stage === 'rejected';
const isFunded = ({ stage }: CountedBids): boolean => stage === 'funded';
const isSubmitted = ({ stage }: CountedBids): boolean => SUBMITTED.includes(stage);

const countOf = (bids: CountedBids[]): number => bids.reduce((all, b) => all + b.bids, 0);

const success = (bids: CountedBids[]): Rate => {
  const known = bids.filter(isKnown);
  return rateOf(countOf(known.filter(isFunded)), countOf(known));
};

type NameOf = (bid: CountedBids) => string | null;

function namedGroups(bids: CountedBids[], nameOf: NameOf): [string | null, CountedBids[]][] {
  const groups = new Map<string | null, CountedBids[]>();
  for (const bid of bids) {
    const name = nameOf(bid);
    const group = groups.get(name);
    if (group) group.push(bid);
    else groups.set(name, [bid]);
  }
  return [...groups];
}

/** Which of these bids may be counted in a figure. */
type Countable = (bids: CountedBids[]) => CountedBids[];
const all: Countable = (bids) => bids;

const byName = (a: NamedRate, b: NamedRate): number => (a.name ?? '').localeCompare(b.name ?? '');

/** Success rates by name. */
const by = (bids: CountedBids[], nameOf: NameOf, countable = all): NamedRate[] =>
  namedGroups(bids.filter(isKnown), nameOf)
    .map(([name, own]): [string | null, CountedBids[]] => [name, countable(own)])
    .filter(([, own]) => own.length > 0)
    .map(([name, own]) => ({ name, ...success(own) }))
    .sort((a, b) => b.of - a.of || byName(a, b));

/** None if nothing that may be counted was submitted. */
function outcomeOf(name: string | null, bids: CountedBids[], countable: Countable): Outcome[] {
  const submitted = countable(bids.filter(isSubmitted));
  if (submitted.length === 0) return [];
  return [
    {
      ...{ name, ...success(countable(submitted.filter(isKnown))), bids: countOf(submitted) },
      submitted: moneyOf(submitted, countable),
      won: moneyOf(submitted.filter(isFunded), countable),
    },
  ];
}

const outcomesBy = (bids: CountedBids[], nameOf: NameOf, countable = all): Outcome[] =>
  namedGroups(bids, nameOf)
    .flatMap(([name, own]) => outcomeOf(name, own, countable))
    .sort((a, b) => b.bids - a.bids || byName(a, b));

const byYear = (bids: CountedBids[], countable = all): Outcome[] =>
  outcomesBy(bids, ({ year }) => year, countable).sort((a, b) =>
    (a.name ?? '9999').localeCompare(b.name ?? '9999'),
  );

const programmeOf: NameOf = ({ programme }) => programme;
const typeOf: NameOf = ({ typeOfAction }) => typeOfAction && actionShort(oneLine(typeOfAction));
const roleOf: NameOf = ({ role }) => role;

/** The share of decided bids that were to be prepared. */
function goOf(bids: CountedBids[]): Rate {
  const went = countOf(bids.filter((b) => b.went));
  return rateOf(went, went + countOf(bids.filter((b) => b.stage === 'no-go')));
}

/** Amounts by currency. */
const moneyOf = (bids: CountedBids[], countable = all): Money[] =>
  namedGroups(bids, (b) => b.currency)
    .map(([currency, own]): [string, CountedBids[]] => [currency!, countable(own)])
    .filter(([, own]) => own.length > 0)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, own]) => ({
      currency,
      requested: sumOf(own.map((b) => ({ amount: b.requested, unknown: b.withoutRequested }))),
      share: sumOf(own.map((b) => ({ amount: b.share, unknown: b.withoutShare }))),
      bids: countOf(own),
    }));

const sumOf = (sums: KnownSum[]): KnownSum => ({
  amount: knownSum(sums.flatMap(({ amount }) => amount ?? [])).amount,
  unknown: sums.reduce((all, { unknown }) => all + unknown, 0),
});

/** The figures of these bids, with the activity. */
export const figuresOf = (activity: Activity, bids: CountedBids[], recall: Rate): Figures => ({
  activity,
  go: goOf(bids),
  success: success(bids),
  recall,
  byYear: byYear(bids),
  byProgramme: outcomesBy(bids, programmeOf),
  byTypeOfAction: by(bids, typeOf),
  byRole: by(bids, roleOf),
  bySector: [],
  submitted: moneyOf(bids.filter(isSubmitted)),
  won: moneyOf(bids.filter(isFunded)),
});

/**
 * The fewest institutes that a figure of the network may be based on: with fewer, it would reveal the
 * decisions of one of them.
 */
export const LEAST_INSTITUTES = 3;

const enough: Countable = (bids) =>
  new Set(bids.map((b) => b.profileId)).size >= LEAST_INSTITUTES ? bids : [];

/** Institutes that work in the same field. */
export interface Sector {
  id: string;
  members: string[];
}

/** Of the network's bids, only the groups that enough institutes contribute to. */
export const figuresOfNetwork = (activity: Activity, bids: CountedBids[], sectors: Sector[]): Figures => ({
  activity,
  go: goOf(enough(bids.filter((b) => b.went || b.stage === 'no-go'))),
  success: success(enough(bids.filter(isKnown))),
  recall: null,
  byYear: byYear(bids, enough),
  byProgramme: outcomesBy(bids, programmeOf, enough),
  byTypeOfAction: by(bids, typeOf, enough),
  byRole: by(bids, roleOf, enough),
  bySector: sectors.flatMap(({ id, members }) =>
    outcomeOf(
      id,
      bids.filter((b) => members.includes(b.profileId)),
      enough,
    ),
  ),
  submitted: moneyOf(bids.filter(isSubmitted), enough),
  won: moneyOf(bids.filter(isFunded), enough),
});
