import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { NO_REASON_WORDS } from './match-columns.js';
import { plain } from './spelling.js';

/** The meaning of a sheet's word; `open` is a pending decision. */
type Meaning = Verdict | 'open' | 'nothing';

const WORDS: Record<Meaning, string[]> = {
  relevant: [
    'oui',
    'o',
    'yes',
    'y',
    'x',
    'ok',
    'go',
    'pertinent',
    'pertinente',
    'relevant',
    'tres pertinent',
    'highly relevant',
    'interesse',
    'interessant',
    'interesting',
    'interested',
    'a suivre',
    'suivi',
    'suivre',
    'follow',
    'to follow',
    'retenu',
    'retenue',
    'selectionne',
    'selected',
    'favorable',
    'positif',
    'positive',
    'vrai',
    'true',
    '1',
    'valide',
    'accepte',
    'accepted',
    'a deposer',
    'depose',
    'soumis',
    'submitted',
    'en montage',
    'keep',
    'a garder',
    'fort',
    'high',
    '✓',
    '✔',
    '✅',
    '☑',
    '+',
    '++',
  ],
  study: ['a etudier', 'a l etude', 'to study', 'study'],
  later: ['plus tard', 'later', 'reporte', 'put off', 'postponed'],
  not: [
    'non',
    'no',
    'no go',
    'nogo',
    'non pertinent',
    'non pertinente',
    'pas pertinent',
    'peu pertinent',
    'not relevant',
    'not for us',
    'pas pour nous',
    'irrelevant',
    'not',
    'rejete',
    'rejetee',
    'rejected',
    'refuse',
    'refusee',
    'ecarte',
    'ecartee',
    'abandonne',
    'abandon',
    'defavorable',
    'negatif',
    'negative',
    'faux',
    'false',
    '0',
    'discarded',
    'dropped',
    'drop',
    'pas interesse',
    'not interested',
    'sans suite',
    'non retenu',
    'non retenue',
    'pas retenu',
    'ko',
    'faible',
    'low',
    '✗',
    '✘',
    '❌',
    '-',
    '--',
  ],
  open: [
    'peut etre',
    'maybe',
    'a voir',
    'a discuter',
    'a analyser',
    'a decider',
    'en cours',
    'en attente',
    'en reflexion',
    'pending',
    'tbd',
    'to be decided',
    'to discuss',
    'to check',
    'a verifier',
    'moyen',
    'medium',
    '?',
    '??',
  ],
  nothing: [
    'non communique',
    'non renseigne',
    'n a',
    'na',
    'n c',
    'nc',
    'not available',
    'not stated',
    'sans avis',
    'no opinion',
    '/',
  ],
};
const MEANINGS = new Map(
  (Object.keys(WORDS) as Meaning[]).flatMap((meaning) =>
    WORDS[meaning].map((word) => [word, meaning] as const),
  ),
);
const MOST_WORDS = 4;
const NO_REASON = new Set(Object.values(NO_REASON_WORDS).map(plain));

const REASONS: [VerdictReason, RegExp][] = [
  ['eligibility', /\b(in|non )?eligib\w*|\bpays\b|\bcountr(y|ies)\b/],
  ['trl', /\btrl\b|\bmaturite\b|\bmaturity\b|\btrop (en )?(amont|aval)\b|\bupstream\b|\bdownstream\b/],
  [
    'topic',
    /\bhors (sujet|perimetre|scope|champ|thematique)\b|\bthem\w*|\bsujet\b|\btopic\b|\bdomaine\b|\bscope\b|\bperimetre\b|\bcompetences?\b|\bexpertise\b/,
  ],
  [
    'role',
    /\broles?\b|\bcoordinat\w*|\bpartenair\w*|\bpartners?(hip)?\b|\bconsortium\b|\bleader\b|\bpilot(e|age)\b/,
  ],
  ['budget', /\bbudget\w*|\bmontants?\b|\bfinance\w*|\btaux\b|\bcouts?\b|\bcosts?\b|\bfunding\b|\bmoney\b/],
  [
    'timing',
    /\bdelais?\b|\bdates?\b|\becheances?\b|\bcalendrier\b|\btiming\b|\bdeadlines?\b|\btrop (tard|court|tot)\b|\btoo (late|short|early)\b|\btemps\b|\btime\b/,
  ],
  [
    'capacity',
    /\bcapacites?\b|\bcapacity\b|\bressources?\b|\bresources?\b|\bcharges?\b|\bsurcharge\w*|\beffectifs?\b|\bstaff\w*|\bdisponib\w*|\bworkload\b|\bmain d oeuvre\b|\bmanpower\b/,
  ],
];
/** A reason of so few words adds nothing to its name. */
const WORDS_OF_A_NAME = 2;

/** The content of a verdict cell: the verdict, the rest, and whether its word is unknown. */
export interface ReadVerdict {
  verdict: Verdict | null;
  rest: string | null;
  unknown: boolean;
}

/** Reads a verdict: "Oui", "no-go", "Non : TRL trop bas", "x". Text without a verdict is kept as `rest`. */
export function readVerdict(cell: string): ReadVerdict {
  const text = cell.trim();
  if (text === '') return { verdict: null, rest: null, unknown: false };
  const ends = [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, MOST_WORDS).map((m) => m.index + m[0].length);
  for (const end of [text.length, ...ends.reverse()]) {
    const head = text.slice(0, end);
    const meaning = MEANINGS.get(head) ?? MEANINGS.get(plain(head));
    if (meaning === undefined || (meaning === 'open' && end < text.length)) continue;
    const rest =
      text
        .slice(end)
        .replace(/^[\s\p{P}\p{S}]+/u, '')
        .replace(/^([^(]*)\)$/, '$1')
        .trim() || null;
    if (meaning !== 'open' && meaning !== 'nothing') return { verdict: meaning, rest, unknown: false };
    return { verdict: null, rest: meaning === 'open' ? text : rest && text, unknown: false };
  }
  return { verdict: null, rest: text, unknown: true };
}

/** Returns the first reason that a text names, and the text itself if it says more than that. */
export function readReason(text: string): { reason: VerdictReason | null; rest: string | null } {
  const words = plain(text);
  if (words === '' || NO_REASON.has(words)) return { reason: null, rest: null };
  const found = REASONS.flatMap(([reason, pattern]) => {
    const at = words.search(pattern);
    return at < 0 ? [] : [{ reason, at }];
  }).sort((a, b) => a.at - b.at)[0];
  if (!found) return { reason: null, rest: text.trim() };
  return { reason: found.reason, rest: words.split(' ').length <= WORDS_OF_A_NAME ? null : text.trim() };
}
