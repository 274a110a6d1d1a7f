import type { Wiring } from '../../../src/app/platform.module.js';
import { callEvents } from '../../../src/commands/replay/replay-sources.js';
import { FrenchPortal, frenchCall } from '../../support/harvest/french-portal.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { SecondSource, secondCall } from '../../support/harvest/second-source.js';

const ID = 'appels-projets-recherche';
const OWN = 'https://second.example/calls/solar';

let h: Harvesting;
let portal: FrenchPortal;
let second: SecondSource;
beforeAll(async () => {
  [portal, second] = [await FrenchPortal.start(), await SecondSource.start()];
  const settings = (w: Wiring) => ({
    ...w.settings,
    harvest: { ...w.settings.harvest, maxShrink: 1, maxGrowth: 10 },
  });
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => ({
      ...w,
      settings: settings(w),
      sources: [...w.sources, portal.source, second.source],
    }),
  });
  await h.ended();
  portal.put(frenchCall('1-a'), frenchCall('2-b'), frenchCall('3-c', { opens: '', closes: '' }));
  second.put(secondCall('own'));
  for (const id of [ID, 'second']) expect(await h.harvest(id)).toMatchObject({ state: 'accepted' });
});
afterAll(async () => {
  await h?.stop();
  await portal?.stop();
  await second?.stop();
});

/** What a replay writes of the source, of the newest reading alone. */
async function told(source = ID): Promise<object[]> {
  const before = (await callEvents(h.test.app, ID, 'french')).length;
  h.clock.move({ hours: 12 });
  expect(await h.harvest(source)).toMatchObject({ state: 'accepted' });
  return (await callEvents(h.test.app, ID, 'french')).slice(before);
}
const shownBy = async (reference: string) =>
  h.query(
    `SELECT o.source_id AS source, o.leads FROM source_record s JOIN source_record o ON o.call_id = s.call_id WHERE s.content->>'reference' = $1 ORDER BY o.source_id`,
    [reference],
  );

