import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ran } from '../support/command.js';
import { beforeRelease } from '../support/release.js';

const SUBJECTS = [
  'hydrogen electrolyser',
  'dairy cattle',
  'museum collection',
  'aircraft wing',
  'quantum sensor',
  'cancer vaccine',
];
const line = (value: object): string => `${JSON.stringify(value)}\n`;

/** Writes invented projects for both periods: an organisation per subject, and its work. */
function invented(folder: string): void {
  const projects = Array.from({ length: 120 }, (_, i) => {
    const s = i % SUBJECTS.length;
    const year = 2014 + (Math.floor(i / SUBJECTS.length) % 4);
    return {
      id: String(i),
      acronym: `P${i}`,
      title: `${SUBJECTS[s]} study ${i}`,
      objective: null,
      start: `${year}-06-01`,
      division: null,
      topics: [
        { code: `INV-${s}-${Math.floor(i / SUBJECTS.length)}-${year}`, title: `Research on ${SUBJECTS[s]}` },
      ],
      organisations: [
        { id: `org-${s}`, role: 'participant', country: 'FR' },
        { id: `other-${s}`, role: 'participant', country: 'DE' },
      ],
    };
  });
  writeFileSync(join(folder, 'history.jsonl.gz'), gzipSync(projects.map(line).join('')));
  writeFileSync(
    join(folder, 'topics.jsonl.gz'),
    gzipSync(
      SUBJECTS.map((s, i) =>
        line({ topicId: `NEW-${i}`, title: `New ${s}`, description: `${s} and more ${s} in use` }),
      ).join(''),
    ),
  );
  writeFileSync(
    join(folder, 'calls.jsonl'),
    SUBJECTS.map((s, i) =>
      line({
        id: `CALL-${i}-2020`,
        title: `Better ${s} for all`,
        programme: 'H2020',
        division: null,
        year: 2020,
        typeOfAction: null,
        deadline: null,
        text: null,
      }),
    ).join(''),
  );
  writeFileSync(
    join(folder, 'organisations.jsonl'),
    SUBJECTS.map((_, i) => line({ id: `org-${i}`, name: null, split: 'dev' })).join(''),
  );
  mkdirSync(join(folder, 'profiles'));
  writeFileSync(
    join(folder, 'profiles', 'one.yaml'),
    'id: "997"\nname: One\nlanguage: fr\ncompetences:\n  - label: Élevage laitier\n    description: Vaches laitières\n    keywords: [bovins laitiers]\n',
  );
}

