import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { evaluate } from '../../src/commands/learning/evaluate.js';
import { beforeRelease } from '../support/release.js';

/** Who took part in which topic, and a script to score rankings by it; next to the checkout if available. */
const DATA = join(__dirname, '../../../shared/evaluation');
const [CALLS, JUDGED, SCORE] = ['calls.jsonl', 'judgements.dev.tsv', 'score.mjs'].map((name) =>
  join(DATA, name),
) as [string, string, string];
const there = existsSync(SCORE);
if (!there)
  console.warn(
    `SKIPPED: the matching is not held to who took part in which topic, because ${SCORE} is not there`,
  );

interface Figures {
  MAP: number;
  AUC: number;
  'P@10': number;
  absent: number;
}

const here = there ? beforeRelease('the matching held to who took part in which topic') : describe.skip;
here('who took part in which topic', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-benchmark-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const scored = (run: string, judgements = JUDGED): Figures =>
    JSON.parse(
      spawnSync(process.execPath, [SCORE, '--run', run, '--judgements', judgements, '--json'], {
        encoding: 'utf8',
      }).stdout,
    );

  /** Scores the written profiles of one language on the benchmark's calls. */
  async function written(language: 'en' | 'fr', method: string): Promise<Figures> {
    const profiles = join(__dirname, 'profiles', language);
    const ids = new Set(readdirSync(profiles).map((name) => basename(name, '.yaml')));
    const judged = join(folder, 'judged.tsv');
    writeFileSync(
      judged,
      readFileSync(JUDGED, 'utf8')
        .split('\n')
        .filter((line) => ids.has(line.split('\t')[0]!))
        .join('\n'),
    );
    const out = join(folder, `${language}-${method}.tsv`);
    await evaluate(['--profiles', profiles, '--calls', CALLS, '--out', out, '--method', method]);
    return scored(out, judged);
  }

  it('is foreseen from what organisations did before', async () => {
    const out = join(folder, 'run.tsv');
    await evaluate(['--data', DATA, '--out', out]);
    const figures = scored(out);
    expect(figures.absent).toBe(0);
    expect(figures.MAP).toBeGreaterThan(0.29);
    expect(figures['P@10']).toBeGreaterThan(0.25);
    expect(figures.AUC).toBeGreaterThan(0.87);
  });

  it('is foreseen from profiles as people write them, in French as in English, and far better than by a search for words', async () => {
    const [english, french, plain] = [
      await written('en', 'full'),
      await written('fr', 'full'),
      await written('en', 'bm25'),
    ];
    expect(english.AUC).toBeGreaterThan(0.8);
    expect(english.MAP).toBeGreaterThan(1.25 * plain.MAP);
    expect(french.MAP).toBeGreaterThan(0.92 * english.MAP);
    // Uses the port for operators' own models, without anything known besides the words.
    expect((await written('en', 'meaning')).MAP).toBeGreaterThan(plain.MAP);
  });
});
