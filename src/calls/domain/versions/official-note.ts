import { DateTime } from 'luxon';
import type { Deadline } from '../call-content.js';
import { BRUSSELS, brusselsClock, inBrussels } from '../../../kernel/brussels.js';
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

/** "… to 30 September 2026, 17:00 (Brussels time)": what follows the date. */
const TIME_OF_DAY = /^,? (?:at )?(\d\d)[:.](\d\d)(?: \(?|, )Brussels/;

/**
 * Completes deadlines of which the source's field gives only the day, where a note that came with their
 * change states the time of that day.
 */
export function withNotedTimes(deadlines: Deadline[], changes: Change[]): Deadline[] {
  const texts = officialNotesIn(changes)
    .filter(({ notice }) => notice.explains.includes('deadlines'))
    .map(({ notice }) => notice.text);
  return deadlines.map((deadline) => {
    if (deadline.timeTold) return deadline;
    const there = DateTime.fromISO(deadline.at, { zone: BRUSSELS });
    const day = there.toFormat('d MMMM yyyy', { locale: 'en' });
    const [time] = texts.flatMap((text) =>
      text
        .split(day)
        .slice(1)
        .flatMap((rest) => TIME_OF_DAY.exec(rest)?.slice(1, 3).join(':') ?? []),
    );
    if (!time) return deadline;
    const at = brusselsClock(`${there.toISODate()}T${time}:00.000Z`);
    return { ...deadline, at, brussels: inBrussels(at), timeTold: true };
  });
}
