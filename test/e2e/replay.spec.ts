import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Command, ran } from '../support/command.js';
import { BAD_DAY, HAPPENED } from '../support/harvest/eight-days.js';
import { startReplaying, type Replaying } from '../support/harvest/replaying.js';
import { until } from '../support/until.js';
import { beforeRelease } from '../support/release.js';

const KILLS = 2;
/** The day before the bad one: replays about the bad day start here. */
const BEFORE = '2026-05-08';
const AFTER = '2026-05-10';
/** The events reported if a replay begins there: a call that was gone before does not count as withdrawn. */
const SINCE = HAPPENED.filter(
  (l) => l > `{"day":"${BAD_DAY}` && l < '{"day":"2026-05-11' && !l.includes('withdrawn'),
);

let portal: Replaying['portal'];
let file: Replaying['file'];
let command: Replaying['command'];
let stop: Replaying['stop'];
beforeAll(async () => {
  ({ portal, file, command, stop } = await startReplaying());
});
afterAll(() => stop());

/** The lines of an events file; the last one is newline-terminated too. */
const lines = (events: string): string[] => readFileSync(file(events), 'utf8').split('\n').slice(0, -1);
const daysAsked = (): string[] => [...new Set(portal.moves.splice(0).map((m) => m.day))];

describe('a replay', () => {
  it('tells exactly what happened, on the day on which it could be known', async () => {
    const { status, output } = await ran(command('whole.jsonl'));
    expect({ status, output }).toMatchObject({ status: 0 });
    // Both visits of that day, and no other request from any other day.
    expect(
      output.split('\n').flatMap((l) => /^ {2}(\S+: .*?(?:failed|rejected)),/.exec(l)?.[1] ?? []),
    ).toEqual(Array(2).fill(`${BAD_DAY}: rejected`));
    expect(lines('whole.jsonl')).toEqual(HAPPENED);
  });

  it('has two visits a day, and leaves the stand-in as it was after a bad one', () => {
    const visits = portal.moves.splice(0);
    expect(visits.filter((m) => m.faults.half).map((m) => m.day)).toEqual([BAD_DAY, BAD_DAY]);
    const restored = visits.findIndex((m) => m.faults.half) + 2;
    expect(visits[restored]).toEqual({ day: BAD_DAY, faults: {} });
    const others = visits.filter((_, i) => i !== restored).map((m) => m.day);
    expect(others).toEqual([...new Set(others)].flatMap((day) => [day, day]));
    expect(portal.faults).toEqual({});
  });

  it('that is done has nothing to do: the same file, and the portal is not asked', async () => {
    const [before, requests] = [readFileSync(file('whole.jsonl')), portal.requests()];
    const { status } = await ran(command('whole.jsonl'));
    expect(status).toBe(0);
    expect(readFileSync(file('whole.jsonl')).equals(before)).toBe(true);
    expect(portal.requests()).toBe(requests);
    expect(daysAsked()).toEqual([]);
  });
});

