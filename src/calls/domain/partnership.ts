import { DateTime } from 'luxon';
import { BRUSSELS } from '../../kernel/brussels.js';
import type { CallContent } from './call-content.js';
import { parentTopicOf } from './related-calls.js';
import { wordsOnly } from './searched-text.js';
import { cutAtSentences } from './visible-text.js';

/**
 * European partnerships, and networks of funders before them, whose joint calls national funders pay for:
 * each by the names that calls write, the one to show first. A call of another one is an ordinary call.
 */
const PARTNERSHIPS: readonly (readonly string[])[] = [
  ['AGROECOLOGY'],
  ['Biodiversa+'],
  ['CETPartnership', 'CETP', 'Clean Energy Transition Partnership'],
  ['CHIST-ERA'],
  ['DUT', 'Driving Urban Transitions'],
  ['EP BrainHealth', 'BrainHealth', 'NEURON'],
  ['EP PerMed', 'PerMed', 'ERA PerMed'],
  ['ERA4Health'],
  ['ERDERA', 'EJP RD'],
  ['EUP AH&W', 'EUPAHW'],
  ['EUP OH AMR', 'OH AMR', 'OHAMR', 'JPIAMR'],
  ['FutureFoodS'],
  ['M-ERA.NET'],
  ['PARC'],
  ['QuantERA'],
  ['Sustainable Blue Economy Partnership', 'SBEP'],
  ['THCS', 'Transforming Health and Care Systems'],
  ['Water4All'],
];

/** What the announcement of a joint call says, whoever announces it. */
const JOINT =
  /partenariats? europ|\btransnational|appel conjoint|annexe nationale|r[èe]gles nationales|agences de financement|joint (transnational )?call|european partnership/i;

/**
 * `central`: the joint call as the partnership runs it. `national`: what a funder of one country says of it.
 * `founding`: the topic that co-funds the partnership.
 */
type Layer = 'central' | 'national' | 'founding';

/** A call's place in a partnership, by the name of the partnership. */
interface PartnershipPlace {
  name: string;
  layer: Layer;
}

const has = (words: string, name: string): boolean => ` ${words} `.includes(` ${wordsOnly(name)} `);

function named(text: string | null | undefined): string | null {
  const words = wordsOnly(text ?? '');
  return PARTNERSHIPS.find((names) => names.some((name) => has(words, name)))?.[0] ?? null;
}

/** Returns all names of a partnership. */
export const namesOf = (partnership: string): readonly string[] =>
  PARTNERSHIPS.find(([first]) => first === partnership) ?? [];

/** French funders publish there: ANR on its own site, and all of them on the State's portal. */
const isNational = ({ dataSource, funder }: CallContent): boolean =>
  dataSource === 'ANR' || funder !== undefined;

/** Returns a call's place in a partnership, if its title or the project that runs it names one. */
export function partnershipPlace(call: CallContent): PartnershipPlace | null {
  const of = (name: string | null, layer: Layer): PartnershipPlace | null =>
    name === null ? null : { name, layer };
  if (call.kind === 'cascade')
    return of(named(call.project?.acronym) ?? named(call.project?.name) ?? named(call.title), 'central');
  if (call.typesOfAction.some((type) => /co-?fund/i.test(type))) return of(named(call.title), 'founding');
  const text = call.sections.map((s) => s.text).join('\n');
  return isNational(call) && JOINT.test(`${call.title}\n${text}`) ? of(named(call.title), 'national') : null;
}

type Dated = Pick<CallContent, 'title' | 'deadlines'>;
const day = (at: string): string => DateTime.fromISO(at, { zone: BRUSSELS }).toISODate()!;
const daysOf = ({ deadlines }: Dated): string[] => deadlines.map((d) => day(d.at));
/** The years that a title names; without any, that in which the call closes. */
const yearsOf = (call: Dated): string[] =>
  call.title.match(/\b20\d\d\b/g) ?? daysOf(call).map((closing) => closing.slice(0, 4));

