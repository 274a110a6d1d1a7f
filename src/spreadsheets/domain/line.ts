import type { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { NO_REASON_WORDS } from './match-columns.js';
import { dayIn, headEnds, OTHER, plain } from './table.js';
import { cascadePagesIn } from '../../calls/domain/page/outside-pages.js';
import { pageKey } from '../../calls/domain/versions/identity.js';
import type { Field } from './field-names.js';
import { readBid, type SheetBid } from './pipeline-columns.js';

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
    'oui non',
    'yes no',
    'go no go',
    'go nogo',
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
interface ReadVerdict {
  verdict: Verdict | null;
  rest: string | null;
  unknown: boolean;
}

/** Reads a verdict: "Oui", "no-go", "Non : TRL trop bas", "x". Text without a verdict is kept as `rest`. */
export function readVerdict(cell: string): ReadVerdict {
  const text = cell.trim();
  if (text === '') return { verdict: null, rest: null, unknown: false };
  for (const end of headEnds(text)) {
    const head = text.slice(0, end);
    const meaning = MEANINGS.get(head) ?? MEANINGS.get(plain(head));
    if (meaning === undefined) continue;
    if (meaning === 'open' && end < text.length) break;
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

/** A line of an officer's sheet, as far as it was understood. */
export interface SheetLine {
  /** The sheet's own line number, from 1. */
  row: number;
  /** Our own key, if the sheet is one of our exports. */
  key: string | null;
  /** Topic identifiers in the line, in upper case. */
  identifiers: string[];
  link: string | null;
  /** The identity keys of the pages that the line links to. */
  pages: string[];
  title: string | null;
  /** The deadline, if it can be parsed as a day. */
  deadline: string | null;
  verdict: Verdict | null;
  reason: VerdictReason | null;
  /** The day the call is postponed to, if it is. */
  until: string | null;
  note: string | null;
  /** The bid as described by the line; null if the line says nothing about it. */
  bid: SheetBid | null;
  /** An unknown word in the verdict column; it is kept in the note. */
  unknown: string | null;
  /** Days and documents of the bid that could not be read; they are kept in the note. */
  unread: string[];
}

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i;
/** A topic's identifier, also within a URL or sentence: capitals, dashes and at least one digit. */
const IDENTIFIER = /(?<![\p{L}\p{N}-])[A-Z][A-Z0-9]+(?:-[A-Z0-9]+){2,}(?![\p{L}\p{N}-])/giu;
/** A cascade call named by its project may have no digit: `MENDNET-CC-VOUCHERS`. */
const CASCADE = /-CC-/i;
/** What our own sheets write for a value that this version does not know: it says nothing to be stored. */
const OTHERS = new Set(Object.values(OTHER));
const LONGEST_IDENTIFIER = 120;
const OUR_PAGE = /\/calls\//;

/** Returns the strings in a text that look like identifiers. */
export const identifiersIn = (text: string): string[] => [
  ...new Set(
    (text.match(IDENTIFIER) ?? [])
      .filter((id) => (/\d/.test(id) || CASCADE.test(id)) && !UUID.test(id))
      .map((id) => id.toUpperCase()),
  ),
];

/** Finds the call that a line names, in any of its cells. */
function namedCall(
  told: (field: Field) => string,
): Pick<SheetLine, 'key' | 'identifiers' | 'link' | 'pages' | 'title' | 'deadline'> {
  const [cell, link, title] = [told('identifier'), told('link'), told('title')];
  const inCell = identifiersIn(cell);
  const own = inCell.length
    ? inCell
    : cell !== '' && cell.length <= LONGEST_IDENTIFIER && !/^https?:/.test(cell)
      ? [cell.toUpperCase()]
      : [];
  const elsewhere = [...identifiersIn(link), ...identifiersIn(title)];
  // The URL of our own page also ends in the key.
  const key = UUID.exec(told('key')) ?? (OUR_PAGE.test(link) ? UUID.exec(link) : null);
  const address = /https?:\/\/\S+/.exec(link || cell)?.[0] ?? null;
  const pages = [
    ...(address === null ? [] : [address]),
    ...cascadePagesIn(cell),
    ...cascadePagesIn(link),
  ].flatMap((page) => pageKey(page) ?? []);
  return {
    key: key?.[0].toLowerCase() ?? null,
    identifiers: own.length ? own : [...new Set(elsewhere)],
    link: address,
    pages: [...new Set(pages)],
    title: title || null,
    deadline: dayIn(told('deadline')),
  };
}

/** Reads a verdict; postponing needs a day, without which there is no verdict. */
function readDecision(cell: string): ReadVerdict & { until: string | null } {
  const read = readVerdict(cell);
  if (read.verdict !== 'later') return { ...read, until: null };
  const until = dayIn(read.rest ?? '');
  return until === null
    ? { verdict: null, rest: cell.trim(), unknown: false, until }
    : { ...read, rest: null, until };
}

/** Reads a line by the fields of its columns; null if it is blank. */
export function readLine(row: number, cells: string[], fields: (Field | null)[]): SheetLine | null {
  if (cells.every((cell) => cell.trim() === '')) return null;
  const all = (field: Field): string[] =>
    fields.flatMap((f, i) => {
      const cell = cells[i]?.trim();
      return f === field && cell && !OTHERS.has(cell) ? [cell] : [];
    });
  const told = (field: Field): string => all(field)[0] ?? '';
  const named = namedCall(told);
  const decided = readDecision(told('verdict'));
  const why = readReason(told('reason') || (decided.verdict === 'not' ? (decided.rest ?? '') : ''));
  const beside = told('reason') || decided.verdict !== 'not' ? decided.rest : null;
  // A reason belongs to a "not"; with any other verdict it is just another remark.
  const reason = decided.verdict === 'not' ? why.reason : null;
  const remark = decided.verdict === 'not' ? why.rest : told('reason');
  const bid = readBid(told);
  const note = [beside, remark, bid.rest, ...bid.unread, ...all('note')]
    .filter((part) => part !== null && part !== '')
    .join('\n');
  return {
    row,
    ...named,
    verdict: decided.verdict,
    reason,
    until: decided.until,
    note: note || null,
    bid: bid.bid,
    unknown: decided.unknown ? decided.rest : bid.unknown,
    unread: bid.unread,
  };
}
