import type { CallContent } from './call-content.js';

/** The schemes whose calls are open to any subject. */
export const OPEN_SCHEMES = ['erc', 'msca', 'eic', 'cost', 'widening'] as const;
export type OpenScheme = (typeof OPEN_SCHEMES)[number];

/**
 * Prefixes of the identifiers of such calls: lower case, in regular expressions that both JavaScript and
 * PostgreSQL understand. A call belongs here if the applicants choose the subject, so that a competence found
 * in its text says nothing:
 *
 * - ERC: all grants for researchers (ERC-2027-STG, ERC-2026-SyG, ERC-2022-POC2), but not its calls for
 *   contact points or prizes.
 * - MSCA: doctoral networks, fellowships, staff exchanges, COFUND, and Researchers' Night. RAISE doctoral
 *   networks are funded by MSCA but are about AI in science: they have a subject, and a different identifier.
 * - EIC: Pathfinder Open, Transition Open and the Accelerator's open call. Its challenges name a subject,
 *   STEP Scale Up covers three technologies and pays equity only, prizes go to people and cities: all of
 *   these are excluded.
 * - COST: the open call for Actions (OC-2026-1).
 * - Widening (Twinning, Teaming, Hop-On, ERA Chairs and Fellowships): a French institute joins as a partner
 *   with whatever subject the coordinator from a widening country brings. The ERA topics of the same work
 *   programme do name their subjects, and remain matches.
 */
const FORMS: { scheme: OpenScheme; begins: string; goesOn: string }[] = [
  { scheme: 'erc', begins: 'erc-', goesOn: '[0-9]{4}-(stg|cog|adg|syg|poc|plus)([0-9]|-|$)' },
  { scheme: 'msca', begins: 'horizon-msca-', goesOn: '[0-9]{4}-(dn|pf|se|cofund|citizens)(-|$)' },
  {
    scheme: 'eic',
    begins: 'horizon-eic-',
    goesOn: '[0-9]{4}-(pathfinder|transition|accelerator)(open)?(-|$)',
  },
  { scheme: 'cost', begins: 'oc-', goesOn: '[0-9]{4}-[0-9]' },
  { scheme: 'cost', begins: 'cost-oc-', goesOn: '[0-9]{4}-[0-9]' },
  {
    scheme: 'widening',
    begins: 'horizon-widera-',
    goesOn: '[0-9]{4}-([0-9]{2}-widening|access|talents)(-|$)',
  },
];

/** The same rule for the database: the identifier's prefix, which is cheap to test, and the full pattern. */
export const BOTTOM_UP_FORMS = FORMS.map(({ begins, goesOn }) => ({ begins, form: `${begins}${goesOn}` }));

const READERS = FORMS.map(({ scheme, begins, goesOn }) => ({
  scheme,
  form: new RegExp(`^${begins}${goesOn}`),
}));

/**
 * Returns the scheme of a call that is open to any subject; null if it has a subject. A cascade call carries
 * the identifier of the project that funds it.
 */
export function openSchemeOf({
  identifier,
  kind,
}: Pick<CallContent, 'identifier' | 'kind'>): OpenScheme | null {
  if (identifier === null || kind === 'cascade') return null;
  const small = identifier.toLowerCase();
  return READERS.find(({ form }) => form.test(small))?.scheme ?? null;
}
