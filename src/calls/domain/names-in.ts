import type { Language } from '../../kernel/language.js';

/** Programmes of the European Union by the French names of their regulations; what is not here is the same in both languages, or has none. */
const PROGRAMMES = new Map(
  Object.entries({
    'Asylum, Migration and Integration Fund': 'Fonds Asile, migration et intégration',
    'Border Management and Visa Instrument': 'Instrument relatif à la gestion des frontières et aux visas',
    'Citizens, Equality, Rights and Values': 'Citoyens, égalité, droits et valeurs',
    'Connecting Europe Facility': 'Mécanisme pour l’interconnexion en Europe',
    'Creative Europe': 'Europe créative',
    'Digital Europe': 'Europe numérique',
    'EU Bodies and Agencies': 'Organes et agences de l’UE',
    'EU External Action': 'Action extérieure de l’UE',
    'Euratom Research and Training': 'Recherche et formation Euratom',
    'European Defence Fund': 'Fonds européen de la défense',
    'European Maritime, Fisheries and Aquaculture Fund':
      'Fonds européen pour les affaires maritimes, la pêche et l’aquaculture',
    'European Regional Development Fund, technical assistance':
      'Fonds européen de développement régional, assistance technique',
    'European Social Fund Plus': 'Fonds social européen plus',
    'European Solidarity Corps': 'Corps européen de solidarité',
    'Innovation Fund': 'Fonds pour l’innovation',
    'Internal Security Fund': 'Fonds pour la sécurité intérieure',
    'Interregional Innovation Investments': 'Investissements interrégionaux en matière d’innovation',
    'Just Transition Mechanism': 'Mécanisme pour une transition juste',
    'Justice Programme': 'Programme Justice',
    'Pilot Projects and Preparatory Actions': 'Projets pilotes et actions préparatoires',
    'Promotion of Agricultural Products': 'Promotion des produits agricoles',
    'Renewable Energy Financing Mechanism': 'Mécanisme de financement des énergies renouvelables',
    'Research Fund for Coal and Steel': 'Fonds de recherche du charbon et de l’acier',
    'Single Market Programme': 'Programme en faveur du marché unique',
    'Social Prerogative and Specific Competencies Lines':
      'Prérogatives sociales et lignes de compétences spécifiques',
    'Technical Support Instrument': 'Instrument d’appui technique',
    'Union Anti-fraud Programme': 'Programme de l’Union pour la lutte antifraude',
    'Union Civil Protection Mechanism': 'Mécanisme de protection civile de l’Union',
  }),
);

/** The name of a programme in the reader's language, by the name that its source gives. */
export function programmeName(name: string, language: Language): string {
  if (language === 'en') return name;
  // "Creative Europe Programme (CREA)": some lists of the portal write the abbreviation behind it.
  const short = /\([A-Z0-9+-]+\)$/.exec(name)?.[0] ?? '';
  const plain = name.slice(0, name.length - short.length).trim();
  const french = PROGRAMMES.get(plain) ?? PROGRAMMES.get(plain.replace(/ Programme$/, ''));
  return french === undefined ? name : `${french} ${short}`.trim();
}

const ENGLISH = new Map([...PROGRAMMES].map(([english, french]) => [french.toLowerCase(), english]));

/** The name that sources give a programme, by either name. */
export const programmeKnownAs = (name: string): string => ENGLISH.get(name.trim().toLowerCase()) ?? name;

/** The same of a call; its code where its source gives no name. */
export const programmeOfCall = (
  { code, name }: { code: string; name: string | null },
  language: Language,
): string => programmeName(name ?? code, language);

/** Types of action as the Commission names them in French; the longer before those that they hold. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\bResearch and Innovation Actions?\b/i, 'actions de recherche et d’innovation'],
  [/\bCoordination and Support Actions?\b/i, 'actions de coordination et de soutien'],
  [/\bTraining and Mobility Actions?\b/i, 'actions de formation et de mobilité'],
  [/\bProgramme Cofund Actions?\b/i, 'actions de cofinancement de programmes'],
  [/\bCofund Actions?\b/i, 'actions de cofinancement'],
  [/\bSME Support Actions?\b/i, 'actions de soutien aux PME'],
  [/\bInnovation Actions?\b/i, 'actions d’innovation'],
  [/\bDevelopment Actions?\b/i, 'actions de développement'],
  [/\bResearch Actions?\b/i, 'actions de recherche'],
  [/\bPre-?commercial Procurement\b/i, 'achats publics avant commercialisation'],
  [/\bPublic Procurement of Innovative Solutions?\b/i, 'achats publics de solutions innovantes'],
  [/\bERC Proof of Concept Grants?\b/i, 'subventions ERC «\u00a0preuve de concept\u00a0»'],
  [/\bMSCA Cofund Doctoral programmes?\b/i, 'programmes doctoraux MSCA Cofund'],
  [/\bMSCA Cofund Postdoctoral programmes?\b/i, 'programmes postdoctoraux MSCA Cofund'],
  [/\bMSCA Doctoral Networks\b/i, 'réseaux doctoraux MSCA'],
  [/\bMSCA Postdoctoral Fellowships\b/i, 'bourses postdoctorales MSCA'],
  [/\bMSCA Staff Exchanges\b/i, 'échanges de personnel MSCA'],
  [/\b(ERC|EIC) Grants?\b/i, 'subventions $1'],
  [/\bLump Sum Grants?\b/i, 'subventions forfaitaires'],
  [/\bUnit Grants?\b/i, 'subventions à coûts unitaires'],
  [/\bProject Grants?\b/i, 'subventions de projet'],
  [/\bSimple Grants?\b/i, 'subventions simples'],
  [/\bNew Grants?\b/i, 'nouvelles subventions'],
  [/\bGrants? for Financial Support\b/i, 'subventions de soutien financier à des tiers'],
  [/\bOperating Grants?\b/i, 'subventions de fonctionnement'],
  [/\bRecognition Prizes?\b/i, 'prix de reconnaissance'],
  [/\bInducement Prizes?\b/i, 'prix d’incitation'],
  [/\bFramework Partnership Agreements?\b/i, 'conventions-cadres de partenariat'],
  [/\bFramework Partnerships?\b/i, 'partenariats-cadres'],
];

/** A type of action in the reader's language as far as it is known: its code and the abbreviation of its programme stay ("HORIZON-RIA HORIZON …"). */
export function typeInWords(type: string, language: Language): string {
  if (language !== 'fr') return type;
  const known = TYPES.find(([form]) => form.test(type));
  return known ? type.replace(known[0], known[1]) : type;
}

/** In which language these types are told: the reader's where they are known in it, else that of the call. */
export const languageOfTypes = (types: readonly string[], ofCall: string, language: Language): string =>
  types.length === 0 || types.every((type) => typeInWords(type, language) !== type) ? language : ofCall;