const shareDay = (a: Dated, b: Dated): boolean => daysOf(a).some((closing) => daysOf(b).includes(closing));

/** Whether two calls of a partnership are of one round: they close on one day, or are of one year. */
export const sameRound = (a: Dated, b: Dated): boolean =>
  shareDay(a, b) || yearsOf(a).some((year) => yearsOf(b).includes(year));

/** What a national funder says of a joint call, in its own sentences. */
export interface NationalAnnex {
  funder: string | null;
  /** Whom it funds, and under which rules. */
  eligibility: string[];
  budget: string | null;
}

const ELIGIBLE =
  /[ée]ligib|[ée]quipes? fran[çc]aises?|financ[ée]e?s? par|\bporteur|s['’]adresse|rattach|b[ée]n[ée]ficiaire|ouverte?s? aux|french (teams|partners|applicants)/i;
const AMOUNT = /\d\s?(?:k€|M€|€|euros|EUR|millions)/i;
/** What there is for the country comes before what a team may ask for. */
const MONEY = [/budget|enveloppe/i, /montant|\baide\b|demandent|funding/i];
const MOST_SENTENCES = 3;

function sentencesOf({ sections, language }: Pick<CallContent, 'sections' | 'language'>): string[] {
  return sections
    .flatMap((section) => section.text.split('\n'))
    .flatMap((line) =>
      cutAtSentences(line, { start: 0, end: line.length }, language).map(({ start, end }) =>
        line.slice(start, end).trim(),
      ),
    )
    .filter(Boolean);
}

/** Returns what the text of a national call says of its layer; nothing is guessed. */
export function nationalAnnex(call: CallContent): NationalAnnex {
  const sentences = sentencesOf(call);
  return {
    funder: call.funder ?? call.programme?.name ?? null,
    eligibility: sentences.filter((sentence) => ELIGIBLE.test(sentence)).slice(0, MOST_SENTENCES),
    budget: MONEY.map((form) => sentences.find((s) => form.test(s) && AMOUNT.test(s))).find(Boolean) ?? null,
  };
}

/** A call of a partnership, as far as its layers are put together. */
export interface PartnershipMember {
  id: string;
  content: CallContent;
}

/** A round of a partnership's joint calls, as far as it is known here. */
export interface PartnershipRound<T extends PartnershipMember> {
  name: string;
  central: T | null;
  national: T[];
  /** The topic that co-funds the partnership: as the central call states it, else a topic that names it. */
  founding: T | null;
  parent: { identifier: string | null; title: string | null } | null;
}

/**
 * Puts the layers of a call's round together, of calls that name its partnership; null for any other call.
 * The central call that closes on the same day comes before others of the year.
 */
export function partnershipRound<T extends PartnershipMember>(
  origin: T,
  others: readonly T[],
): PartnershipRound<T> | null {
  const place = partnershipPlace(origin.content);
  if (!place || place.layer === 'founding') return null;
  const all = [origin, ...others.filter((o) => o.id !== origin.id)].flatMap((member) => {
    const its = partnershipPlace(member.content);
    return its?.name === place.name ? [{ member, layer: its.layer }] : [];
  });
  const ofLayer = (layer: Layer): T[] => all.flatMap((m) => (m.layer === layer ? [m.member] : []));
  const inRound = (layer: Layer): T[] =>
    ofLayer(layer).filter((m) => m.id === origin.id || sameRound(m.content, origin.content));
  const centrals = inRound('central');
  const central =
    place.layer === 'central'
      ? origin
      : (centrals.find((c) => shareDay(c.content, origin.content)) ?? centrals[0] ?? null);
  const founders = ofLayer('founding');
  const founding = founders.length === 1 ? founders[0]! : null;
  return {
    name: place.name,
    central,
    national: inRound('national'),
    founding,
    parent: central ? parentTopicOf(central.content) : null,
  };
}