beforeRelease('replays that are disturbed')('eight days that are replayed', () => {
  it('begins anew where its events file was taken away', async () => {
    const requests = portal.requests();
    rmSync(file('whole.jsonl'));
    expect((await ran(command('whole.jsonl', '--to', '2026-05-07'))).status).toBe(0);
    expect(lines('whole.jsonl')).toEqual(HAPPENED.filter((l) => l.includes('2026-05-07')));
    expect(portal.requests()).toBeGreaterThan(requests);
    expect(daysAsked()).toEqual(['2026-05-06', '2026-05-07']);
    // And resumes where it stopped.
    expect((await ran(command('whole.jsonl', '--to', '2026-05-08'))).status).toBe(0);
    expect(daysAsked()).toEqual(['2026-05-08']);
    expect(lines('whole.jsonl')).toEqual(HAPPENED.filter((l) => l < '{"day":"2026-05-09'));
  });

  describe('a replay that is killed', () => {
    const upToIt = HAPPENED.filter((l) => l < '{"day":"2026-05-11');

    it(`at any moment, ${KILLS} times over, ends with the same file`, async () => {
      for (let i = 0; i < KILLS; i += 1) {
        // At most this many responses, of some forty per kill: always in the middle of something, never done.
        const [asked, moment] = [portal.requests(), 1 + Math.floor(Math.random() * 30)];
        const running = new Command(command('killed.jsonl', '--to', AFTER));
        await until('the portal to be asked', () => Promise.resolve(portal.requests() >= asked + moment));
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
        expect({ ranOn: await running.kill(), said: running.output }).toMatchObject({ ranOn: true });
      }
      const { status, output } = await ran(command('killed.jsonl', '--to', AFTER));
      expect({ status, output }).toMatchObject({ status: 0 });
      expect(readFileSync(file('killed.jsonl'), 'utf8')).toBe(upToIt.map((l) => `${l}\n`).join(''));
      expect(portal.faults).toEqual({});
    });

    it('at the end of a bad day does not carry its faults into the next; one of some days begins with what was there on the first of them', async () => {
      portal.moves.splice(0);
      expect((await ran(command('bad.jsonl', '--from', BEFORE, '--to', BAD_DAY))).status).toBe(0);
      expect(daysAsked()).toEqual([BEFORE, BAD_DAY]);
      expect(lines('bad.jsonl')).toEqual([]);
      // The state if the process ended after the last visit, before it restored the portal's faults.
      writeFileSync(`${file('bad.jsonl')}.state/progress.json`, JSON.stringify({ faultsBefore: {} }));
      portal.set({ faults: { half: 1 } });
      const { status, output } = await ran(command('bad.jsonl', '--from', BEFORE, '--to', AFTER));
      expect({ status, output }).toMatchObject({
        status: 0,
        output: expect.not.stringContaining('rejected'),
      });
      // Nothing from the first day, and everything after it.
      expect(SINCE.length).toBeGreaterThan(0);
      expect(lines('bad.jsonl')).toEqual(SINCE);
      expect(portal.faults).toEqual({});
    });
  });

  describe('a stand-in with faults of its own', () => {
    it('is read all the same, on bad days too, and keeps them', async () => {
      const own = { http500: 0.05, reset: 0.02 };
      portal.moves.splice(0);
      portal.set({ faults: own });
      const { status, output } = await ran(command('faulty.jsonl', '--from', BEFORE, '--to', AFTER));
      portal.set({ faults: {} });
      expect({ status, output }).toMatchObject({ status: 0 });
      expect(lines('faulty.jsonl')).toEqual(SINCE);
      const bad = portal.moves.filter((m) => m.day === BAD_DAY).map((m) => m.faults);
      expect(bad).toEqual([{ ...own, half: 1 }, { ...own, half: 1 }, own]);
    });
  });
});

describe('a replay that cannot be', () => {
  it.each<[string, string[], RegExp[]]>([
    [
      'without arguments',
      [],
      [/There are 2 problems/, /--portal must be the address of the stand-in/, /--events must name a file/],
    ],
    [
      'with several that are wrong',
      [
        '--portal',
        'localhost:8099',
        '--events',
        'x',
        '--from',
        'monday',
        '--to',
        '2026-13-01',
        '--bad-days',
        'nowhere.json',
      ],
      [
        /There are 4 problems/,
        /--portal must be/,
        /"monday" is not a day/,
        /"2026-13-01" is not a day/,
        /--bad-days nowhere\.json cannot be read/,
      ],
    ],
    [
      'with one that there is not',
      ['--portal', 'http://127.0.0.1:1', '--speed', '3'],
      [/Unknown option '--speed'/, /Fix: npm run replay -- --portal URL/],
    ],
  ])('%s says all that is wrong', async (_what, args, said) => {
    const { status, output } = await ran(['replay', ...args]);
    expect(status).toBe(1);
    for (const sentence of said) expect(output).toMatch(sentence);
    expect(output).not.toMatch(/at .*\.js/);
  });

  it('names the days that there are', async () => {
    const { status, output } = await ran(command('none.jsonl', '--from', '2027-01-01'));
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining('it has 2026-05-06 to 2026-05-13'),
    });
  });

  it('says that no stand-in answers there', async () => {
    const { status, output } = await ran([
      'replay',
      '--portal',
      'http://127.0.0.1:1',
      '--events',
      file('none.jsonl'),
    ]);
    expect({ status, output }).toMatchObject({ status: 1, output: expect.stringContaining('127.0.0.1:1') });
    expect(output).not.toMatch(/at .*\.js/);
  });
});
