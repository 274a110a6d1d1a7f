import type { Wiring } from '../../src/app/platform.module.js';
import { ran } from '../support/command.js';
import { Harvesting } from '../support/harvest/harvest.js';
import { beforeRelease } from '../support/release.js';

const topic = (n: number) => `900000${String(n).padStart(2, '0')}TOPICSen`;
const [MISREAD, MISSED] = [topic(1), topic(2)];

/** As an older version would have parsed it: a truncated title, and one call's keywords missed. */
const older = (wiring: Wiring): Wiring => ({
  ...wiring,
  sources: wiring.sources.map((s) => ({
    ...s,
    parse: (document) => {
      const page = s.parse(document);
      return {
        ...page,
        calls: page.calls.map((c) => ({
          ...c,
          ...(c.reference === MISREAD && { title: 'Cut short' }),
          ...(c.reference === MISSED && { keywords: [] }),
        })),
      };
    },
  })),
});

describe('a command that cannot be', () => {
  it.each<[string, string[], RegExp]>([
    [
      'an unknown source',
      ['reparse', '--source', 'elsewhere'],
      /There is no source "elsewhere"\. There are: funding-tenders\./,
    ],
    [
      'no source, and a number that is none',
      ['reparse', '--show', 'all'],
      /There are 2 problems[^]*--source must name a source, as funding-tenders\. Fix: npm run cli -- reparse --source ID[^]*--show must be a number, and is "all"/,
    ],
    [
      'an argument that there is not',
      ['reparse', '--sources', 'funding-tenders'],
      /Unknown option '--sources'.*Fix: npm run cli -- reparse/,
    ],
    [
      'an unknown command',
      ['nonsense'],
      /There is no command "nonsense"\. There are: replay, reparse, check-source, [a-z, -]+\./,
    ],
    ['no command', [], /There is no command ""\. There are: replay, reparse, check-source, [a-z, -]+\./],
    ['a name that every object has', ['constructor'], /There is no command "constructor"/],
  ])('%s: one sentence, and status 1', async (_what, args, said) => {
    const { status, output } = await ran(args);
    expect(status).toBe(1);
    expect(output).toMatch(said);
    expect(output).not.toMatch(/^\s+at /m);
  });
});

describe('help', () => {
  it('lists all commands, with what each does', async () => {
    const { status, output } = await ran(['--help']);
    expect(status).toBe(0);
    const named = [...output.matchAll(/^ {2}([a-z-]+) {2,}\S.{10,}$/gm)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining(['replay', 'backup', 'rotate-admin-token']));
    const { output: refused } = await ran(['nonsense']);
    expect(refused).toContain(`There are: ${named.join(', ')}.`);
    // A command is not a startup.
    expect(refused).not.toContain('did not start');
  });
});

beforeRelease('what is read anew of stored documents')('documents that are read anew', () => {
  let h: Harvesting;
  let env: Record<string, string>;
  beforeAll(async () => {
    h = await Harvesting.start({ copies: 1, adjust: older });
    expect(await h.ended()).toMatchObject({ state: 'accepted' });
    await h.matched();
    env = { DATABASE_URL: h.test.wiring.env.DATABASE_URL!, FUNDING_TENDERS_URL: h.portal.url };
  });
  afterAll(() => h?.stop());

  const reparse = (...args: string[]) => ran(['reparse', '--source', 'funding-tenders', ...args], env);
  const titleOf = (reference: string) => h.portal.find(reference).metadata['title']![0]!;
  const stored = async () => ({
    calls: await h.query('SELECT * FROM call ORDER BY id'),
    sourceRecords: await h.query('SELECT * FROM source_record ORDER BY key'),
    source: await h.query('SELECT due_at FROM source'),
  });

  describe('the reparse command', () => {
    it('prints what would be read otherwise, and changes nothing', async () => {
      const before = await stored();
      const { status, output } = await reparse();
      expect({ status, output }).toMatchObject({ status: 0 });
      expect(output).toContain('58 calls are unchanged, 2 differ, 0 are no longer found in their document.');
      expect(output).toContain(
        `\n  SEDIA/${MISREAD}/en, ${titleOf(MISREAD)}: The title changed; before: “Cut short”\n`,
      );
      expect(output).toContain(`\n  SEDIA/${MISSED}/en, ${titleOf(MISSED)}: Changed: keywords\n`);
      expect(output).toContain('Nothing was changed. With --apply');
      expect(await stored()).toEqual(before);
    });

    it('shows as many as are asked for, and how many there are', async () => {
      const { status, output } = await reparse('--show', '1');
      expect(status).toBe(0);
      expect(output.match(/^ {2}SEDIA/gm)).toHaveLength(1);
      expect(output).toContain('and 1 more (--show 2)');
    });

    it('shows documents that could not be read when they came', async () => {
      h.portal.faults({ shape: 1 });
      expect(await h.harvest()).toMatchObject({ state: 'failed' });
      h.portal.faults({});
      const { status, output } = await reparse();
      expect({ status, output }).toMatchObject({
        status: 0,
        output: expect.stringMatching(
          /^Documents that could not be read on arrival: [1-3]\n {2}[a-z-]+-en: \w+ 1\.1: still unreadable: the portal's rows changed shape/m,
        ),
      });
      expect(await h.harvest()).toMatchObject({ state: 'accepted' });
      expect((await reparse()).output).toContain('No unreadable documents are waiting.');
    });

    it('with --apply stores it, tells nobody of a change, and has the source read again', async () => {
      const { status, output } = await reparse('--apply');
      expect({ status, output }).toMatchObject({
        status: 0,
        output: expect.stringContaining('2 calls are now stored as read.'),
      });
      const [call] = await h.query(
        "SELECT content->>'title' AS title, version FROM call WHERE content->>'reference' = $1",
        [MISREAD],
      );
      expect(call).toEqual({ title: titleOf(MISREAD), version: 2 });
      expect(await h.query("SELECT call_id FROM call_version WHERE kinds <> '{}'")).toEqual([]);
      const [{ ahead }] = await h.query('SELECT due_at <= now() AS ahead FROM source');
      expect(ahead).toBe(true);
      expect((await reparse()).output).toContain('60 calls are unchanged, 0 differ');
    });
  });
});
