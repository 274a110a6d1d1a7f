import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../support/app.js';
import { aCall, DAY, storeCalls } from '../../support/matching/calls.js';

const START = Date.parse('2026-05-06T10:00:00Z');
const LIST = 'https://second.example/one';

/** `storeCalls` marks a source as quiet after 30 days without news. */
describe("a source whose calls follow another one's", () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
  });
  afterAll(() => server?.stop());

  const stored = async (day: number, source: string, title: string): Promise<string> => {
    await storeCalls(
      server.app,
      [
        aCall(`one-${source}`, {
          identifier: 'HORIZON-ONE',
          title,
          ...(source === 'second' && { url: LIST }),
        }),
      ],
      source,
      new Date(START + day * DAY),
    );
    const [row] = await server.app.get(DataSource).query('SELECT state FROM source WHERE id = $1', [source]);
    return row.state;
  };

  it('is quiet where it says nothing new itself, and by its own news alone', async () => {
    await stored(0, 'first', 'As the first calls it');
    expect(await stored(0, 'second', 'As the second calls it')).toBe('healthy');
    expect(
      await server.app
        .get(DataSource)
        .query('SELECT source_id AS source, leads FROM source_record ORDER BY 1'),
    ).toEqual([
      { source: 'first', leads: true },
      { source: 'second', leads: false },
    ]);
    expect(await stored(20, 'second', 'As the second calls it now')).toBe('healthy');
    await stored(40, 'first', 'As the first calls it now');
    expect(await stored(49, 'second', 'As the second calls it now')).toBe('healthy');
    expect(await stored(51, 'second', 'As the second calls it now')).toBe('quiet');
    expect(await stored(52, 'second', 'As it is called at last')).toBe('healthy');
  });
});
