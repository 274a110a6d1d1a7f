import { actionShort } from '../../calls/domain/action-code.js';
import { oneLine } from '../../kernel/one-line.js';
import { rateOf, type Rate } from '../../kernel/rate.js';
import { knownSum, type KnownSum } from '../../funded-projects/domain/contributions.js';
import type { Role } from './opportunity.js';
import { type Stage, SUBMITTED } from './stage.js';

/** What an institute was sent in a period, and what it did with it. */
export interface Activity {
  told: number;
  read: number;
  decided: number;
  relevant: number;
  asked: number;
  answered: number;
  /** Median days from when a call is first seen to the decision on it; null if nothing was decided. */
  medianDays: number | null;
}

/**
 * Bids of an institute that agree in everything that is counted. Bids without a result are not split by
 * programme, type of action and role.
 */
export interface CountedBids {
  profileId: string;
  /** How many bids there are. */
  bids: number;
  stage: Stage;
  /** Whether the decision was ever to prepare them. */
  went: boolean;
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

export interface NamedRate extends Rate {
  name: string | null;
}
/** Amounts in one currency. */
interface Money {
  currency: string;
  requested: KnownSum;
  share: KnownSum;
  bids: number;
}
export interface Figures {
  activity: Activity;
  go: Rate;
  success: Rate;
  /** Share of all wanted calls that were sent; for a single institute only. */
  recall: Rate | null;
  byProgramme: NamedRate[];
  byTypeOfAction: NamedRate[];
  byRole: NamedRate[];
  /** By group of institutes, and an institute may be in several; for the network only. */
  bySector: NamedRate[];
  /** Everything submitted, whatever the result. */
  submitted: Money[];
  won: Money[];
}

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

/** Success rates by name, of the groups that `isShown` allows to be shown. */
const by = (
  bids: CountedBids[],
  nameOf: NameOf,
  isShown: (own: CountedBids[]) => boolean = () => true,
): NamedRate[] =>
  namedGroups(bids.filter(isKnown), nameOf)
    .filter(([, own]) => isShown(own))
    .map(([name, own]) => ({ name, ...success(own) }))
    .sort((a, b) => b.of - a.of || (a.name ?? '').localeCompare(b.name ?? ''));

const programmeOf: NameOf = ({ programme }) => programme;
const typeOf: NameOf = ({ typeOfAction }) => typeOfAction && actionShort(oneLine(typeOfAction));
const roleOf: NameOf = ({ role }) => role;

/** The share of decided bids that were to be prepared. */
function goOf(bids: CountedBids[]): Rate {
  const went = countOf(bids.filter((b) => b.went));
  return rateOf(went, went + countOf(bids.filter((b) => b.stage === 'no-go')));
}

function moneyOf(bids: CountedBids[]): Money[] {
  const currencies = [...new Set(bids.map((b) => b.currency))].sort();
  return currencies.map((currency) => {
    const own = bids.filter((b) => b.currency === currency);
    return {
      currency,
      requested: sumOf(own.map((b) => ({ amount: b.requested, unknown: b.withoutRequested }))),
      share: sumOf(own.map((b) => ({ amount: b.share, unknown: b.withoutShare }))),
      bids: countOf(own),
    };
  });
}

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
  byProgramme: by(bids, programmeOf),
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

const isHidden = (bids: CountedBids[]): boolean =>
  new Set(bids.map((b) => b.profileId)).size >= LEAST_INSTITUTES;
const enough = (bids: CountedBids[]): CountedBids[] => (isHidden(bids) ? bids : []);

/** Amounts only in currencies that enough institutes bid in. */
const hiddenMoney = (bids: CountedBids[]): Money[] =>
  moneyOf(namedGroups(bids, (b) => b.currency).flatMap(([, own]) => enough(own)));

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
  byProgramme: by(bids, programmeOf, isHidden),
  byTypeOfAction: by(bids, typeOf, isHidden),
  byRole: by(bids, roleOf, isHidden),
  bySector: sectors.flatMap(({ id, members }) => {
    const own = enough(bids.filter((b) => isKnown(b) && members.includes(b.profileId)));
    return own.length === 0 ? [] : [{ name: id, ...success(own) }];
  }),
  submitted: hiddenMoney(bids.filter(isSubmitted)),
  won: hiddenMoney(bids.filter(isFunded)),
});
