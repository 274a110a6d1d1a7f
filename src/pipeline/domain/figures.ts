import { actionShort } from '../../calls/domain/index.js';
import { oneLine } from '../../kernel/one-line.js';
import type { Role } from './opportunity.js';
import type { Stage } from './stage.js';

/** What an institute was told, and what it did with it, in a period. */
export interface Activity {
  told: number;
  read: number;
  decided: number;
  relevant: number;
  asked: number;
  answered: number;
  /** Days between a call's first sight and the decision on it, half of them are shorter; null where nothing was decided. */
  medianDays: number | null;
}

/** A bid as far as it is counted. */
export interface CountedBid {
  profileId: string;
  stage: Stage;
  /** Whether it was decided at some time to prepare it. */
  went: boolean;
  programme: string | null;
  typeOfAction: string | null;
  role: Role | null;
  requested: number | null;
  share: number | null;
  currency: string;
}

/** A share of cases, with the number that it rests on, and between which values it lies by 95 in 100. */
export interface Rate {
  hits: number;
  of: number;
  rate: number | null;
  low: number | null;
  high: number | null;
}
export interface NamedRate extends Rate {
  name: string | null;
}
/** Amounts in one currency. */
interface Money {
  currency: string;
  requested: number;
  share: number;
  bids: number;
}
export interface Figures {
  activity: Activity;
  go: Rate;
  success: Rate;
  byProgramme: NamedRate[];
  byTypeOfAction: NamedRate[];
  byRole: NamedRate[];
  /** By the groups that institutes belong to, one of which may belong to several; of the network alone. */
  bySector: NamedRate[];
  /** Of all that was submitted, whatever came of it. */
  submitted: Money[];
  won: Money[];
}

/** What the institutes of the network had of European contracts in 2014, in euros, as the network says. */
export const NETWORK_2014 = 110_000_000;

/** From fewer cases no rate is told: one more or less would change it by too much. */
export const LEAST_CASES = 5;
const Z = 1.96;

/** A rate with its Wilson interval, which holds for few cases too. */
export function rateOf(hits: number, of: number): Rate {
  if (of < LEAST_CASES) return { hits, of, rate: null, low: null, high: null };
  const p = hits / of;
  const centre = p + (Z * Z) / (2 * of);
  const spread = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  const whole = 1 + (Z * Z) / of;
  return {
    hits,
    of,
    rate: p,
    low: Math.max(0, (centre - spread) / whole),
    high: Math.min(1, (centre + spread) / whole),
  };
}

const isKnown = ({ stage }: CountedBid): boolean => stage === 'funded' || stage === 'rejected';
const isFunded = ({ stage }: CountedBid): boolean => stage === 'funded';
const isSubmitted = ({ stage }: CountedBid): boolean =>
  ['submitted', 'reserve-list', 'funded', 'rejected'].includes(stage);

const success = (bids: CountedBid[]): Rate => {
  const known = bids.filter(isKnown);
  return rateOf(known.filter(isFunded).length, known.length);
};

function by(bids: CountedBid[], nameOf: (bid: CountedBid) => string | null): NamedRate[] {
  const names = [...new Set(bids.filter(isKnown).map(nameOf))];
  return names
    .map((name) => ({ name, ...success(bids.filter((b) => nameOf(b) === name)) }))
    .sort((a, b) => b.of - a.of || (a.name ?? '').localeCompare(b.name ?? ''));
}

function moneyOf(bids: CountedBid[]): Money[] {
  const currencies = [...new Set(bids.map((b) => b.currency))].sort();
  return currencies.map((currency) => {
    const own = bids.filter((b) => b.currency === currency);
    const sum = (field: 'requested' | 'share'): number => own.reduce((all, b) => all + (b[field] ?? 0), 0);
    return { currency, requested: sum('requested'), share: sum('share'), bids: own.length };
  });
}

/** The figures of these bids, beside what was told and done. */
export function figuresOf(activity: Activity, bids: CountedBid[]): Figures {
  const went = bids.filter((b) => b.went).length;
  const refused = bids.filter((b) => b.stage === 'no-go').length;
  return {
    activity,
    go: rateOf(went, went + refused),
    success: success(bids),
    byProgramme: by(bids, (b) => b.programme),
    byTypeOfAction: by(bids, (b) => b.typeOfAction && actionShort(oneLine(b.typeOfAction))),
    byRole: by(bids, (b) => b.role),
    bySector: [],
    submitted: moneyOf(bids.filter(isSubmitted)),
    won: moneyOf(bids.filter(isFunded)),
  };
}

/** So many institutes stand behind a figure of the network at least: of fewer it would tell what one of them decides. */
export const LEAST_INSTITUTES = 3;

const institutesOf = (bids: CountedBid[]): number => new Set(bids.map((b) => b.profileId)).size;

/** Institutes that work on the same. */
export interface Sector {
  id: string;
  members: string[];
}

/** Of the network's bids those kinds alone that enough institutes stand behind. */
export function figuresOfNetwork(activity: Activity, bids: CountedBid[], sectors: Sector[]): Figures {
  const enough = (of: CountedBid[]): CountedBid[] => (institutesOf(of) < LEAST_INSTITUTES ? [] : of);
  const all = figuresOf(activity, bids);
  const known = (rates: NamedRate[], nameOf: (bid: CountedBid) => string | null): NamedRate[] =>
    rates.filter(({ name }) => enough(bids.filter((b) => isKnown(b) && nameOf(b) === name)).length > 0);
  const counted = figuresOf(activity, enough(bids));
  const withResult = enough(bids.filter(isKnown));
  const inCurrency = (of: CountedBid[]): Money[] =>
    moneyOf(of.filter((b) => enough(of.filter((o) => o.currency === b.currency)).length > 0));
  return {
    ...counted,
    go: figuresOf(activity, enough(bids.filter((b) => b.went || b.stage === 'no-go'))).go,
    success: success(withResult),
    byProgramme: known(all.byProgramme, (b) => b.programme),
    byTypeOfAction: known(all.byTypeOfAction, (b) => b.typeOfAction && actionShort(oneLine(b.typeOfAction))),
    byRole: known(all.byRole, (b) => b.role),
    bySector: sectors.flatMap(({ id, members }) => {
      const own = enough(bids.filter((b) => isKnown(b) && members.includes(b.profileId)));
      return own.length === 0 ? [] : [{ name: id, ...success(own) }];
    }),
    submitted: inCurrency(bids.filter(isSubmitted)),
    won: inCurrency(bids.filter(isFunded)),
  };
}
