import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran } from '../support/command.js';
import { TestPortal } from '../support/harvest/portal.js';
import { startStandIn } from '../support/stand-in.js';
import { beforeRelease } from '../support/release.js';

/** A stand-in that answers as the live service was observed to; next to the checkout, if present. */
const SERVE = join(__dirname, '../../../shared/portal/serve.mjs');
const there = existsSync(SERVE);
if (!there)
  console.warn(`SKIPPED: the check is not run over the forms of the portal, because ${SERVE} is not there`);

const ask = (origin: string, ...more: string[]) =>
  ran(['check-source', 'funding-tenders', ...more], { FUNDING_TENDERS_URL: origin });
/** Returns the result of each assumption: the column is located by its heading. */
function verdicts(output: string): string[] {
  const lines = output.split('\n');
  const head = lines.find((line) => line.startsWith('Assumption'))!;
  const at = head.indexOf('As expected');
  return lines
    .slice(lines.indexOf(head) + 2)
    .map((line) => line.slice(at, at + 8).trim())
    .filter((word) => ['yes', 'NO', 'not seen'].includes(word));
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carnot-europe-answers-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the check-source command', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await TestPortal.start(new Date());
  });
  afterAll(() => portal.close());

  const saved = (): string => join(folder, 'answers');
  let output: string;

  it('asks in 15 requests at most, without a database, and says what is not as expected', async () => {
    let status: number | null;
    ({ status, output } = await ask(portal.url, '--save', saved()));
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringMatching(/^\d+ as expected, \d+ not(, \d+ not seen)?\. 15 requests\.$/m),
    });
    expect(portal.requests()).toBeLessThanOrEqual(15);
    expect(output).toMatch(/^Sorted by identifier.* 270 sorted, 270 unsorted +yes$/m);
    expect(verdicts(output)).toEqual(expect.arrayContaining(['yes', 'NO']));
  });

  it('keeps the answers with what was asked, and mixes them with nothing', async () => {
    expect(output).toContain(`index.json are in ${saved()}.`);
    const { source, answers } = JSON.parse(readFileSync(join(saved(), 'index.json'), 'utf8'));
    expect(source).toBe('funding-tenders');
    expect(answers).toHaveLength(15);
    expect(answers[0]).toMatchObject({
      file: '01-grants.json',
      status: 200,
      mediaType: 'application/json',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      request: { method: 'POST', url: expect.stringContaining('/search?apiKey=SEDIA') },
    });
    expect(JSON.parse(readFileSync(join(saved(), '01-grants.json'), 'utf8')).results).toHaveLength(100);
    expect(readdirSync(saved()).sort()).toEqual(
      [...answers.flatMap((a: any) => a.file ?? []), 'index.json'].sort(),
    );
    const made = portal.requests();
    const again = await ask(portal.url, '--save', saved());
    expect(again).toMatchObject({
      status: 1,
      output: expect.stringContaining('is not empty, so nothing was requested'),
    });
    expect(portal.requests()).toBe(made);
  });

  it('says of a source that refuses us what to do, and asks it no further', async () => {
    portal.faults({ http403: 1 });
    const made = portal.requests();
    const refused = await ask(portal.url);
    portal.faults({});
    expect(refused).toMatchObject({ status: 1, output: expect.stringContaining('could not be asked: ') });
    expect(refused.output).toMatch(/status 403\. Set headers for it in config\/sources\.yaml/);
    expect(portal.requests() - made).toBe(1);
  });
});

describe('a check that cannot be', () => {
  const file = (): string => {
    writeFileSync(join(folder, 'a-file'), '');
    return join(folder, 'a-file');
  };
  it.each<[string, string[], Record<string, string>, RegExp]>([
    [
      'nobody there',
      ['funding-tenders'],
      { FUNDING_TENDERS_URL: 'http://127.0.0.1:9' },
      /could not be asked: .*127\.0\.0\.1:9.*no connection.*Check the network/,
    ],
    ['an unknown source', ['elsewhere'], {}, /There is no source "elsewhere"\. There are: funding-tenders\./],
    ['no source', [], {}, /check-source takes one source/],
    ['an option that there is not', ['funding-tenders', '--keep', 'x'], {}, /Unknown option '--keep'/],
  ])('%s: one sentence, and status 1', async (_what, args, env, said) => {
    const { status, output } = await ran(['check-source', ...args], env);
    expect(output).toMatch(said);
    expect(output).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  });

  it('a file in the place of the folder', async () => {
    const { status, output } = await ask('http://127.0.0.1:9', '--save', file());
    expect({ status, output }).toMatchObject({ status: 1, output: expect.stringMatching(/a-file/) });
  });
});

(there ? describe : describe.skip)('the forms of the portal', () => {
  const over = async (...args: string[]) => {
    const standIn = await startStandIn(SERVE, ...args);
    try {
      return await ask(standIn.origin);
    } finally {
      await standIn.stop();
    }
  };
  it('of autumn 2026 is as expected throughout', async () => {
    const autumn = await over('--form', 'real');
    expect(autumn).toMatchObject({
      status: 0,
      output: expect.stringMatching(/^20 as expected\. 15 requests\.$/m),
    });
    expect(new Set(verdicts(autumn.output))).toEqual(new Set(['yes']));
  });

  beforeRelease('the earlier forms of the portal')('of before', () => {
    it('in summer lack what came later, and nothing else', async () => {
      const summer = await over();
      expect(summer).toMatchObject({
        status: 1,
        output: expect.stringMatching(/^12 as expected, 7 not, 1 not seen\. 15 requests\.$/m),
      });
      expect(summer.output).toMatch(/^An external action has its known fields.*budget stands in 0 of/m);
      expect(summer.output).toMatch(/^Sorted by callccm2Id.* 0 sorted/m);
      expect(summer.output).toMatch(/^The portal’s own list.* status 404 +NO/m);
    });

    it('with fields under another name are told plainly', async () => {
      const renamed = await over('--form', 'real', '--faults', '{"shape":1}');
      expect(renamed).toMatchObject({
        status: 1,
        output: expect.stringMatching(
          /^A grant has its known fields +0 of 100 rows have their fields where they are +NO/m,
        ),
      });
      expect(renamed.output).toMatch(/^The portal’s own list.* NO/m);
    });
  });
});
