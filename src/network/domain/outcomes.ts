import type { CallContent } from '../../calls/domain/call-content.js';
import type { Section } from '../../calls/domain/parsed-call.js';
import { cutAtSentences, type Stretch } from '../../calls/domain/sentences.js';
import { cutAtLists, trimmed } from './cuts.js';

/** One outcome that a call expects, with its position: the field's text.slice(start, end) is `text`. */
export interface Statement extends Stretch {
  /** `sections.N`, as in evidence. */
  field: string;
  text: string;
}

/** The part of a call that is read. */
export type Stated = Pick<CallContent, 'language' | 'sections'>;

/** More would be a work programme, not a list to build a team from; hardly any call has more. */
export const MOST_STATEMENTS = 12;

const FEWEST_WORDS = 3;
const FEWEST_LETTERS = 15;
/** A longer stretch is prose if the text has no list at all. */
const LONG = 200;

/** "Project results are expected to contribute to all of the following expected outcomes": a list follows. */
const LEADING_IN = /\b(?:following|below|suivante?s?|ci-dessous)\b/i;
const ABOUT_LISTS =
  /\b(?:outcomes?|impacts?|results?|objectives?|résultats?|objectifs?|activities|topics?)\b/i;

/**
 * "Successful proposals will contribute to the Bioeconomy Strategy and the Clean Industrial Deal": names
 * policies, not outcomes.
 */
const PREAMBLE =
  /^(?:(?:successful |all )?(?:activities|actions?|projects?|proposals?|results|the (?:successful )?(?:topic|proposal|project|action)s?)\b|(?:in (?:line|support|accordance)|aligned|to support|building on|under this topic)\b)/i;
const POLICY =
  /\b(?:Strategy|Deal|Missions?|Plan|Acts?|Pact|Directive|Regulation|Agreement|Policy|Package|Partnership|Vision)\b/u;
const isPreamble = (text: string): boolean => PREAMBLE.test(text) && POLICY.test(text);

/** In prose, only sentences that say what is to be done count. */
const TASK =
  /\b(?:should|shall|must|will|aims?|expected|objectives?|goal|need(?:s|ed)? to|invites?|supports?|focus(?:es)?|address(?:es)?|develop\w*|doi(?:t|vent)|devr(?:a|ont)|vis(?:e|ent)|objectifs?|attendu\w*|soutien\w*|développ\w*)\b/i;
/** How to apply is not a task of the project. */
const FORMALITY =
  /\b(?:applicants?|eligib\w+|admissib\w+|lump sum|deadline|grant agreement|work programme|page limit|award criteri\w+|evaluat(?:ed|ors)|beneficiar\w+|annex|candidats?|éligib\w+|subvention|bénéficiaires?|contestants?|prizes?|applications?|submitted|STEP|SSH|gender dimension|third part(?:y|ies))\b|\bEUR\b|€|https?:/i;

/** Used without expected outcomes: the first of these kinds that says anything. */
const INSTEAD: Section['kind'][] = [
  'objective',
  'scope',
  'summary',
  'expected-impact',
  'specific-challenge',
  'other',
];

/** Whether the last sentence of a text introduces what follows. */
function leadsIn(text: string): boolean {
  const said = text.replace(/[.:]$/, '');
  return LEADING_IN.test(said.slice(Math.max(said.lastIndexOf('.'), said.lastIndexOf(';')) + 1));
}

const isStatement = (text: string): boolean =>
  text.length >= FEWEST_LETTERS &&
  text.split(/\s+/).length >= FEWEST_WORDS &&
  !(leadsIn(text) && ABOUT_LISTS.test(text));

function statementsIn(text: string, language: string): Stretch[] {
  const pieces = cutAtLists(text)
    .filter((s) => !/:\s*$/.test(text.slice(s.start, s.end)))
    .map((s) => trimmed(text, s));
  const said = pieces.filter((s) => isStatement(text.slice(s.start, s.end)));
  // Two or more are a list, whose items may have several sentences each.
  if (said.length > 1 || said.every((s) => s.end - s.start <= LONG)) return said;
  return said
    .flatMap((s) => cutAtSentences(text, s, language))
    .map((s) => trimmed(text, s))
    .filter((s) => isStatement(text.slice(s.start, s.end)));
}

function tasksIn(text: string, language: string): Stretch[] {
  const sentences = cutAtLists(text)
    .flatMap((s) => cutAtSentences(text, s, language))
    .map((s) => trimmed(text, s));
  return sentences.filter((s) => {
    const said = text.slice(s.start, s.end);
    return isStatement(said) && TASK.test(said) && !FORMALITY.test(said);
  });
}

function ofKind({ language, sections }: Stated, kind: Section['kind'], read: typeof tasksIn): Statement[] {
  return sections.flatMap((section, i) =>
    section.kind === kind
      ? read(section.text, language).map((s): Statement => ({
          ...s,
          field: `sections.${i}`,
          text: section.text.slice(s.start, s.end),
        }))
      : [],
  );
}

function eachOnce(statements: Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements.filter(({ text }) => !seen.has(text.toLowerCase()) && seen.add(text.toLowerCase()));
}

/**
 * Returns a call's expected outcomes as single statements in the order of the text; if it names none, the
 * tasks in its objective, scope or summary.
 */
export function outcomesOf(call: Stated): Statement[] {
  const named = ofKind(call, 'expected-outcome', statementsIn);
  const outcomes = named.filter(({ text }) => !isPreamble(text));
  const tasks = INSTEAD.map((kind) => ofKind(call, kind, tasksIn)).find((all) => all.length > 0) ?? [];
  // A call that names only policies keeps those.
  const [first = []] = [outcomes, named, tasks].filter((all) => all.length > 0);
  return eachOnce(first).slice(0, MOST_STATEMENTS);
}
