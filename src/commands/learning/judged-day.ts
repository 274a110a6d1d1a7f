import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressedOf } from '../../calls/domain/addressee.js';
import type { Grade, GradedList } from '../../matching/domain/training/graded.js';
import type { Terminology } from '../../matching/domain/analysis/terminology.js';
import { SignalSet } from '../../matching/domain/signals/signal-set.js';
import type { WordVectors } from '../../matching/domain/semantic/word-vectors.js';
import { callsIn, matchable } from './benchmark.js';
import { written } from './cases.js';
import { listUnits } from './list-units.js';

/** The profile folders, each with its officers' judgements of the calls. */
const JUDGED: [profiles: string, judgements: string][] = [
  ['profiles', 'judgements.dev.tsv'],
  ['profiles-more', 'judgements.more.tsv'],
];

/** Grades by institute and call; a call that is not listed is not wanted. */
function gradesIn(path: string): Map<string, Grade> {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [institute, call, grade] = line.split('\t');
      return [`${institute}\t${call}`, Number(grade) as Grade];
    }),
  );
}

/**
 * Returns the calls of one real day as graded by officers, with the value of each signal; empty if the folder
 * has no such day.
 */
export function judgedDay(
  folder: string,
  vectors: WordVectors,
  terminology: Terminology,
  usage: string,
): GradedList[] {
  const path = join(folder, 'calls.jsonl.gz');
  if (!existsSync(path)) return [];
  const calls = callsIn(path);
  const read = calls.map(matchable);
  const unitsFor = listUnits(read, vectors, terminology);
  const { names } = new SignalSet();
  const [words, meaning] = [names.indexOf('words'), names.indexOf('meaning')];
  return JUDGED.flatMap(([profiles, judgements]) => {
    const grades = gradesIn(join(folder, judgements));
    return written(join(folder, profiles), usage).map(({ id, matched }) => ({
      calls: unitsFor(matched).map((units, i) => ({
        words: units[words]!,
        meaning: units[meaning]!,
        keeps: addressedOf(read[i]!)?.keeps ?? 1,
        grade: grades.get(`${id}\t${calls[i]!.id}`) ?? 0,
      })),
    }));
  });
}