describe('learning and evaluating', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-learning-'));
  beforeAll(() => invented(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const lines = (name: string): string[][] =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((l) => l.split('\t'));

  it('ranks every call for every organisation', async () => {
    const { status, output } = await ran(['evaluate', '--data', folder, '--out', join(folder, 'run.tsv')]);
    expect({ status, output }).toMatchObject({ status: 0 });
    const run = lines('run.tsv');
    expect(run).toHaveLength(SUBJECTS.length ** 2);
    for (const [i] of SUBJECTS.entries()) {
      const own = run.filter(([org]) => org === `org-${i}`).sort((a, b) => Number(b[2]) - Number(a[2]));
      expect(own[0]![1]).toBe(`CALL-${i}-2020`);
    }
  });

  it('ranks for written profiles, in French too, and explains the best', async () => {
    const args = [
      '--profiles',
      join(folder, 'profiles'),
      '--calls',
      join(folder, 'calls.jsonl'),
      '--out',
      join(folder, 'written.tsv'),
      '--explain',
      join(folder, 'why.txt'),
    ];
    expect(await ran(['evaluate', ...args])).toMatchObject({ status: 0 });
    const [best] = lines('written.tsv').sort((a, b) => Number(b[2]) - Number(a[2]));
    expect(best!.slice(0, 2)).toEqual(['997', 'CALL-1-2020']);
    expect(readFileSync(join(folder, 'why.txt'), 'utf8')).toMatch(
      /^# 997 One\n1\. CALL-1-2020: Better dairy cattle for all \(.* points, \w+\)\n {3}\d/,
    );
    for (const method of ['words', 'bm25'])
      expect(await ran(['evaluate', ...args, '--method', method])).toMatchObject({ status: 0 });
  });

  it('shows what decisions bring that are made as judged, and how much of the mails is wanted', async () => {
    const judgements = join(folder, 'judged.tsv');
    writeFileSync(judgements, '997\tCALL-1-2020\t2\tmilk\n');
    const args = ['--profiles', join(folder, 'profiles'), '--calls', join(folder, 'calls.jsonl')];
    const asked = ['evaluate', ...args, '--out', join(folder, 'judged-run.tsv'), '--judgements', judgements];
    const { status, output } = await ran([...asked, '--draws', '2', '--suggestions']);
    expect({ status, output }).toMatchObject({ status: 0 });
    // The one call that scores is wanted and sent; whoever decides on it, nothing is left that is wanted.
    expect(output).toMatch(/^none +0\.0 +1\.0  1\.000  1\.000 /m);
    expect(output).toMatch(/^15 chosen to tell most +1\.0 +1\.0  1\.000  1\.000 +0\.0 +0\.0  1\.000  - /m);
    expect(output).toMatch(/^15 from the top +6\.0 /m);
    expect(output).toMatch(/^60 at random, at most half /m);
    expect(output).toMatch(/^half from 10 points on, changes too /m);

    // The same call is new in the last of two times four weeks: in no first mail, nor in any before.
    const events = join(folder, 'events.jsonl');
    const event = (day: string, kind: string, reference: string) => line({ day, kind, reference });
    writeFileSync(
      events,
      event('2020-04-02', 'text', 'CALL-2-2020') +
        event('2020-05-20', 'new', 'CALL-1-2020') +
        event('2020-05-28', 'text', 'CALL-1-2020'),
    );
    const mails = await ran([...asked, '--events', events]);
    expect(mails).toMatchObject({ status: 0 });
    const NONE = '\\n  no decisions +first mail 0 +all ';
    expect(mails.output).toMatch(new RegExp(`2020-05-01 to 2020-05-28${NONE}1, 100 %\\n`));
    expect(mails.output).toMatch(new RegExp(`2020-04-03 to 2020-04-30${NONE}0\\n`));

    expect(await ran([...asked, '--events', events, '--draws', '2', '--suggestions'])).toMatchObject({
      status: 1,
      output: expect.stringMatching(
        /--suggestions needs --verdicts, or --judgements without --events\.[^]*--draws needs --judgements without --events/,
      ),
    });

    writeFileSync(events, `${event('2020-04-02', 'text', 'CALL-2-2020')}no event\n`);
    expect(await ran([...asked, '--events', events])).toMatchObject({
      status: 1,
      output: expect.stringMatching(/stopped before it was finished\.\n.*events\.jsonl: line 2: /),
    });

    writeFileSync(judgements, '997\tCALL-1-2020\twanted\n');
    expect(await ran(asked)).toMatchObject({
      status: 1,
      output: expect.stringMatching(
        /judged\.tsv:1 is no judgement\. Fix: Write institute, reference and 2, 1 or 0/,
      ),
    });
  });

  beforeRelease('learning anew')('from the start', () => {
    it('learns vectors and weights anew, each time the same', async () => {
      const learned = async (out: string): Promise<Buffer[]> => {
        expect(
          await ran(['train', '--data', folder, '--out', join(folder, out), '--steps', '60']),
        ).toMatchObject({ status: 0 });
        return ['vectors.bin', 'weights.yaml'].map((name) => readFileSync(join(folder, out, name)));
      };
      expect(await learned('a')).toEqual(await learned('b'));
    });
  });

  it.each<[string, string[], RegExp]>([
    ['nothing to evaluate', ['evaluate', '--out', 'x.tsv'], /--data, or --profiles and --calls, must say/],
    ['no file for the run', ['evaluate', '--data', '.'], /--out must name a file/],
    [
      'an unknown method',
      ['evaluate', '--data', '.', '--out', 'x', '--method', 'magic'],
      /--method "magic" is none\. Fix: Write full, words, meaning, bm25\./,
    ],
    ['a folder that is not there', ['evaluate', '--data', 'nowhere', '--out', 'x'], /nowhere is not there/],
    [
      'steps that are none',
      ['train', '--data', '.', '--steps', 'many'],
      /--steps must be a whole number from 1 to 99999, and is "many"/,
    ],
    [
      'nothing to learn from',
      ['train', '--data', 'nowhere'],
      /--data must name a folder with history\.jsonl\.gz/,
    ],
  ])('says %s in a sentence', async (_what, args, said) => {
    const { status, output } = await ran(args);
    expect({ status, output }).toMatchObject({ status: 1, output: expect.stringMatching(said) });
    expect(output).not.toMatch(/^\s+at /m);
  });
});