describe('the portal of French funders', () => {
  it('tells nothing of what was there when it was first read, nor of white space', async () => {
    expect(await callEvents(h.test.app, ID, 'french')).toEqual([]);
    portal.edit('1-a', { text: 'Four  1-a.\nUn dossier complet est attendu.' });
    expect(await told()).toEqual([]);
  });

  it('tells of a call that is new, moves, is renamed or corrected, each once', async () => {
    portal.put(frenchCall('4-d'));
    expect(await told()).toMatchObject([{ key: '4-d', kind: 'new', after: frenchCall('4-d').title }]);
    portal.edit('4-d', { closes: '23/11/2026 13:00' });
    portal.edit('2-b', { title: 'Fours à vapeur' });
    portal.edit('3-c', { closes: '20/09/2026 12:00' });
    portal.edit('1-a', { text: 'Four 1-a.\n\nLes lettres d’intention sont attendues.' });
    expect(await told()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: '4-d', field: 'closing', after: '2026-11-23T12:00:00.000Z' }),
        expect.objectContaining({ key: '2-b', field: 'title', after: 'Fours à vapeur' }),
        expect.objectContaining({ key: '3-c', field: 'closing', before: null }),
        expect.objectContaining({ key: '1-a', field: 'description' }),
      ]),
    );
    expect(await told()).toEqual([]);
  });

  it('tells once of a call that it shows under two names', async () => {
    portal.put(frenchCall('0-z', { title: 'AAP : fours à vapeur', published: '20/05/2026 09:00' }));
    expect(await told()).toEqual([]);
    expect(await shownBy('0-z')).toEqual([]);
  });

  it('tells that a call is withdrawn, after five good readings without it', async () => {
    portal.drop('4-d');
    for (let i = 0; i < 4; i += 1) expect(await told()).toEqual([]);
    expect(await told()).toMatchObject([{ key: '4-d', kind: 'withdrawn' }]);
  });

  it('is one source of two for a call whose funder is read too, under another title and link', async () => {
    portal.put(frenchCall('5-e', { page: OWN }));
    expect(await told()).toMatchObject([{ key: '5-e', kind: 'new' }]);
    second.put(secondCall('solar', { deadlines: [{ at: '2026-09-16T17:00:00+02:00', timeTold: true }] }));
    h.clock.move({ hours: 1 });
    expect(await h.harvest('second')).toMatchObject({ state: 'accepted' });
    expect(await shownBy('5-e')).toEqual([
      { source: ID, leads: false },
      { source: 'second', leads: true },
    ]);
    second.put(secondCall('wind', { deadlines: [{ at: '2026-10-07T17:00:00+02:00', timeTold: true }] }));
    expect(await h.harvest('second')).toMatchObject({ state: 'accepted' });
    portal.put(frenchCall('6-f', { page: 'https://second.example/calls/wind', closes: '07/10/2026 17:00' }));
    expect(await told()).toEqual([]);
    expect(await shownBy('6-f')).toEqual([
      { source: ID, leads: false },
      { source: 'second', leads: true },
    ]);
  });

  it('leads as long as the funder’s own page tells no deadline, whichever is read first', async () => {
    const dates = async (reference: string) =>
      h.query(
        `SELECT c.content->'dataSource' AS by, c.last_deadline_at AS last FROM source_record s JOIN call c ON c.id = s.call_id WHERE s.content->>'reference' = $1`,
        [reference],
      );
    const [french, own] = [
      { by: 'APPELSPROJETSRECHERCHE', last: new Date('2026-09-16T15:00:00Z') },
      { by: 'SECOND', last: new Date('2026-09-23T15:00:00Z') },
    ];
    portal.put(frenchCall('8-h', { page: 'https://second.example/calls/rain' }));
    expect(await told()).toMatchObject([{ key: '8-h', kind: 'new' }]);
    second.put(secondCall('rain'), secondCall('snow'));
    expect(await h.harvest('second')).toMatchObject({ state: 'accepted' });
    portal.put(frenchCall('9-i', { page: 'https://second.example/calls/snow' }));
    expect(await told()).toEqual([]);
    expect(await told('second')).toEqual([]);
    for (const reference of ['8-h', '9-i']) expect(await dates(reference)).toEqual([french]);
    second.edit('rain', { deadlines: [{ at: '2026-09-23T17:00:00+02:00', timeTold: true }] });
    await told('second');
    expect(await dates('8-h')).toEqual([own]);
  });

  it('brings no deadline back that the funder tells no more, unless by another of its own', async () => {
    second.edit('rain', { deadlines: [] });
    const leads = { ours: [{ leads: true }, { leads: false }], theirs: [{ leads: false }, { leads: true }] };
    for (const source of ['second', ID]) expect(await told(source)).toEqual([]);
    expect(await shownBy('8-h')).toMatchObject(leads.theirs);
    portal.edit('8-h', { closes: '30/09/2026 17:00' });
    for (const source of [ID, 'second']) expect(await told(source)).toEqual([]);
    expect(await shownBy('8-h')).toMatchObject(leads.ours);
  });

  it('has not opened a call, nor changed it, whose page cannot be had', async () => {
    const page = 'https://funder.example/appels/7-g';
    portal.put(
      frenchCall('7-g', { status: 'upcoming', opens: '02/11/2026 10:00', closes: '02/12/2026 17:00', page }),
    );
    expect(await told()).toMatchObject([{ key: '7-g', kind: 'new' }]);
    const versions = () =>
      h.query(
        `SELECT v.version, v.kinds FROM call_version v JOIN source_record s USING (call_id) WHERE s.content->>'reference' = '7-g' ORDER BY 1`,
      );
    const before = await versions();
    portal.withheld.add('7-g');
    expect(await told()).toEqual([]);
    expect(await versions()).toEqual(before);
    portal.withheld.clear();
    expect(await told()).toEqual([]);
    expect(await versions()).toEqual(before);
  });

  it('is broken, and changes nothing, where its list has another form', async () => {
    const before = await h.query('SELECT count(*)::int AS n FROM call_version');
    portal.list = 'Organisme;Intitulé\nX;Y\n';
    h.clock.move({ hours: 12 });
    expect(await h.harvest(ID)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('no column'),
    });
    expect((await h.call('/v1/sources')).body.items.find((s: any) => s.id === ID)).toMatchObject({
      state: 'broken',
    });
    expect(await h.query('SELECT count(*)::int AS n FROM call_version')).toEqual(before);
    portal.list = null;
    expect(await told()).toEqual([]);
  });
});
