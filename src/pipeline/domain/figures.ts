import { actionShort } from '../../calls/domain/index.js';
import { oneLine } from '../../kernel/one-line.js';
import { rateOf, type Rate } from '../../kernel/rate.js';
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
  /**
   * Days between a call's first sight and the decision on it, half of them are shorter; null where nothing
   * was decided.
   */
  medianDays: number | null;
}

/**
 * Bids of an institute that are alike in all that is counted. What has no result is not told apart by
 * programme, type of action and role.
 */
export interface CountedBids {
  profileId: string;
  /** How many they are. */
  bids: number;
  stage: Stage;
  /** Whether it was decided at some time to prepare it. */
  went: boolean;
  programme: string | null;
  typeOfAction: string | null;
  role: Role | null;
  /** The sums of their amounts. */
  requested: number | null;
  share: number | null;
  currency: string;
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
  /** Of all calls that were wanted, those that were told; of one institute alone. */
  recall: Rate | null;
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

const isKnown = ({ stage }: CountedBids): boolean => stage === 'funded' || stage === 'rejected';
const isFunded = ({ stage }: CountedBids): boolean => stage === 'funded';
const isSubmitted = ({ stage }: CountedBids): boolean =>
  ['submitted', 'reserve-list', 'funded', 'rejected'].includes(stage);

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

/** What of each kind has a result, where `isShown` says that it may be told. */
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

/** Of all that was decided on, what was to be prepared. */
function goOf(bids: CountedBids[]): Rate {
  const went = countOf(bids.filter((b) => b.went));
  return rateOf(went, went + countOf(bids.filter((b) => b.stage === 'no-go')));
}

function moneyOf(bids: CountedBids[]): Money[] {
  const currencies = [...new Set(bids.map((b) => b.currency))].sort();
  return currencies.map((currency) => {
    const own = bids.filter((b) => b.currency === currency);
    const sum = (field: 'requested' | 'share'): number => own.reduce((all, b) => all + (b[field] ?? 0), 0);
    return { currency, requested: sum('requested'), share: sum('share'), bids: countOf(own) };
  });
}

/** The figures of these bids, beside what was told and done. */
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
 * So many institutes stand behind a figure of the network at least: of fewer it would tell what one of them
 * decides.
 */
export const LEAST_INSTITUTES = 3;

const isHidden = (bids: CountedBids[]): boolean =>
  new Set(bids.map((b) => b.profileId)).size >= LEAST_INSTITUTES;
const enough = (bids: CountedBids[]): CountedBids[] => (isHidden(bids) ? bids : []);

/** Amounts in those currencies alone that enough institutes stand behind. */
const hiddenMoney = (bids: CountedBids[]): Money[] =>
  moneyOf(namedGroups(bids, (b) => b.currency).flatMap(([, own]) => enough(own)));

/** Institutes that work on the same. */
export interface Sector {
  id: string;
  members: string[];
}

/** Of the network's bids those kinds alone that enough institutes stand behind. */
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
