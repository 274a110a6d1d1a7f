import { DataSource } from 'typeorm';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aProfile } from '../../support/matching/profiles.js';

interface Listed {
  items: { id: string; title?: string; call?: { title: string }; reason?: string; budgetFor?: string }[];
  next: string | null;
  total: number;
}

const about = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const WIND = about('Offshore wind: a wind turbine for offshore wind farms.');
const calls = ['Blades', 'Towers', 'Noise'].map((part) =>
  aCall(part, { title: `${part} of an offshore wind turbine`, keywords: ['offshore wind'], sections: WIND }),
);
const others = Array.from({ length: 40 }, (_, i) =>
  aCall(`other-${i}`, { title: `Monuments ${i}`, sections: about('Frescoes and old manuscripts.') }),
);
const MATCHES = '/v1/matches?profile=wind';
const INBOX = '/v1/profiles/wind/inbox';

describe('what lists keep in mind', () => {
  let inbox: InboxTest;
  let source: DataSource;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind')], [...calls, ...others]);
    source = inbox.test.app.get(DataSource);
  });
  afterAll(() => inbox?.stop());
  beforeEach(() => inbox.store([...calls, ...others]));

  const get = async (path: string): Promise<Listed> =>
    (await api<Listed>(inbox.test.url, path, { token: inbox.token })).body;
  const titles = async (path: string): Promise<string[]> =>
    (await get(path)).items.map((item) => item.title ?? item.call!.title).sort();
  /** Counts the statements that read the contents of rows rather than which rows a page has. */
  const reading = async (work: () => Promise<unknown>): Promise<number> => {
    const said = jest.spyOn(source, 'query');
    await work();
    const texts = said.mock.calls.map(([text]) => text).filter((text) => text.includes('WHERE id = ANY($1)'));
    said.mockRestore();
    return texts.length;
  };

  /** Runs a statement once, just before the query that reads the rows of a page; returns whether it ran. */
  const meanwhile = (read: string, statement: string): (() => boolean) => {
    const ask = source.query.bind(source);
    let said = false;
    jest.spyOn(source, 'query').mockImplementation(async (text: string, values?: unknown) => {
      if (!said && text.includes(read) && text.includes('ANY($1)')) {
        said = true;
        await acrossInstitutes('something is written meanwhile', () => ask(statement));
      }
      return ask(text, values as unknown[]);
    });
    return () => said;
  };

  it.each([['/v1/calls'], [MATCHES], [INBOX]])('is not read a second time: %s', async (path) => {
    await source.query('UPDATE call SET summary = summary');
    let first: Listed | undefined;
    expect(await reading(async () => (first = await get(path)))).toBeGreaterThan(0);
    expect(first!.items.length).toBeGreaterThan(2);
    expect(await reading(async () => expect(await get(path)).toEqual(first))).toBe(0);
  });

  it.each([['/v1/calls'], [MATCHES], [INBOX]])(
    'is what the source said before it said something else: %s',
    async (path) => {
      expect(await titles(path)).toContain('Blades of an offshore wind turbine');
      const renamed = { ...calls[0]!, title: 'Rotor blades of an offshore wind turbine' };
      await inbox.store([renamed, ...calls.slice(1), ...others]);
      expect(await titles(path)).toContain('Rotor blades of an offshore wind turbine');
      expect(await titles(path)).not.toContain('Blades of an offshore wind turbine');
    },
  );

  it('is what another process wrote since', async () => {
    await get('/v1/calls');
    await source.query(
      `UPDATE call SET summary = summary || '{"title": "Written elsewhere"}' WHERE summary->>'title' LIKE 'Noise%'`,
    );
    await source.query(`UPDATE source_record SET last_seen_at = '2031-02-03T04:05:06Z'`);
    const { items } = await get('/v1/calls?limit=100');
    expect(items.map((item) => item.title)).toContain('Written elsewhere');
    for (const item of items)
      expect(item).toMatchObject({ seenAt: [{ lastSeenAt: '2031-02-03T04:05:06.000Z' }] });
    await source.query(`UPDATE call SET summary = content - 'sections'`);
  });

  it('says why a call fits by what a competence is called now', async () => {
    expect((await get(INBOX)).items[0]!.reason).toContain('Wind');
    await acrossInstitutes('what a competence is called is changed beside the program', () =>
      source.query(
        `UPDATE profile SET content = jsonb_set(content, '{competences,0,labels}', '{"en": "Wind at sea"}') WHERE id = 'wind'`,
      ),
    );
    expect((await get(`${INBOX}?language=en`)).items[0]!.reason).toContain('Wind at sea');
    await acrossInstitutes('it is called as before', () =>
      source.query(`UPDATE profile SET content = content #- '{competences,0,labels}' WHERE id = 'wind'`),
    );
  });

  it('is told anew whose a total is once another topic states the same', async () => {
    const budget = {
      ...{ currency: 'EUR', total: 20e6, expectedGrants: 2, minContribution: null, maxContribution: 4e6 },
      years: [],
    };
    const topic = (name: string, told = {}) =>
      aCall(name, { title: `${name} at sea`, callIdentifier: 'HORIZON-SEA', sections: WIND, ...told });
    const one = topic('Cables', { budget });
    await inbox.store([one, ...calls, ...others]);
    const stated = async (path: string): Promise<unknown> =>
      (await get(path)).items.find((item) => item.title === 'Cables at sea');
    for (const path of ['/v1/calls', INBOX])
      expect(await stated(path)).toMatchObject({ budgetFor: 'unclear' });
    await inbox.store([one, topic('Anchors', { budget }), ...calls, ...others]);
    for (const path of ['/v1/calls', INBOX])
      expect(await stated(path)).toMatchObject({ budgetFor: 'several' });
  });

  it.each([
    [MATCHES, `result->'competences'`],
    [INBOX, 'mark, result FROM match'],
  ])('makes no page short from which a match goes while it is read: %s', async (path, read) => {
    // A rewritten match is not in the cache.
    await acrossInstitutes('all matches are written anew', () =>
      source.query('UPDATE match SET score = score'),
    );
    const { total } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=1`);
    await acrossInstitutes('once more', () => source.query('UPDATE match SET score = score'));
    const gone = meanwhile(
      read,
      `DELETE FROM match WHERE id = (SELECT id FROM match WHERE profile_id = 'wind' ORDER BY score DESC, id LIMIT 1)`,
    );
    const page = await get(`${path}${path.includes('?') ? '&' : '?'}limit=1`);
    jest.restoreAllMocks();
    expect([gone(), page.items.length, page.total, page.next === null]).toEqual([true, 1, total - 1, false]);
  });

  it('goes on behind the place that a page had, though its last match is written anew while it is read', async () => {
    await acrossInstitutes('all matches are written anew', () =>
      source.query('UPDATE match SET score = score'),
    );
    const all = (await get(MATCHES)).items.map((item) => item.id);
    await acrossInstitutes('once more', () => source.query('UPDATE match SET score = score'));
    const written = meanwhile(`result->'competences'`, `UPDATE match SET score = 1 WHERE id = '${all[0]}'`);
    const page = await get(`${MATCHES}&limit=1`);
    jest.restoreAllMocks();
    const next = await get(`${MATCHES}&limit=1&cursor=${page.next}`);
    expect(written()).toBe(true);
    expect([page, next].map(({ items }) => items[0]!.id)).toEqual(all.slice(0, 2));
  });
});
