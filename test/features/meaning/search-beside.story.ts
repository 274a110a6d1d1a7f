import { Terminology } from '../../../src/matching/domain/analysis/terminology.js';
import { CallFinder } from '../../../src/matching/call-finder.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { Vocabulary } from '../../../src/profiles/domain/vocabulary.js';
import { startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { freshDatabase } from '../../support/database/database.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const titles = ['Wind turbine blades', 'Offshore wind farms', 'Recycling of rotor blades', 'Cattle feed'];

/** Returns a promise and the function that resolves it. */
function gate(): { ended: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (open = resolve));
  return { ended, open };
}

describe('a search by meaning', () => {
  const config = configWith([aProfile('wind')]);
  const terminology = Terminology.fromVocabularies([
    Vocabulary.parse({ french: { éolienne: 'wind turbine', vent: 'wind' }, acronyms: {}, same: [] }),
  ]);
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let server: TestApp;
  let unread: number;
  let [finder, corpus] = [null as unknown as CallFinder, null as unknown as Corpus];
  beforeAll(async () => {
    database = await freshDatabase();
    server = await startApp(
      {},
      {
        clock: new TestClock('2026-05-01T06:00:00Z'),
        databaseUrl: database.url,
        working: false,
        adjust: (wiring) => ({ ...on(config.dir)(wiring), model: { ...wiring.model, terminology } }),
      },
    );
    [finder, corpus] = [server.app.get(CallFinder), server.app.get(Corpus)];
    await corpus.refresh();
    unread = [...terminology.prepare()].length;
    await storeCalls(
      server.app,
      titles.map((title, i) => aCall(`c${i}`, { title })),
    );
    await corpus.refresh();
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
    config.remove();
  });
  const near = async (q: string) => (await finder.resolve({ q })).text!.near.size;

  it('finds the terminology read, which would hold the process for half a second', () =>
    expect(unread).toBe(0));

  it('does not wait for a profile that is being matched', async () => {
    const matching = gate();
    const held = corpus.held(() => matching.ended);
    expect(await near('wind turbine')).toBeGreaterThan(0);
    matching.open();
    await held;
  });

  it('keeps the index as it is until it has ended, and finds what came when asked again', async () => {
    const [begun, searching] = [gate(), gate()];
    const seen = corpus.asItIs(async () => {
      begun.open();
      await searching.ended;
      return corpus.versions.size;
    });
    // It reads what is new itself, before it begins.
    await begun.ended;
    await storeCalls(server.app, [aCall('late', { title: 'Wind turbine towers' })]);
    const read = corpus.refresh();
    const before = await near('wind turbine');
    searching.open();
    expect(await seen).toBe(titles.length);
    await read;
    expect(corpus.versions.size).toBe(titles.length + 1);
    expect(await near('wind turbine')).toBe(before + 1);
  });
});
