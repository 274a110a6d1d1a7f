import type { CallContent } from './call-content.js';

/** The schemes whose calls are open to every subject. */
export const OPEN_SCHEMES = ['erc', 'msca', 'eic', 'cost', 'widening'] as const;
export type OpenScheme = (typeof OPEN_SCHEMES)[number];

/**
 * How the identifiers of such calls begin, in small letters, in the regular expressions that JavaScript and
 * PostgreSQL share. A call belongs here where the applicants choose the subject, so that a competence found
 * in its text says nothing:
 *
 * - ERC: all grants for researchers (ERC-2027-STG, ERC-2026-SyG, ERC-2022-POC2); not its calls for contact
 *   points or prizes.
 * - MSCA: doctoral networks, fellowships, staff exchanges, COFUND, and Researchers' Night. RAISE doctoral
 *   networks are paid by MSCA but are about AI in science: they keep a subject, and another identifier.
 * - EIC: Pathfinder Open, Transition Open and the Accelerator's open call. Its challenges name a subject,
 *   STEP Scale Up is for three technologies and pays equity only, prizes go to people and cities: all of
 *   these stay what they are.
 * - COST: the open call for Actions (OC-2026-1).
 * - Widening (Twinning, Teaming, Hop-On, ERA Chairs and Fellowships): a French institute joins as a partner
 *   with whatever subject the coordinator from a widening country brings. The ERA topics of the same work
 *   programme do name their subjects, and stay matches.
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

/**
 * The same rule for the database: how identifiers of such calls begin, which is cheap to see, and how they go
 * on.
 */
export const BOTTOM_UP_FORMS = FORMS.map(({ begins, goesOn }) => ({ begins, form: `${begins}${goesOn}` }));

const READERS = FORMS.map(({ scheme, begins, goesOn }) => ({
  scheme,
  form: new RegExp(`^${begins}${goesOn}`),
}));

/**
 * The scheme of a call that is open to every subject; null for one that has a subject. A cascade call bears
 * the identifier of the project that pays for it.
 */
export function openSchemeOf({
  identifier,
  kind,
}: Pick<CallContent, 'identifier' | 'kind'>): OpenScheme | null {
  if (identifier === null || kind === 'cascade') return null;
  const small = identifier.toLowerCase();
  return READERS.find(({ form }) => form.test(small))?.scheme ?? null;
}
