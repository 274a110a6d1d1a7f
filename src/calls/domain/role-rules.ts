import type { RoleRule } from './call-content.js';
import { countriesIn } from './countries.js';
import type { Section } from './parsed-call.js';
import { sentenceBefore, THIRD_PARTIES } from './visible-text.js';

export const ROLES = ['coordinator', 'partner', 'alone'] as const;
export type Role = (typeof ROLES)[number];

/** The roles that a rule leaves to a research institute in France. */
const LEFT: Record<RoleRule['rule'], readonly Role[]> = {
  'single-applicant': ['alone'],
  consortium: ['coordinator', 'partner'],
  'coordinator-elsewhere': ['partner'],
  'running-coordinator': ['partner'],
  'smes-only': [],
  'hospitals-only': [],
  'patients-only': [],
};

/** A rule that only a newer version knows speaks against none. */
const leaves = ({ rule }: RoleRule, role: Role): boolean =>
  !Object.hasOwn(LEFT, rule) || LEFT[rule].includes(role);

/**
 * Returns the first rule of a call that leaves none of these roles; null if one is left, or if no rules are
 * stated.
 */
export const ruleAgainst = (roles: readonly Role[], rules: readonly RoleRule[]): RoleRule | null =>
  rules.find((rule) => !roles.some((role) => leaves(rule, role))) ?? null;

/**
 * No pattern begins with a word boundary: the source runs headings into sentences ("Other Eligible
 * ConditionsApplications must").
 */
const form = (pattern: string): RegExp => new RegExp(pattern, 'gi');
const APPLICATIONS = String.raw`(?:applications?|proposals?)`;
const ONE = String.raw`(?:an?\s+single|one\s+single|only\s+one|one|single)\s+(?:applicants?|legal\s+entit(?:y|ies)|beneficiar(?:y|ies)|organi[sz]ations?)\b`;
const SEVERAL = String.raw`(?:two|three|four|five|[2-9])\s+(?:\(\d+\)\s+)?(?:independent\s+|different\s+)*(?:legal\s+entities|entities|participants|partners|beneficiaries|applicants)`;
const SME = String.raw`(?:an?\s+)?(?:small\s+(?:and|or)\s+medium[\s-]+(?:sized\s+)?enterprises?\b(?:\s*\(SMEs?\))?|SMEs?\b)`;
/**
 * Rejects others that follow ("SMEs and research organisations") or compounds ("SME-led consortia"); a
 * bracketed name is not an end.
 */
const ALONE = String.raw`(?!\s*(?:,|\/|-|\(SME|or\b|and\b))`;
/** To the end of the sentence, or to where the source ran the next one into it. */
const END = String.raw`(?:[^.;\n(]|\([^()\n]*\)){0,240}?(?=\.|;|\n|described in|$)`;
const LIST = String.raw`([^.;\n]{2,160}?)(?=\.|;|\n|described in|$)`;

const HOSPITALS = String.raw`(?:établissements?\s+(?:publics?\s+)?(?:de\s+santé|hospitaliers?)|hôpitaux|centres?\s+hospitaliers?(?:\s+universitaires?)?|CHU)`;
const PATIENTS = String.raw`associations?\s+(?:de\s+(?:patients|malades)|d['’]usagers)`;
/** The sentence goes on about them, or ends: others may follow a comma or an "et". */
const NO_OTHERS = String.raw`(?=\s*(?:[.;:)\n]|$|(?:pour|qui|dont|situé|établi|agréé|français|ayant|exerçant|sont|peuvent)))`;

/** The French wordings by which only some may apply, and those of English calls. */
const onlyFor = (french: string, english: string): RegExp[] => [
  form(
    String.raw`(?:réservée?s?|(?:ouverte?s?|destinée?s?|s['’]adresse(?:nt)?)\s+(?:exclusivement|uniquement|seulement))\s+(?:aux|à\s+des)\s+${french}${NO_OTHERS}${END}`,
  ),
  form(String.raw`seule?s\s+(?:les|des)\s+${french}\s+(?:sont|peuvent|seront|pourront)${END}`),
  form(
    String.raw`(?:only\s+${english}\s+(?:are\s+eligible|can\s+apply|may\s+apply)|open\s+(?:only|exclusively)\s+to\s+${english})${ALONE}${END}`,
  ),
];

