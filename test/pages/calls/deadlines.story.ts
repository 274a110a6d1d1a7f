import { DataSource } from 'typeorm';
import { MatchJob } from '../../../src/matching/match.job.js';
import { startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const wind = [{ kind: 'scope' as const, title: 'Scope', text: 'A wind turbine for offshore wind.' }];
const at = (instant: string) => [{ at: instant, timeTold: true }];

describe('the page of deadlines', () => {
  const config = configWith([aProfile('one')]);
  const clock = new TestClock('2026-06-30T08:00:00Z');
  let server: TestApp;
  let officer: Somebody;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false, clock, adjust: on(config.dir) });
    const busy = Array.from({ length: 12 }, (_, n) =>
      aCall(`B${n}`, {
        title: `Busy call ${n}`,
        deadlines: at('2026-09-15T15:00:00Z'),
        programme: { code: '31', name: 'LIFE' },
      }),
    );
    await storeCalls(
      server.app,
      [
        ...busy,
        aCall('WIND', {
          title: 'Wind far from the shore',
          deadlines: at('2026-09-15T21:30:00Z'),
          sections: wind,
        }),
        ...['TWIN', 'LS-TWIN'].map((reference) =>
          aCall(reference, {
            title: 'Winds under two identifiers',
            deadlines: at('2026-12-10T16:00:00Z'),
            sections: wind,
          }),
        ),
        aCall('EARLY', { title: 'Early', deadlines: at('2026-06-10T15:00:00Z') }),
        aCall('NEXT', { title: 'Next year', deadlines: at('2027-08-02T15:00:00Z') }),
      ],
      'test',
      clock.now(),
    );
    await server.app.get(MatchJob).run({ profileId: 'one' });
    await server.app.get(DataSource).query('UPDATE match SET score = 60');
    officer = await somebody(server, { role: 'officer', profile: 'one', language: 'fr' });
    coordinator = await somebody(server, { role: 'coordinator' });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const page = (who: Somebody, path = '/deadlines') => pageFor(who, path);
  const cell = ($: Awaited<ReturnType<typeof page>>, day: string) =>
    $(`td.day a[href*="day=${day}"]`).parent();

  it('shows twelve months, each day shaded by how many deadlines it has and marked where one is for the institute', async () => {
    const $ = await page(officer);
    expect(
      $('table.month caption')
        .map((_, c) => $(c).text())
        .get(),
    ).toEqual([
      'juin 2026',
      'juillet 2026',
      'août 2026',
      'septembre 2026',
      'octobre 2026',
      'novembre 2026',
      'décembre 2026',
      'janvier 2027',
      'février 2027',
      'mars 2027',
      'avril 2027',
      'mai 2027',
    ]);
    expect(cell($, '2026-09-15').attr('class')).toMatch(/level-4.*fits/);
    expect(cell($, '2026-09-15').text()).toContain(
      '15\u00A0septembre 2026\u00A0: 13 échéances, dont 1 pour nous',
    );
    expect(cell($, '2026-06-10').attr('class')).toMatch(/level-1.*past/);
    expect($('td[aria-current=date]').text()).toContain('30');
    expect($('main').text()).toContain('16 échéances entre juin 2026 et mai 2027');
  });

  it('lists the busiest days to come with the calls that fit first, and the calls of a day that is chosen', async () => {
    const $ = await page(officer, '/deadlines?day=2026-09-15');
    const rows = $('table.busiest tbody tr');
    expect(rows.map((_, r) => $(r).find('th').text()).get()).toEqual([
      '15\u00A0septembre 2026',
      '10\u00A0décembre 2026',
    ]);
    expect(rows.first().find('li').first().text()).toBe('Wind far from the shore');
    expect(rows.first().find('li').last().text()).toBe('Les 13 de ce jour');
    const calls = $('#day tbody tr');
    expect(calls).toHaveLength(13);
    expect(calls.first().text()).toMatch(/15\sseptembre\s2026 à 23\sh\s30 \(heure de Bruxelles\)/);
    expect(calls.first().find('a').attr()).toMatchObject({
      lang: 'en',
      href: expect.stringMatching(/^\/institutes\/one\/calls\/[0-9a-f-]{36}$/),
    });
    expect((await officer.get(calls.first().find('a').attr('href')!)).status).toBe(200);
    expect(calls.last().text()).toContain('hors de nos appels');
  });

  it('filters by the address: what fits, a programme, and other years', async () => {
    const mine = await page(officer, '/deadlines?show=mine');
    expect(mine('main').text()).toContain('3 échéances entre');
    expect(mine('option[selected]').text()).toBe('Appels qui nous concernent');
    const life = await page(officer, '/deadlines?programme=LIFE');
    expect(cell(life, '2026-09-15').find('b').text()).toBe('12');
    expect(cell(life, '2026-09-15').find('a').attr('href')).toContain('programme=LIFE');
    const later = (await page(officer)).root().find('nav.span a').last().attr('href')!;
    expect(later).toBe('/deadlines?from=2027-06');
    expect((await page(officer, later))('main').text()).toContain('1 échéance entre juin 2027 et mai 2028');
    const none = await page(officer, '/deadlines?from=2031-01&programme=LIFE');
    expect(none('#programme option[selected]').text()).toBe('LIFE');
    expect((await page(officer, '/deadlines?from=2031-01'))('main').text()).toContain('Aucune échéance ici');
  });

  it('leaves aside what it cannot read in an old bookmark', async () => {
    for (const query of [
      'from=2026-13',
      'from=soon&day=2026-02-31',
      'day=-1',
      'show=all',
      'from=2026-06&from=2027-06',
      'programme=%00',
    ]) {
      const $ = await page(officer, `/deadlines?${query}`);
      expect($('table.month')).toHaveLength(12);
    }
  });

  it('opens on ours, the next first, with the days that are left; the network has none', async () => {
    const $ = await page(officer);
    expect($('main h2').first().text()).toBe('Appels qui nous concernent');
    const days = $('.ours ol > li');
    expect(days.first().text()).toMatch(
      /15\sseptembre\s2026.*jours restants.*Wind far from the shore.*23\sh\s30/,
    );
    // What closes on one day stands below it, each with its score.
    const ours = days.find('ul > li');
    expect(
      new Set(
        days
          .find('time')
          .map((_, e) => $(e).attr('datetime'))
          .get(),
      ).size,
    ).toBe(days.length);
    expect(ours.find('.score').length).toBe(ours.length);
    expect((await page(coordinator))('.ours').length).toBe(0);
    // With a day selected, the page shows only that day.
    expect((await page(officer, '/deadlines?day=2026-09-15'))('.ours').length).toBe(0);
  });

  it('fold a topic under two identifiers that closes on one day: ours, the busiest days, and the day itself', async () => {
    const $ = await page(officer);
    const [ours] = $('.ours ol > li:last-child .with-folds').toArray();
    expect($(ours!).find('.folds summary').text()).toMatch(/^\+ 1\u00a0: HORIZON-(LS-)?TWIN$/);
    expect($(ours!).find('.ours-row').length).toBe(2);
    expect($(ours!).find('.folds li .small').last().text()).toMatch(/^HORIZON-(LS-)?TWIN$/);
    const busy = $('table.busiest tbody tr').last();
    expect([busy.find('td.number').first().text(), busy.find('ul.calls > li').length]).toEqual(['2', 1]);
    expect(busy.find('.folds a').length).toBe(1);
    const day = await page(officer, '/deadlines?day=2026-12-10');
    expect([day('#day tbody').length, day('#day tbody tr').length, day('#day .folded').length]).toEqual([
      1, 2, 1,
    ]);
    expect(cell(day, '2026-12-10').find('b').text()).toBe('2');
  });

  it('shows the network the calls alone, in its language', async () => {
    const $ = await page(coordinator, '/deadlines?day=2026-09-15&show=mine');
    expect($('#show')).toHaveLength(0);
    expect($('.fits')).toHaveLength(0);
    expect(cell($, '2026-09-15').text()).toContain('15 September 2026: 13 deadlines');
    expect($('#day tbody tr')).toHaveLength(13);
    expect($('#day tbody a').first().attr('href')).toMatch(/^\/calls\/[0-9a-f-]{36}$/);
    expect((await coordinator.get($('#day tbody a').first().attr('href')!)).status).toBe(200);
  });
});
