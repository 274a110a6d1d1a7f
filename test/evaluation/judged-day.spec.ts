import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import MiniSearch from 'minisearch';
import { parse } from 'yaml';
import { evaluate } from '../../src/commands/learning/evaluate.js';
import { train } from '../../src/commands/learning/train.js';
import { written } from '../../src/commands/learning/cases.js';
import { beforeRelease } from '../support/release.js';

/** The calls of one real day as judged by officers of 22 institutes; next to the checkout if available. */
const DATA = join(__dirname, '../../../shared/evaluation');
const DAY = join(DATA, 'live');
const there = existsSync(join(DAY, 'calls.jsonl.gz'));
if (!there) console.warn(`SKIPPED: the matching is not held to a judged day, because ${DAY} is not there`);

const SETS = [
  { profiles: 'profiles', judgements: 'judgements.dev.tsv' },
  { profiles: 'profiles-more', judgements: 'judgements.more.tsv' },
] as const;
type Figures = Record<'AP2' | 'P1' | 'P2' | 'R2' | 'R2@40', number>;

(there ? describe : describe.skip)('what officers wanted of the calls of a day', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-judged-'));
  const calls = join(folder, 'calls.jsonl');
  const runOf = (profiles: string): string => join(folder, `${profiles}.tsv`);
  const rows = (path: string): string[][] =>
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));

  beforeAll(async () => {
    writeFileSync(calls, gunzipSync(readFileSync(join(DAY, 'calls.jsonl.gz'))));
    for (const { profiles } of SETS)
      await evaluate([
        '--profiles',
        join(DAY, profiles),
        '--calls',
        calls,
        '--out',
        runOf(profiles),
        '--explain',
        `${runOf(profiles)}.txt`,
      ]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const scored = ({ profiles, judgements }: (typeof SETS)[number]): Figures =>
    JSON.parse(
      spawnSync(
        process.execPath,
        [join(DAY, 'score.mjs'), '--run', runOf(profiles), '--judgements', join(DAY, judgements), '--json'],
        { encoding: 'utf8' },
      ).stdout,
    ) as Figures;

  it('comes first, and is told', () => {
    const [ten, twelve] = SETS.map(scored) as [Figures, Figures];
    expect(ten.AP2).toBeGreaterThanOrEqual(0.73);
    expect(ten.P1).toBeGreaterThanOrEqual(0.76);
    expect(ten.R2).toBeGreaterThanOrEqual(0.75);
    expect(ten['R2@40']).toBeGreaterThanOrEqual(0.9);
    expect(twelve.AP2).toBeGreaterThanOrEqual(0.66);
    expect(twelve['R2@40']).toBeGreaterThanOrEqual(0.87);
  });

  it('is found better than by a search for the words of the profile, by nearly all institutes', () => {
    const listed = readFileSync(calls, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; title: string; text: string | null });
    const search = new MiniSearch({ fields: ['title', 'text'] });
    search.addAll(listed.map(({ id, title, text }) => ({ id, title, text: text ?? '' })));
    const better = SETS.flatMap(({ profiles, judgements }) => {
      const wanted = new Set(
        rows(join(DAY, judgements)).flatMap(([p, call, grade]) => (grade === '2' ? [`${p} ${call}`] : [])),
      );
      const run = rows(runOf(profiles));
      const precision = (profile: string, order: string[]): number => {
        const ranks = order.flatMap((call, i) => (wanted.has(`${profile} ${call}`) ? [i + 1] : []));
        return ranks.reduce((sum, rank, i) => sum + (i + 1) / rank, 0) / ranks.length;
      };
      return written(join(DAY, profiles), '').map(({ id, matched }) => {
        const words = matched.profile.competences.flatMap((c) => [c.label, ...c.keywords]).join(' ');
        const found = search
          .search(words, { combineWith: 'OR', boost: { title: 3 } })
          .map((hit) => String(hit.id));
        const ours = run
          .filter(([profile]) => profile === id)
          .sort((a, b) => Number(b[2]) - Number(a[2]))
          .map(([, call]) => call!);
        return precision(id, ours) > precision(id, found);
      });
    });
    expect(better).toHaveLength(22);
    expect(better.filter(Boolean).length).toBeGreaterThanOrEqual(19);
  });

  it('is told with reasons that are phrases of the call, but for keywords of the profile', () => {
    const named = SETS.flatMap(({ profiles }) =>
      [
        ...readFileSync(`${runOf(profiles)}.txt`, 'utf8').matchAll(/^ +[\d.]+ meaning of ".*": (.*) \[/gm),
      ].map(([, term]) => term!),
    );
    expect(named.length).toBeGreaterThan(500);
    expect(named.filter((term) => term !== '' && !/[^\p{L}\p{N}]/u.test(term))).toEqual([]);
  });

  beforeRelease('whether the shipped weights are learned from it')('and', () => {
    it('is what the shipped weights are learned from', async () => {
      const out = join(folder, 'model');
      await train(['--data', DATA, '--keep-vectors', '--out', out]);
      const weightsIn = (path: string) =>
        (parse(readFileSync(join(path, 'weights.yaml'), 'utf8')) as { written: object }).written;
      expect(weightsIn(out)).toEqual(weightsIn(join(__dirname, '../../config/model')));
    });
  });
});