/** The wordings of each rule in calls; the match is what is quoted. */
const FORMS: [RoleRule['rule'], RegExp[]][] = [
  [
    'smes-only',
    [
      form(String.raw`(?:applicants?|beneficiar(?:y|ies)|participants?)\s+must\s+be\s+${SME}${ALONE}${END}`),
      form(
        String.raw`(?:only\s+${SME}\s+(?:are\s+eligible|can\s+apply|may\s+apply)|open\s+(?:only|exclusively)\s+to\s+${SME})${ALONE}${END}`,
      ),
    ],
  ],
  ['hospitals-only', onlyFor(HOSPITALS, 'hospitals')],
  ['patients-only', onlyFor(PATIENTS, String.raw`patient\s+(?:associations|organi[sz]ations)`)],
  [
    'single-applicant',
    [
      form(
        String.raw`${APPLICATIONS}\s+(?:(?:may|can)\s+only|must)\s+be\s+submitted\s+by\s+${ONE}(?!\s+or\b)${END}`,
      ),
      form(
        String.raw`only\s+(?:(?:applications?|proposals?)\s+by\s+)?single\s+applicants?\s+(?:are|is|can|may)\b${END}`,
      ),
      form(
        String.raw`(?:grants?|partnerships?|actions?|projects?)\s+(?:are|is)\s+always\s+mono-beneficiary\b${END}`,
      ),
    ],
  ],
  [
    'running-coordinator',
    [
      form(
        String.raw`${APPLICATIONS}\s+must\s+be\s+submitted\s+by\s+the\s+coordinator\s+of\s+the\s+(?:consortium\s+funded\s+under|['‘’]?eligible\s+already\s+funded)${END}`,
      ),
      form(
        String.raw`grant\s+[^.;\n]{0,120}should\s+be\s+(?:based\s+on|attributed\s+to)\s+a\s+proposal\s+submitted\s+by\s+the\s+coordinator\s+of\s+the\s+consortium\s+funded\s+under${END}`,
      ),
    ],
  ],
  [
    'coordinator-elsewhere',
    [
      form(
        String.raw`participation\s+as\s+coordinators?(?:\s+to\s+the\s+call)?\s+is\s+(?:limited|restricted)\s+to\s+(?:legal\s+)?entities\s+established\s+in\s+${LIST}`,
      ),
      form(
        String.raw`(?:the\s+)?coordinators?(?:\s+of\s+(?:the\s+)?projects?)?\s+must\s+be\s+(?:(?:an?\s+)?(?:legal\s+)?entit(?:y|ies)\s+)?(?:legally\s+)?established\s+in\s+${LIST}`,
      ),
    ],
  ],
  [
    'consortium',
    [
      form(
        String.raw`${APPLICATIONS}\s+must\s+be\s+submitted\s+by\s+(?:a\s+consortium|at\s+least\s+${SEVERAL})${END}`,
      ),
      form(
        String.raw`(?:the\s+)?consorti(?:um|a)\s+must\s+(?:include|consist\s+of|be\s+composed\s+of)\s+(?:a\s+minimum\s+of|at\s+least)\s+${SEVERAL}${END}`,
      ),
    ],
  ],
];

const WIDENING = /^(?:an?\s+)?(?:Horizon\s+Europe\s+)?Widening\s+countr(?:y|ies)\b/i;
/** Words for lists that include France, or may. */
const WITH_FRANCE = /member\s+state|\bEU\b|European\s+Union|associated|OECD|eligible/i;

/** Whether a list of countries, in the call's words, certainly excludes France. */
function isElsewhere(list: string): boolean {
  if (WIDENING.test(list)) return true;
  const codes = countriesIn(list).map((c) => c.code);
  return codes.length > 0 && !codes.includes('FR') && !WITH_FRANCE.test(list);
}

/** A call that also accepts single applicants sets its consortium rules for consortia only. */
const ONE_MAY = form(
  String.raw`(?:submitted\s+by|(?:consortia|applicants?)\s+or(?:\s+from)?|either\s+as\b[^.;\n]{0,10}|composed\s+of)\s*(?:an?\s+)?single\s+(?:applicant|legal\s+entit(?:y|ies)|beneficiary)`,
);

function quoteOf(forms: RegExp[], texts: string[]): string | null {
  const hits = forms.flatMap((f) => texts.flatMap((text) => [...text.matchAll(f)]));
  return (
    hits
      .find((m) => !THIRD_PARTIES.test(sentenceBefore(m)) && (m[1] === undefined || isElsewhere(m[1])))?.[0]
      .trim() ?? null
  );
}

/**
 * Returns the rules that a call states on who can apply and in which role, each with its quote; undefined if
 * none. A programme's general rules, which are in its annexes, are not included.
 */
export function statedRoleRules(sections: Section[]): RoleRule[] | undefined {
  const texts = sections.map((s) => s.text);
  const oneMay = texts.some((text) => text.search(ONE_MAY) >= 0);
  const rules = FORMS.flatMap(([rule, forms]) => {
    const quote = rule === 'consortium' && oneMay ? null : quoteOf(forms, texts);
    return quote ? [{ rule, quote }] : [];
  });
  return rules.length ? rules : undefined;
}
