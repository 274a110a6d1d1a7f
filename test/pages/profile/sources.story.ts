import { load } from 'cheerio';
import { SourceObservation, SourceRepository } from '../../../src/harvest/store/source.repository.js';
import { DataSource } from 'typeorm';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

describe('the page of sources', () => {
  const config = configWith([aProfile('one')]);
  const clock = new TestClock('2026-06-30T08:00:00Z');
  let server: TestApp;
  let officer: Somebody;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp(
      {},
      {
        working: false,
        clock,
        adjust: (w) => ({
          ...on(config.dir)(w),
          sources: ['first', 'second', 'third'].map((id) => ({ ...w.sources[0]!, id, name: `Source ${id}` })),
        }),
      },
    );
    await storeCalls(server.app, [aCall('A'), aCall('B')], 'first', clock.now());
    await storeCalls(server.app, [aCall('C')], 'second', clock.now());
    await server.app.get(SourceRepository).ensure(['third'], clock.now());
    clock.move({ minutes: 40 });
    await server.app
      .get(DataSource)
      .query(
        `UPDATE source SET state = 'unreachable', reason = 'connect ECONNRESET', state_since = $1 WHERE id = 'second'`,
        [clock.now()],
      );
    for (const id of ['first', 'second'])
      await server.app.get(SourceObservation).observeSource(id, clock.now());
    officer = await somebody(server, { role: 'officer', profile: 'one', language: 'fr' });
    coordinator = await somebody(server, { role: 'coordinator', language: 'en' });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const page = (who: Somebody) => pageFor(who, '/sources');
  const source = ($: Awaited<ReturnType<typeof page>>, id: string) =>
    $(`section[aria-labelledby=source-${id}]`);
  /** Returns the text with normalised spaces. */
  const said = ($: Awaited<ReturnType<typeof page>>, id: string): string =>
    source($, id).text().replace(/\s+/g, ' ');

  it('says of each in plain words how it does, how old what is known of it is, and when it is read next', async () => {
    const $ = await page(officer);
    expect($('main h1').text()).toBe('Sources');
    expect(said($, 'first')).toContain('À jour');
    expect(said($, 'first')).toMatch(
      /Lu en entier pour la dernière fois le 30 juin 2026 à 10 h.*il y a 40 minutes/,
    );
    expect(said($, 'first')).toContain('2 appels affichés');
    expect(said($, 'first')).toContain('1er juillet 2026 à 10 h');
    expect(said($, 'second')).toContain('Ne répond pas');
    expect(said($, 'second')).toMatch(/Non lu depuis le 30 juin 2026.*car le site ne répond pas/);
    expect(source($, 'second').find('.noted[lang=en]').text()).toBe('connect ECONNRESET');
    expect(said($, 'third')).toContain('Pas encore lu');
    expect(said($, 'third')).toContain('dès que possible');
    expect(source($, 'first').find('details tbody tr')).toHaveLength(1);
    expect(source($, 'first').find('details').text()).toContain('acceptée');
  });

  it('shows an institute neither alarms nor what it may not do', async () => {
    const $ = await page(officer);
    expect($('main form')).toHaveLength(0);
    expect($('#alarms')).toHaveLength(0);
    expect((await officer.post('/sources/first/read')).status).toBe(403);
  });

  it('shows the network what is not well, and notes that it knows', async () => {
    const before = await page(coordinator);
    expect(before('.alarm')).toHaveLength(1);
    expect(before('.alarm').text()).toContain('Source second');
    const action = before('.alarm form').attr('action')!;
    expect(await coordinator.post(action)).toMatchObject({ status: 303, location: '/sources' });
    const after = await page(coordinator);
    expect(after('.flash').text()).toContain('Acknowledged: no more e-mails');
    expect(after('.alarm').text()).toContain('Acknowledged on');
    expect(after('.alarm form')).toHaveLength(0);
    expect((await api(server.url, '/v1/alarms?open=true')).body.items[0].acknowledgedAt).not.toBeNull();
    // The source has recovered in the meantime: the outdated page's button reports it.
    await server.app.get(DataSource).query(`UPDATE monitor SET state = 'healthy'`);
    const late = await coordinator.post(action);
    expect([late.status, load(late.body)('h1').text()]).toEqual([409, 'Changed in the meantime']);
  });

  it('reads a source at once where the network wants it, and says that it is under way', async () => {
    expect(await coordinator.post('/sources/third/read')).toMatchObject({
      status: 303,
      location: '/sources',
    });
    const $ = await page(coordinator);
    expect($('.flash').text()).toContain('is being read now');
    expect(said($, 'third')).toContain('being read now, since');
    expect((await coordinator.post('/sources/unknown/read')).status).toBe(404);
  });
});
