import { load } from 'cheerio';
import {
  ANNE,
  digesting,
  harvested,
  PROFILE,
  settled,
  withContacts,
} from '../../support/institutes/contacts.js';
import { somebody } from '../../support/access/people.js';
import { filesThatRun } from '../../support/files-that-run.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { worked } from '../../support/until.js';

const BEST = '90000024TOPICSen';
/**
 * About as many as there are now: a change that needs more says why here. New calls have a job of their own,
 * which scores them for many institutes at once, and shares how that is done with the job of one institute.
 */
const [MOST_FOR_A_ROW, MOST_FOR_A_CLICK] = [183, 25];

/** What runs every few seconds has been seen beside two clicks in a row. */
const CLICKS = 4;

/** Counting holds the process for seconds; the server may then give up a connection that the next takes. */
const ALONE = { connection: 'close' };

let h: Harvesting;
beforeAll(async () => {
  h = await Harvesting.start({ copies: 1, adjust: digesting() });
  await withContacts(h, PROFILE, [ANNE]);
  await h.ended();
  await harvested(h);
  await h.tick();
  await settled(h, 1);
});
afterAll(() => h?.stop());

/** Prints the files, and how many they are in each folder. */
function print(what: string, files: string[]): void {
  process.stderr.write(`${files.length} files have a function that runs for ${what}\n`);
  if (process.env['PRINT_FILES']) process.stderr.write(`${files.join('\n')}\n`);
}

/** What runs by the clock beside one of them is no part of any. */
const inEach = ([first, ...others]: string[][]): string[] =>
  first!.filter((file) => others.every((files) => files.includes(file)));

describe('who follows one thing through the code', () => {
  it('reads no more files than before for a row of the portal that becomes a mail', async () => {
    const row = async (name: string, day: string) => {
      h.portal.addLike(BEST, name);
      await h.query('UPDATE source SET due_at = $1', [h.clock.now()]);
      return filesThatRun(async () => {
        await h.tick();
        await worked();
        h.clock.set(new Date(`${day}T05:00:30Z`));
        await h.tick();
        await worked();
      });
    };
    const files = inEach([
      await row('Another', '2026-05-11'),
      await row('One more', '2026-05-18'),
      await row('A third', '2026-05-25'),
    ]);
    await settled(h, 4);
    print('a row that is harvested, matched and mailed', files);
    expect(files.length).toBeLessThanOrEqual(MOST_FOR_A_ROW);
  });

  it('reads no more files than before for a click on "relevant"', async () => {
    const officer = await somebody(h.test, { role: 'officer', profile: PROFILE, name: 'Olga Officer' });
    const inbox = `/institutes/${PROFILE}/inbox?state=all&minScore=0`;
    const $ = load((await officer.request(inbox, { headers: ALONE })).body);
    const calls = new Set(
      $('a[href*="/calls/"]')
        .get()
        .map((a) => a.attribs['href']!.split('?')[0]!),
    );
    const clicks: string[][] = [];
    for (const call of [...calls].slice(0, CLICKS))
      clicks.push(
        await filesThatRun(() =>
          officer.request(`${call}/verdict`, {
            method: 'POST',
            headers: ALONE,
            body: new URLSearchParams({ verdict: 'relevant', back: call }),
          }),
        ),
      );
    expect(clicks).toHaveLength(CLICKS);
    const files = inEach(clicks);
    print('a click on "relevant"', files);
    expect(files.length).toBeLessThanOrEqual(MOST_FOR_A_CLICK);
  });
});
