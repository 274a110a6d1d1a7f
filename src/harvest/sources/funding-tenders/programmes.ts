import { z } from 'zod';

/**
 * Names of the portal's framework programme codes, as on its own search page. An unknown code has no name.
 */
const PROGRAMMES: Record<string, string> = {
  '111111': 'EU External Action',
  '31045243': 'Horizon 2020',
  '43089234': 'Innovation Fund',
  '43108390': 'Horizon Europe',
  '43152860': 'Digital Europe',
  '43251447': 'Asylum, Migration and Integration Fund',
  '43251530': 'Border Management and Visa Instrument',
  '43251567': 'Connecting Europe Facility',
  '43251589': 'Citizens, Equality, Rights and Values',
  '43251814': 'Creative Europe',
  '43251842': 'Union Anti-fraud Programme',
  '43252368': 'Internal Security Fund',
  '43252386': 'Justice Programme',
  '43252405': 'LIFE',
  '43252433': 'Pericles IV',
  '43252449': 'Research Fund for Coal and Steel',
  '43252476': 'Single Market Programme',
  '43252517': 'Social Prerogative and Specific Competencies Lines',
  '43253967': 'Renewable Energy Financing Mechanism',
  '43254019': 'European Social Fund Plus',
  '43254037': 'European Solidarity Corps',
  '43298203': 'Union Civil Protection Mechanism',
  '43298664': 'Promotion of Agricultural Products',
  '43298916': 'Euratom Research and Training',
  '43332642': 'EU4Health',
  '43353764': 'Erasmus+',
  '43392145': 'European Maritime, Fisheries and Aquaculture Fund',
  '43637601': 'Pilot Projects and Preparatory Actions',
  '43697167': 'European Parliament',
  '44181033': 'European Defence Fund',
  '44416173': 'Interregional Innovation Investments',
  '44773066': 'Just Transition Mechanism',
  '45532249': 'EU Bodies and Agencies',
  '46324255': 'European Regional Development Fund, technical assistance',
};

const Facets = z.object({
  facets: z.array(
    z.looseObject({
      name: z.string(),
      values: z.array(z.looseObject({ rawValue: z.string(), value: z.string() })).nullish(),
    }),
  ),
});

/** Some names are URL-encoded, "Erasmus%2B" among them; malformed ones are left as they are. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name).trim();
  } catch {
    return name.trim();
  }
}

/**
 * Returns the names of programmes by code from the search's facets, null if the answer has none. A name equal
 * to the code is no name.
 */
export function programmesIn(answer: unknown): Record<string, string> | null {
  const read = Facets.safeParse(answer);
  if (!read.success) return null;
  const values = read.data.facets
    .filter((f) => f.name === 'frameworkProgramme')
    .flatMap((f) => f.values ?? []);
  return Object.fromEntries(
    values
      .map((v) => [v.rawValue, decoded(v.value)] as const)
      .filter(([code, name]) => name !== '' && name !== code),
  );
}

/** Returns a programme by the portal's code. */
export const programmeOf = (code: string): { code: string; name: string | null } => ({
  code,
  name: PROGRAMMES[code] ?? null,
});
