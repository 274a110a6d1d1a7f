import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFolder } from '../../src/platform/database/embedded/processes.js';
import { ran } from '../support/command.js';
import {
  ANNE,
  digestDate,
  files,
  harvested,
  outbox,
  PROFILE,
  settled,
  withContacts,
} from '../support/institutes/contacts.js';
import { Harvesting } from '../support/harvest/harvest.js';
import { tableState } from '../support/database/table-state.js';
import { until } from '../support/until.js';
import { tokenOf } from '../support/notifications/told.js';
import { beforeRelease } from '../support/release.js';

const BEST = '90000024TOPICSen';

let h: Harvesting;
let env: Record<string, string>;
let folder: string;
const shown = (args: string[], more: Record<string, string> = {}) =>
  ran(['preview-mail', ...args], { ...env, CLOCK: h.clock.now().toISOString(), ...more });
/** Ignores what the running application records about itself: its heartbeat. */
const state = async () => ({ ...(await tableState(h.test.app)), setting: null });
const flat = (text: string) => text.replace(/\s+/g, ' ');

beforeRelease('what the preview of a mail shows')('the preview-mail command', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carnot-preview-mail-'));
    // With the shipped settings, as the command reads them; harvested only when the test says so.
    h = await Harvesting.start({
      copies: 1,
      adjust: (wiring) => ({ ...wiring, sources: wiring.sources.map((s) => ({ ...s, everyHours: 8_760 })) }),
    });
    await h.ended();
    env = {
      DATABASE_URL: h.test.wiring.env.DATABASE_URL!,
      DATA_DIR: folder,
      FUNDING_TENDERS_URL: h.portal.url,
      PUBLIC_URL: 'http://calls.test',
    };
  });
  afterAll(async () => {
    await h?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('says of a profile that nobody knows which there are', async () => {
    const { status, output } = await shown(['nobody']);
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringMatching(
        /There is no profile "nobody"\. There are: .*energies-du-futur.* Fix: npm run cli -- preview-mail PROFILE/,
      ),
    });
    expect(await shown([])).toEqual({
      status: 1,
      output: expect.stringContaining('preview-mail takes one profile'),
    });
    expect(await shown([PROFILE, '--language', 'de'])).toEqual({
      status: 1,
      output: expect.stringContaining('--language must be fr or en, and is "de"'),
    });
  });

  it('shows the first message where nobody reads the profile yet, and leaves no trace', async () => {
    await harvested(h);
    const before = await state();
    const page = join(folder, 'first.html');
    const { status, output } = await shown([PROFILE, '--language', 'en', '--html', page]);
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringMatching(
        /^The first message, as a new contact would receive it\. Nothing was sent\. The page is in .*first\.html\.\nSubject: .+ \(closes .+\) and \d+ more calls? for /,
      ),
    });
    expect(await readFile(page, 'utf8')).toContain('<html lang="en"');
    expect((await shown([PROFILE, '--language', 'fr'])).output).toMatch(
      /^Subject: .+ et \d+\s(?:autre appel|autres appels) pour /m,
    );
    expect(await state()).toEqual(before);
    expect(await files(h)).toEqual([]);
  });

  it('shows the digest that waits for a reader, as it then leaves', async () => {
    await withContacts(h, PROFILE, [ANNE]);
    await settled(h, 1);
    h.portal.deadline(h.portal.addLike(BEST, 'new-1'), '2026-12-01T17:00:00.000+0100');
    await harvested(h);
    await until('something to wait', async () => {
      await h.tick();
      return (await h.query("SELECT 1 FROM notification_item WHERE state = 'waiting'")).length;
    });
    const before = await state();
    const { status, output } = await shown([PROFILE]);
    expect(await state()).toEqual(before);
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringMatching(
        /^The next digest to anne@example\.fr\. Nothing was sent\.\nSubject: .*1 new call/,
      ),
    });
    const token = await tokenOf(h.test, 'anne@example.fr');
    expect(output).not.toContain(token);
    expect((await shown([PROFILE, '--first'])).output).toMatch(/^The first message, as a new contact/);
    await digestDate(h, '2026-05-11T05:00:00Z');
    const mail = (await settled(h, 2)).at(-1)!;
    const { text } = (await files(h)).find((m) => m.messageId === `<${mail.messageId}>`)!;
    // Deadline reminders are for those of the preview's day.
    const lasting = (subject: string) =>
      subject.replace(/, \d+ upcoming deadlines?/, '').replace(/, next deadline.*/, '');
    expect(lasting(/Subject: (.*)/.exec(output)![1]!)).toBe(lasting(mail.subject));
    // Everything except times and the reader's own links.
    const news = (said: string) => /new-1.*?(?=https?:)/.exec(flat(said))![0];
    expect(news(output.slice(output.indexOf('\n\n')))).toBe(news(text!));
    expect(await outbox(h)).toHaveLength(2);
  });

  it('says of a profile of which not enough is known to write to anybody that it is so', async () => {
    await h.query('UPDATE source SET last_good_run_at = NULL');
    expect(await shown(['list'])).toEqual({
      status: 75,
      output: expect.stringContaining('The profile "list" has not been matched with all stored calls yet'),
    });
  });

  it('asks to try again while the carnot-europe that brings the database is being started', async () => {
    const letGo = await claimFolder(folder);
    try {
      expect(await shown([PROFILE], { DATABASE_URL: '' })).toEqual({
        status: 75,
        output: expect.stringMatching(
          /^There is no e-mail to show: carnot-europe is just being started or stopped on .*Try again/,
        ),
      });
    } finally {
      letGo();
    }
  });
});
