import { programmes } from '../../i18n/facts.js';
import type { MessageKey } from '../../i18n/all.js';
import { isMessageKey, translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';

/** Translates a programme's English name, if it has another name in that language. */
function programmeIn(english: string, language: Language): string | null {
  const key = `programme.${english
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`;
  return isMessageKey(key) && translateTo('en')(key) === english ? translateTo(language)(key) : null;
}

/** Returns the name of a programme in the reader's language, from the name its source gives. */
export function programmeName(name: string, language: Language): string {
  if (language === 'en') return name;
  // "Creative Europe Programme (CREA)": some lists of the portal append the abbreviation.
  const short = /\([A-Z0-9+-]+\)$/.exec(name)?.[0] ?? '';
  const plain = name.slice(0, name.length - short.length).trim();
  const known = programmeIn(plain, language) ?? programmeIn(plain.replace(/ Programme$/, ''), language);
  return known === null ? name : `${known} ${short}`.trim();
}

const ENGLISH = new Map(
  Object.values(programmes).flatMap((names) =>
    Object.entries(names)
      .filter(([language]) => language !== 'en')
      .map(([, name]) => [name.toLowerCase(), names.en] as const),
  ),
);

/** Returns the name that sources give a programme, from its name in another language. */
export const programmeKnownAs = (name: string): string => ENGLISH.get(name.trim().toLowerCase()) ?? name;

/** Returns the same for a call; its code if the source gives no name. */
export const programmeOfCall = (
  { code, name }: { code: string; name: string | null },
  language: Language,
): string => programmeName(name ?? code, language);

/** Returns a cross-cutting priority in words, from the portal's code or its own words. */
export function crossCuttingIn(priority: string, language: Language): string {
  const key = `cross-cutting.${priority}`;
  return isMessageKey(key) ? translateTo(language)(key) : priority;
}

/** Headings that the portal uses for many calls, by their letters alone. */
const HEADINGS = new Map<string, MessageKey>([
  ['expectedoutcome', 'heading.expected-outcome'],
  ['expectedoutcomes', 'heading.expected-outcome'],
  ['expectedresults', 'heading.expected-outcome'],
  ['expectedimpact', 'heading.expected-impact'],
  ['expectedimpacts', 'heading.expected-impact'],
  ['scope', 'heading.scope'],
  ['objective', 'heading.objective'],
  ['objectives', 'heading.objectives'],
  ['specificobjective', 'heading.objective'],
  ['specificchallenge', 'heading.specific-challenge'],
  ['background', 'heading.background'],
  ['context', 'heading.background'],
  ['conditions', 'heading.conditions'],
  ['generalconditions', 'heading.general-conditions'],
  ['specificconditions', 'call.conditions-short'],
  ['admissibilityconditions', 'heading.admissibility-conditions'],
  ['eligibilityconditions', 'heading.eligibility-conditions'],
  ['eligibleactivities', 'heading.eligible-activities'],
  ['awardcriteria', 'heading.award-criteria'],
  ['documents', 'heading.documents'],
  ['calldocuments', 'heading.documents'],
  ['furtherinformation', 'heading.further-information'],
  ['additionalinformation', 'heading.further-information'],
  ['applicationandevaluation', 'heading.application-and-evaluation'],
  ['themesandpriorities', 'heading.themes-and-priorities'],
  ['typeofactivities', 'heading.type-of-activities'],
]);

/** Returns a heading of a call's text in the reader's language, if many calls have it; itself otherwise. */
export function headingIn(heading: string, language: Language): string {
  if (language === 'en') return heading;
  // A second section of the same heading is numbered.
  const number = / \(\d+\)$/.exec(heading)?.[0] ?? '';
  const plain = heading.slice(0, heading.length - number.length);
  const key = HEADINGS.get(plain.toLowerCase().replace(/[^a-z]/g, ''));
  return key === undefined ? heading : translateTo(language)(key) + number;
}

/** Types of action as the Commission names them; longer names before those they contain. */
const TYPES = [
  [/\bResearch and Innovation Actions?\b/i, 'research-and-innovation'],
  [/\bCoordination and Support Actions?\b/i, 'coordination-and-support'],
  [/\bTraining and Mobility Actions?\b/i, 'training-and-mobility'],
  [/\bProgramme Cofund Actions?\b/i, 'programme-cofund'],
  [/\bCofund Actions?\b/i, 'cofund'],
  [/\bSME Support Actions?\b/i, 'sme-support'],
  [/\bInnovation Actions?\b/i, 'innovation'],
  [/\bDevelopment Actions?\b/i, 'development'],
  [/\bResearch Actions?\b/i, 'research'],
  [/\bPre-?commercial Procurement\b/i, 'pre-commercial'],
  [/\bPublic Procurement of Innovative Solutions?\b/i, 'public-procurement'],
  [/\bERC Proof of Concept Grants?\b/i, 'erc-proof-of-concept'],
  [/\b(?:HORIZON TMA )?MSCA Cofund Doctoral programmes?\b/i, 'cofund-doctoral'],
  [/\b(?:HORIZON TMA )?MSCA Cofund Postdoctoral programmes?\b/i, 'cofund-postdoctoral'],
  [/\b(?:HORIZON TMA )?MSCA Doctoral Networks - Joint Doctorates\b/i, 'msca-doctoral-joint'],
  [/\b(?:HORIZON TMA )?MSCA Doctoral Networks - Industrial Doctorates\b/i, 'msca-doctoral-industrial'],
  [/\b(?:HORIZON TMA )?MSCA Doctoral Networks\b/i, 'msca-doctoral'],
  [
    /\b(?:HORIZON TMA )?MSCA Postdoctoral Fellowships - European Fellowships\b/i,
    'msca-postdoctoral-european',
  ],
  [/\b(?:HORIZON TMA )?MSCA Postdoctoral Fellowships - Global Fellowships\b/i, 'msca-postdoctoral-global'],
  [/\b(?:HORIZON TMA )?MSCA Postdoctoral Fellowships\b/i, 'msca-postdoctoral'],
  [/\b(?:HORIZON TMA )?MSCA Staff Exchanges\b/i, 'msca-staff'],
  [/\b(ERC|EIC) Grants?\b/i, 'council'],
  [/\bLump Sum Grants?\b/i, 'lump-sum'],
  [/\bUnit Grants?\b/i, 'unit'],
  [/\bProject Grants?\b/i, 'project'],
  [/\bSimple Grants?\b/i, 'simple'],
  [/\bNew Grants?\b/i, 'new'],
  [/\bGrants? for Financial Support\b/i, 'financial-support'],
  [/\bOperating Grants?\b/i, 'operating'],
  [/\bRecognition Prizes?\b/i, 'recognition-prize'],
  [/\bInducement Prizes?\b/i, 'inducement-prize'],
  [/\bFramework Partnership Agreements?\b/i, 'framework-agreement'],
  [/\bFramework Partnerships?\b/i, 'framework'],
] as const;

/** A programme's name in capitals before a type of action. */
const CAPITALS = /^[A-Z][A-Z0-9]+$/;

/** Returns the capitalised words at the end of a text, with their trailing spaces. */
function programmeAtEnd(before: string): string {
  const words = before.trimEnd().split(' ');
  const first = words.findLastIndex((word) => !CAPITALS.test(word)) + 1;
  return before.slice(words.slice(0, first).join(' ').length).trimStart();
}

/**
 * Returns a type of action in the reader's language if known; its code and its programme's abbreviation are
 * kept ("HORIZON-RIA HORIZON …").
 */
export function typeInWords(type: string, language: Language): string {
  if (language === 'en') return type;
  for (const [form, name] of TYPES) {
    const found = form.exec(type);
    if (found === null) continue;
    const t = translateTo(language);
    const named = t(`action-type.${name}`, { council: found[1] ?? null });
    const [before, after] = [type.slice(0, found.index), type.slice(found.index + found[0].length)];
    // "LIFE Project Grants": each language places the programme's name differently.
    const programme = programmeAtEnd(before);
    if (programme === '') return `${before}${named}${after}`;
    const whole = t('action-type.of-programme', { programme: programme.trim(), type: named });
    return `${before.slice(0, -programme.length)}${whole}${after}`;
  }
  // Some programmes have one type of action, and call it as they call themselves.
  return programmeName(type, language);
}

/** Returns the language that types are shown in: the reader's if translated, otherwise the call's. */
export const languageOfTypes = (types: readonly string[], ofCall: string, language: Language): string =>
  types.length === 0 || types.every((type) => typeInWords(type, language) !== type) ? language : ofCall;
