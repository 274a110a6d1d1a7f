import type { Change } from '../../../calls/domain/versions/diff.js';
import {
  diffBudget,
  type DiffBudget,
  type Piece,
  ownDiff,
  shortDiff,
} from '../../../calls/domain/versions/text-diff.js';
import { sentencesOfChanges } from '../../../calls/domain/facts/change-sentences.js';
import type { Language } from '../../../kernel/language.js';
import type { CallItem } from '../content/message.js';
import { collapsed, oneLine, shortened } from '../../../kernel/one-line.js';

/** How much a message shows. What it leaves out is counted or linked, never dropped silently. */
export interface Measure {
  /** Characters of all text differences together. */
  differences: number;
  /** What each call is about; the page of the call says it too. */
  summaries: boolean;
  passages: boolean;
  /** Three lines per call: its title, its reason, and its facts in a row. */
  brief: boolean;
  /** Further institutes that a call fits, and the subscriptions that brought it. */
  names: number;
  /** Dates per call. */
  dates: number;
  deadlines: number;
  opened: number;
  /** Titles of what else was published. */
  glance: number;
  /** Lines of each other list. */
  lines: number;
}

export const FULL: Measure = {
  differences: 4_000,
  summaries: true,
  passages: true,
  brief: false,
  names: 4,
  dates: 4,
  deadlines: 20,
  opened: 20,
  glance: 15,
  lines: 10,
};
/** For an e-mail with many calls, which people skim before opening one. */
export const BRIEF: Measure = { ...FULL, differences: 2_000, passages: false, brief: true, names: 2 };
/** For channels with little room, and for e-mails that mail programs would clip. */
export const SHORT: Measure = {
  differences: 1_200,
  summaries: false,
  passages: false,
  brief: false,
  names: 1,
  dates: 2,
  deadlines: 10,
  opened: 10,
  glance: 5,
  lines: 5,
};

/** A change as a sentence, with the removed and added parts of its texts. */
export interface ChangeView {
  sentence: string;
  differences: Piece[][];
  /** False if the call's page has more of the differences. */
  whole: boolean;
}

/** The remaining limits for differences in one message: steps of comparing and characters to show. */
export interface DiffRoom {
  budget: DiffBudget;
  characters: number;
}
export const diffRoom = (characters: number): DiffRoom => ({ budget: diffBudget(), characters });

/** About as much of one text as people read in a message. */
const LONGEST_DIFF = 500;
const LONGEST_SENTENCE = 600;
/** Notes say more than what changed; the call's page has all of it. */
const LONGEST_NOTE = 240;
/** Differences per sentence; conditions change in many places at once. */
const MOST_DIFFERENCES = 2;
/** Other fields state their old value in the sentence, or are addresses that nobody reads. */
const SHOWN = /^(sections\.|(callTitle|destination|typesOfAction|keywords|divisions|zones|crossCutting)$)/;

/** Describes the changes of a call: sentences, and text differences as far as there is room. */
export function changeViews(
  { changes, call, total }: Pick<CallItem, 'changes' | 'call' | 'total'>,
  language: Language,
  room: DiffRoom,
): ChangeView[] {
  return sentencesOfChanges(changes, language, call, {
    untold: 'marked',
    total,
    longestNote: LONGEST_NOTE,
  }).map((told) => {
    const shown = told.changes.filter((c) => SHOWN.test(c.field));
    const parts = shown.slice(0, MOST_DIFFERENCES).map((c) => difference(c, room));
    return {
      sentence: shortened(oneLine(told.sentence), LONGEST_SENTENCE),
      differences: parts.map((p) => p.pieces).filter((pieces) => pieces.length > 0),
      whole: shown.length <= MOST_DIFFERENCES && parts.every((p) => p.whole),
    };
  });
}

function difference(change: Change, room: DiffRoom): { pieces: Piece[]; whole: boolean } {
  // Computing what nobody will see would waste time.
  if (room.characters <= 0) return { pieces: [], whole: false };
  const most = Math.min(LONGEST_DIFF, room.characters);
  const all = ownDiff(change, room.budget) ?? [];
  // For a rewritten text, shows the start of both versions, not only of the old one.
  const half = all.map((p) => ({ ...p, text: shortened(p.text, Math.max(1, Math.floor(most / 2))) }));
  const { pieces, whole } = shortDiff(half, most);
  room.characters -= pieces.reduce((n, p) => n + p.text.length, 0);
  return { pieces: spaced(pieces), whole: whole && half.every((p, i) => p.text === all[i]!.text) };
}

/** Puts pieces on one line, moves white space out of marked ones, and separates removed from added text. */
function spaced(pieces: Piece[]): Piece[] {
  const apart = pieces.flatMap((piece, i): Piece[] => {
    const text = collapsed(piece.text);
    if (piece.op === 'same') return [{ op: 'same', text }];
    const before = /^\s/.test(text) || (i > 0 && pieces[i - 1]!.op !== 'same') ? ' ' : '';
    const marked: Piece[] = text.trim() ? [{ op: piece.op, text: text.trim() }] : [];
    return [{ op: 'same', text: before }, ...marked, { op: 'same', text: /\s$/.test(text) ? ' ' : '' }];
  });
  return joined(apart)
    .map((p, i, all) => (p.op === 'same' ? { ...p, text: edged(p.text, i === 0, i === all.length - 1) } : p))
    .filter((p) => p.text !== '');
}

function joined(pieces: Piece[]): Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (last?.op === 'same' && piece.op === 'same')
      last.text = (last.text + piece.text).replace(/ {2,}/g, ' ');
    else kept.push({ ...piece });
  }
  return kept;
}

const edged = (text: string, first: boolean, last: boolean): string => {
  const start = first ? text.trimStart() : text;
  return last ? start.trimEnd() : start;
};
