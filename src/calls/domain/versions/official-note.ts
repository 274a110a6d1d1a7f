import type { Change } from './diff.js';

/** A publisher's note in a change, with the fields changed at the same time that it explains. */
export interface OfficialNote {
  day: string;
  text: string;
  explains: string[];
}

/** What a note must mention to explain a change of that field. */
const SPEAKS_OF: Record<string, RegExp> = {
  deadlines: /\bdeadlines?\b|\bclosing date|\bcut-?off|\bextend|\bextension|\bpostpon|\bbrought forward\b/i,
  budget: /\bbudgets?\b|\bEUR\b|€|\bmillion\b/i,
  opensAt: /\bopen(s|ed|ing)?\b|\bsubmission session\b/i,
};

/** Returns the change for a note that came with these changes of its call. */
export const noticeWith = (note: { day: string; text: string }, changes: Change[]): Change => {
  const explains = [...new Set(changes.map((c) => c.field))].filter((field) =>
    SPEAKS_OF[field]?.test(note.text),
  );
  return { kind: 'notice', field: 'notices', from: null, to: { ...note, explains } satisfies OfficialNote };
};

/** Returns the notes among these changes, each with its change. */
export const officialNotesIn = (changes: Change[]): { notice: OfficialNote; change: Change }[] =>
  changes
    .filter((change) => change.kind === 'notice')
    .map((change) => ({ change, notice: change.to as OfficialNote }));
