import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Summary } from '../../src/commands/replay/summary/summary.js';
import { Command, ran } from '../support/command.js';
import { HAPPENED } from '../support/harvest/eight-days.js';
import { startReplaying, type Replaying } from '../support/harvest/replaying.js';
import { until } from '../support/until.js';
import { beforeRelease } from '../support/release.js';

/** Every fifth institute, in both languages: notifying each is the same work. */
const INSTITUTES = readdirSync(join(__dirname, '../../config/institutes'))
  .map((name) => name.replace('.yaml', ''))
  .filter((_, place) => place % 5 === 0);

let portal: Replaying['portal'];
let file: Replaying['file'];
let replayOf: Replaying['command'];
let stop: Replaying['stop'];
const command = (...more: string[]): string[] => replayOf('events.jsonl', ...more);
const replayArgs = (...more: string[]): string[] =>
  command('--outbox', file('mails'), '--truth', file('truth.jsonl'), ...ofThem, ...more);
const ofThem = ['--institutes', INSTITUTES.join()];
const mailsOf = (institute: string): string[] => readdirSync(file(`mails/${institute}`)).sort();
const mail = (institute: string, name: string) =>
  simpleParser(readFileSync(file(`mails/${institute}/${name}`)));

beforeRelease('replays that tell people')('eight days that are replayed', () => {
  beforeAll(async () => {
    ({ portal, file, command: replayOf, stop } = await startReplaying());
    writeFileSync(file('truth.jsonl'), HAPPENED.map((l) => `${l}\n`).join(''));
  });
  afterAll(() => stop());

  describe('a replay that tells', () => {
    let output: string;
    let summary: Summary;

    it('is killed and goes on to its end', async () => {
      const running = new Command(replayArgs());
      await until('the second day', () => Promise.resolve(portal.moves.some((m) => m.day === '2026-05-08')));
      expect(await running.kill()).toBe(true);
      const ended = await ran(replayArgs());
      expect(ended).toMatchObject({ status: 0 });
      output = ended.output;
      summary = JSON.parse(readFileSync(file('mails/summary.json'), 'utf8')) as Summary;
      expect(readFileSync(file('events.jsonl'), 'utf8')).toBe(HAPPENED.map((l) => `${l}\n`).join(''));
    });

    it('leaves a mail for every message, by institute, day and kind, dated as of then', async () => {
      expect(readdirSync(file('mails')).sort()).toEqual([...INSTITUTES, 'summary.json'].sort());
      expect(INSTITUTES.flatMap(mailsOf)).toHaveLength(summary.messages.all);
      for (const institute of INSTITUTES) {
        const first = mailsOf(institute).filter((name) => name.includes('first'));
        expect(first).toEqual([expect.stringMatching(/^2026-05-06-first-06h-[0-9a-f]{8}\.eml$/)]);
        const { date, to } = await mail(institute, first[0]!);
        expect(date).toEqual(new Date('2026-05-06T06:00:00Z'));
        // Nobody named in a profile's file gets e-mail.
        expect(
          [to]
            .flat()
            .map((t) => t!.text)
            .join(),
        ).toContain(`<officer@${institute}.example>`);
      }
    });

    it('writes digests on Mondays alone', () => {
      const digests = INSTITUTES.flatMap(mailsOf).filter((name) => name.includes('digest'));
      expect(digests.length).toBe(summary.messages.digest);
      expect(new Set(digests.map((name) => name.slice(0, 'yyyy-mm-dd-digest-hhh'.length)))).toEqual(
        new Set(['2026-05-11-digest-06h']),
      );
    });

    it('sums up what was told: deadlines brought forward in time, nothing twice, and what waits', () => {
      expect(summary).toMatchObject({
        days: { from: '2026-05-06', to: '2026-05-13' },
        profiles: INSTITUTES.length,
        twice: [],
      });
      expect(summary.messages).toMatchObject({ first: INSTITUTES.length, notSent: 0 });
      expect(summary.forward).toMatchObject({
        events: HAPPENED.filter((l) => l.includes('forward')).length,
        unseen: [],
        late: [],
      });
      expect(summary.forward.due).toBeGreaterThan(0);
      expect(summary.forward.inTime).toBe(summary.forward.due);
      expect(summary.items.waiting.atOnce).toBe(0);
      expect(output).toContain(
        `  forward: ${summary.forward.events} events by ${file('truth.jsonl')}, ${summary.forward.due} recipient deliveries due, ${summary.forward.due} in time`,
      );
      expect(output).toMatch(/^ {2}told twice: 0$/m);
    });

    it.each([
      ['nobody', () => command()],
      ['everybody everything at once', () => replayArgs('--at-once')],
      [
        'an institute less',
        () => command('--outbox', file('mails'), '--institutes', INSTITUTES.slice(1).join()),
      ],
    ])('is not gone on with where %s is to be told now', async (_who, args) => {
      const { status, output: said } = await ran(args());
      expect({ status, said }).toMatchObject({
        status: 1,
        said: expect.stringContaining('was begun with other people to tell'),
      });
    });

    it('does not put its mails among those of another', async () => {
      const { status, output: said } = await ran([
        'replay',
        '--portal',
        portal.url,
        '--events',
        file('other.jsonl'),
        '--outbox',
        file('mails'),
      ]);
      expect({ status, said }).toMatchObject({ status: 1, said: expect.stringContaining('is not empty') });
    });

    it('says what its options need', async () => {
      const { status, output: said } = await ran(
        command('--at-once', '--institutes', 'leti', '--truth', 'nowhere.jsonl'),
      );
      expect({ status, said }).toMatchObject({
        status: 1,
        said: expect.stringContaining('for which --outbox is needed'),
      });
      expect(said).toContain('--truth nowhere.jsonl is not there');
    });

    it('begins nothing for an institute that there is not', async () => {
      const named = replayOf('named.jsonl', '--outbox', file('named'), '--institutes', 'leti,nowhere');
      expect(await ran(named)).toMatchObject({
        status: 1,
        output: expect.stringMatching(/there is no institute "nowhere"\. Fix: Name some of .*\bleti\b/),
      });
      expect(existsSync(file('named.jsonl.state/progress.json'))).toBe(false);
    });
  });

  describe('a replay that tells, with a language model', () => {
    it('is refused where a start would be, and one that tells nobody has none', async () => {
      const env = { READER_URL: 'http://127.0.0.1:9/v1' };
      const told = await ran(replayOf('read.jsonl', '--outbox', file('read')), env);
      expect(told).toMatchObject({
        status: 1,
        output: expect.stringContaining('READER_URL is set, but not READER_MODEL'),
      });
      const untold = await ran(replayOf('unread.jsonl', '--from', '2027-01-01'), env);
      expect(untold).toMatchObject({ status: 1, output: expect.stringContaining('The stand-in has no day') });
    });
  });
});
