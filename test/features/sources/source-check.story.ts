import { CheckJob } from '../../../src/harvest/checks/check.job.js';
import type { Wiring } from '../../../src/app/platform.module.js';
import { SourceCheckRepository } from '../../../src/harvest/store/source-check.repository.js';
import {
  ANNE,
  digesting,
  harvested,
  outbox,
  PROFILE,
  withContacts,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { worked } from '../../support/until.js';

const ID = 'funding-tenders';
/** The checks that work for a portal without its own files, notes and partner searches. */
const SEARCH = [
  'form',
  'metadata',
  'fields-grants',
  'reading',
  'order-grants',
  'same-rows',
  'page-size',
  'leftovers',
  'languages',
  'statuses',
];
const searchAlone = (wiring: Wiring): Wiring => ({
  ...wiring,
  settings: { ...wiring.settings, harvest: { ...wiring.settings.harvest, checkDays: 7 } },
  sources: wiring.sources.map((s) => ({ ...s, checks: s.checks!.filter((c) => SEARCH.includes(c.id)) })),
});

/** Checks a source as a worker would, if it is due; returns whether it was. */
async function asked(h: Harvesting): Promise<boolean> {
  const jobs = await h.test.app.get(CheckJob, { strict: false }).due();
  for (const { data } of jobs)
    await h.test.app.get(CheckJob, { strict: false }).run(data as { sourceId: string });
  return jobs.length > 0;
}

describe('a source that is asked whether it is as it is taken for', () => {
  let h: Harvesting;
  beforeAll(async () => {
    h = await Harvesting.start({ adjust: searchAlone, working: false });
  });
  afterAll(() => h?.stop());

  const alarms = async () =>
    (await h.call('/v1/alarms')).body.items
      .map((a: any) => [a.subject, a.previous, a.state, a.open])
      .reverse();

  it('is asked at once and then every week, in 15 requests at most; that all is well is no alarm', async () => {
    expect((await h.source())?.checks ?? null).toBeNull();
    expect(await asked(h)).toBe(true);
    expect(h.portal.requests()).toBeLessThanOrEqual(15);
    expect((await h.source()).checks).toEqual({ at: expect.stringMatching(/^2026-05-06T10:/), differ: [] });
    h.clock.move({ days: 6 });
    expect(await asked(h)).toBe(false);
    expect(await alarms()).toEqual([]);
  });

  it('that differs is one alarm, however much differs and however often it is seen, with what was seen and what follows', async () => {
    h.portal.faults({ shape: 1 });
    for (let week = 0; week < 3; week += 1) {
      h.clock.move({ days: 7 });
      expect(await asked(h)).toBe(true);
    }
    expect(await alarms()).toEqual([[`check/${ID}`, 'ok', 'differs', true]]);
    const { differ } = (await h.source()).checks;
    expect(differ).toContainEqual({
      id: 'fields-grants',
      assumption: 'A grant has its known fields',
      seen: '0 of 100 rows have their fields where they are known to stand',
      consequence: expect.stringContaining('parse-row.ts'),
    });
    const page = await h.call<string>('/v1/alarms?open=true');
    expect(page.body).toMatchObject({
      items: [
        {
          name: 'The form of EU Funding & Tenders Portal',
          reason: expect.stringContaining('A grant has its known fields: 0 of 100'),
        },
      ],
    });
  });

  it('that is out of reach then is as it was seen before, and is asked again an hour later', async () => {
    const before = (await h.source()).checks;
    h.portal.faults({ http500: 1 });
    h.clock.move({ days: 7 });
    expect(await asked(h)).toBe(true);
    expect((await h.source()).checks).toEqual(before);
    expect(await alarms()).toHaveLength(1);
    h.clock.move({ minutes: 59 });
    expect(await asked(h)).toBe(false);
    h.clock.move({ minutes: 1 });
    expect(await asked(h)).toBe(true);
  });

  it('and is as expected again ends the alarm', async () => {
    h.portal.faults({});
    h.clock.move({ hours: 1 });
    expect(await asked(h)).toBe(true);
    expect((await h.source()).checks.differ).toEqual([]);
    expect(await alarms()).toEqual([
      [`check/${ID}`, 'ok', 'differs', false],
      [`check/${ID}`, 'differs', 'ok', false],
    ]);
  });
});

describe('the first message of an installation', () => {
  let h: Harvesting;
  beforeAll(async () => {
    h = await Harvesting.start({ copies: 3, adjust: (wiring) => digesting()(searchAlone(wiring)) });
    await h.ended();
    await h.matched();
  });
  afterAll(() => h?.stop());

  it('waits until the source was asked, for half a minute at most', async () => {
    await h.query('DELETE FROM source_check');
    await h.test.app.get(SourceCheckRepository, { strict: false }).ensure([ID], h.clock.now());
    await harvested(h);
    await withContacts(h, PROFILE, [ANNE]);
    await h.matched();
    for (let i = 0; i < 3; i += 1) await h.tick();
    await worked();
    expect(await outbox(h)).toEqual([]);
    h.clock.set(new Date(h.clock.now().getTime() + 31_000));
    await h.tick();
    await h.tick();
    await worked();
    expect(await outbox(h)).toHaveLength(1);
  });
});
