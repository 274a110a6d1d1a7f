import type { CallContent, RoleRule } from './call-content.js';

/** Kinds of organisations that calls primarily address, other than research institutes. */
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
  'hospitals',
  'patients',
] as const;
export type Addressee = (typeof ADDRESSEES)[number];

/** The fields that show whom a call addresses; an omitted field is unknown. */
export type AddressedCall = Partial<Pick<CallContent, 'identifier' | 'kind' | 'typesOfAction' | 'roleRules'>>;

/** A call addressed to others, and the share of points that a research institute's match keeps. */
export interface Addressed {
  addressee: Addressee;
  keeps: number;
}

interface Form extends Addressed {
  identifier?: RegExp;
  type?: RegExp;
  kind?: CallContent['kind'];
  rule?: RoleRule['rule'];
}

/**
 * How to recognise these calls; the first match wins. The shares were set by reading the matches in 2,500
 * calls, then adjusted to how many of 718 calls the officers of 22 institutes wanted compared with other
 * calls that scored as well: none of the energy agencies' calls where four were expected, one of the cascade
 * calls where fourteen were, and the same proportion of co-funded partnerships as of others. Below 0.4 even a
 * full match is no longer reported.
 *
 * - AGRIP: proposals come from trade and producer organisations and agri-food bodies (Regulation (EU) No
 *   1144/2014, Article 7).
 * - RENEWFM pays for plants that are built (Implementing Regulation (EU) 2020/1294), the Innovation Fund for
 *   the first of their kind (Delegated Regulation (EU) 2019/856), in which an institute can be a partner.
 * - CEF: networks of common interest, their works and the related studies (Regulation (EU) 2021/1153,
 *   Articles 3 and 9).
 * - Operating grants: associations and networks at European level (CERV: Regulation (EU) 2021/692; LIFE:
 *   Regulation (EU) 2021/783).
 * - External actions: organisations working in the partner country, its civil society and, for twinning,
 *   administrations (Regulation (EU) 2021/947).
 * - Creative Europe's MEDIA and CULTURE, but not its innovation lab, which is open to all sectors (Regulation
 *   (EU) 2021/818).
 * - Erasmus+: sport, youth and its prizes; schools and universities for the rest, with partners (Regulation
 *   (EU) 2021/817).
 * - LIFE's strategic projects and their preparation implement authorities' plans (Regulation (EU) 2021/783,
 *   Article 2); its clean energy transition pays for uptake and advice; its standard projects are for
 *   everybody. Security, justice, Pericles and social funds are for authorities.
 * - Procurements need public buyers, co-funding needs owners or funders of research programmes (Horizon
 *   Europe: Regulation (EU) 2021/695, Article 2; work programme, General Annex H), recognition prizes reward
 *   past achievements; equity goes to companies.
 * - Cascade calls pass on small sums of a project to third parties, mostly small companies and individuals.
 * - French calls that say that only hospitals or only associations of patients may apply.
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
  { addressee: 'hospitals', rule: 'hospitals-only', keeps: 0.4 },
  { addressee: 'patients', rule: 'patients-only', keeps: 0.3 },
];

/** The rules as one string, to compare versions of them. */
export const ADDRESSEE_RULES = FORMS.map((f) => Object.values(f).map(String).join(' ')).join('\n');

/**
 * Returns whom a call primarily addresses; null if research institutes can apply like anyone else, or if
 * unknown. A cascade call carries the identifier of the project that funds it.
 */
export function addressedOf({
  identifier,
  kind,
  typesOfAction = [],
  roleRules = [],
}: AddressedCall): Addressed | null {
  const begins = kind === 'cascade' ? '' : (identifier ?? '').toLowerCase();
  const types = typesOfAction.map((t) => t.toLowerCase());
  return (
    FORMS.find(
      (f) =>
        (f.kind !== undefined && f.kind === kind) ||
        f.identifier?.test(begins) ||
        types.some((t) => f.type?.test(t)) ||
        roleRules.some(({ rule }) => rule === f.rule),
    ) ?? null
  );
}
