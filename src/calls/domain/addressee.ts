import type { CallContent } from './call-content.js';

/**
 * Kinds of organisations to which calls are addressed in the first place, where these are not research
 * institutes.
 */
export const ADDRESSEES = [
  'trade-organisations',
  'project-developers',
  'infrastructure-operators',
  'civil-society',
  'partner-countries',
  'creative-sector',
  'sport-and-youth',
  'education',
  'authorities',
  'energy-agencies',
  'public-buyers',
  'funders',
  'achievements',
  'companies',
  'third-parties',
] as const;
export type Addressee = (typeof ADDRESSEES)[number];

/** What of a call says to whom it is addressed; what is left out is not known. */
export type AddressedCall = Partial<Pick<CallContent, 'identifier' | 'kind' | 'typesOfAction'>>;

/** A call that is addressed to others, and what share of its points a research institute's match keeps. */
export interface Addressed {
  addressee: Addressee;
  keeps: number;
}

interface Form extends Addressed {
  identifier?: RegExp;
  type?: RegExp;
  kind?: CallContent['kind'];
}

/**
 * By what such calls are known, the first that fits. The shares were set by reading what was found in 2,500
 * calls, and moved towards how many of 718 calls the officers of 22 institutes wanted of those that fitted as
 * well as others: none of the energy agencies' where four were to be expected, one of the cascade calls where
 * fourteen were; of the co-funded partnerships as many in part as of others. Below 0.4 even a full match is
 * not told any more.
 *
 * - AGRIP: proposals come from trade and producer organisations and agri-food bodies (Regulation (EU) No
 *   1144/2014, Article 7).
 * - RENEWFM pays for plants that are built (Implementing Regulation (EU) 2020/1294), the Innovation Fund for
 *   first ones of their kind (Delegated Regulation (EU) 2019/856), in which an institute can be a partner.
 * - CEF: networks of common interest, their works and the studies for them (Regulation (EU) 2021/1153,
 *   Articles 3 and 9).
 * - Operating grants: associations and networks at European level (CERV: Regulation (EU) 2021/692; LIFE:
 *   Regulation (EU) 2021/783).
 * - External actions: who works in the partner country, its civil society and, for twinning, administrations
 *   (Regulation (EU) 2021/947).
 * - Creative Europe's MEDIA and CULTURE, not its innovation lab, which is open to all sectors (Regulation
 *   (EU) 2021/818).
 * - Erasmus+: sport, youth and its prizes; schools and universities for the rest, with partners (Regulation
 *   (EU) 2021/817).
 * - LIFE's strategic projects and their preparation carry out the plans of authorities (Regulation (EU)
 *   2021/783, Article 2); its clean energy transition pays for uptake and advice; its standard projects are
 *   for everybody. Security, justice, Pericles and social funds are for authorities.
 * - Procurements need public buyers, co-funding needs who owns or funds research programmes (Horizon Europe:
 *   Regulation (EU) 2021/695, Article 2; work programme, General Annex H), recognition prizes reward what was
 *   achieved already; equity goes to companies.
 * - Cascade calls pass on small sums of a project to third parties, mostly small companies and single people.
 */
const FORMS: Form[] = [
  { addressee: 'trade-organisations', identifier: /^agrip-/, keeps: 0.3 },
  { addressee: 'project-developers', identifier: /^renewfm-/, keeps: 0.3 },
  { addressee: 'project-developers', identifier: /^innovfund-/, keeps: 0.7 },
  { addressee: 'infrastructure-operators', identifier: /^cef-/, keeps: 0.5 },
  { addressee: 'civil-society', type: /operating grant/, keeps: 0.4 },
  { addressee: 'civil-society', identifier: /^cerv-|^[a-z]+-.*-og-(fpa|sga)/, keeps: 0.4 },
  { addressee: 'partner-countries', kind: 'external-action', keeps: 0.5 },
  { addressee: 'creative-sector', identifier: /^crea-(media|cult)-/, keeps: 0.4 },
  { addressee: 'sport-and-youth', identifier: /^erasmus-(sport|youth)-/, keeps: 0.4 },
  { addressee: 'education', identifier: /^erasmus-/, keeps: 0.7 },
  { addressee: 'authorities', identifier: /^life-\d+-(strat|ta)-/, keeps: 0.6 },
  { addressee: 'authorities', identifier: /^(isf|just|peri|bmvi|amif|esf|erdfta|socpl)-/, keeps: 0.5 },
  { addressee: 'energy-agencies', identifier: /^life-\d+-cet-/, keeps: 0.5 },
  {
    addressee: 'public-buyers',
    type: /pre-?commercial procurement|public procurement of innovative/,
    keeps: 0.6,
  },
  { addressee: 'funders', type: /co-?fund action|era-net cofund|^cofund/, keeps: 0.9 },
  { addressee: 'achievements', type: /recognition prize|erasmus prize/, keeps: 0.6 },
  { addressee: 'companies', type: /equity only/, keeps: 0.3 },
  { addressee: 'third-parties', kind: 'cascade', keeps: 0.5 },
];

/** The rules as one text: equal texts, equal rules. */
export const ADDRESSEE_RULES = FORMS.map((f) => Object.values(f).map(String).join(' ')).join('\n');

/**
 * To whom a call is addressed in the first place; null where research institutes answer it as others do, and
 * where that is not known. A cascade call bears the identifier of the project that pays for it.
 */
export function addressedOf({ identifier, kind, typesOfAction = [] }: AddressedCall): Addressed | null {
  const begins = kind === 'cascade' ? '' : (identifier ?? '').toLowerCase();
  const types = typesOfAction.map((t) => t.toLowerCase());
  return (
    FORMS.find(
      (f) =>
        (f.kind !== undefined && f.kind === kind) ||
        f.identifier?.test(begins) ||
        types.some((t) => f.type?.test(t)),
    ) ?? null
  );
}
