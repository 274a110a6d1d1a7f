import { randomUUID } from 'node:crypto';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { fieldText } from '../../../src/matching/domain/index/fields.js';
import type { CallNetwork } from '../../../src/network/api/network-views.js';
import { api } from '../../support/app.js';
import { aCall, inDays } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { serviceKey, somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

interface Paged<T> {
  items: T[];
  next: string | null;
  total: number;
}
interface GroupMatch {
  call: { id: string; title: string };
  score: number;
  members: { id: string; name: string; score: number }[];
}

const competence = (label: string, ...keywords: string[]) => ({
  label,
  description: '',
  keywords,
  exclusions: [],
  weight: 1,
});
const outcome = (...points: string[]) => [
  {
    kind: 'expected-outcome' as const,
    title: 'Expected Outcome',
    text: `Results are expected to contribute to all of the following expected outcomes:\n${points.map((p) => `- ${p};`).join('\n')}`,
  },
];
const PORT = aCall('PORT', {
  title: 'Green hydrogen and quay walls',
  sections: outcome(
    'Cranes run on green hydrogen, and green hydrogen is stored in the port',
    'Quay walls of harbour basins last, harbour basins are dredged beside quay walls, and quay walls hold coral reefs',
    'Dockers learn new trades at school',
  ),
});
const CORAL = aCall('CORAL', {
  title: 'Coral reefs',
  sections: outcome('Coral reefs recover, corals spawn, and coral reefs are mapped'),
});
const BARE = aCall('BARE', { title: 'Green hydrogen', sections: [] });
const GONE = aCall('GONE', {
  title: 'Green hydrogen of old',
  deadlines: [{ at: inDays(-3), timeTold: true }],
  sections: outcome('Green hydrogen is cheap'),
});
const NOISE = Array.from({ length: 60 }, (_, i) => aCall(`N${i}`));

const GROUPS = [
  {
    id: 'every',
    name: { fr: 'Tous les instituts', en: 'All institutes' },
    members: 'all' as const,
    confirmed: false,
    source: '',
  },
  {
    id: 'sea',
    name: { fr: 'Mer', en: 'Sea' },
    members: ['coral', 'ships'],
    confirmed: true,
    source: 'Said by both.',
  },
];

describe('the network over HTTP', () => {
  let inbox: InboxTest;
  let url: string;
  let ids: Map<string, string>;
  beforeAll(async () => {
    inbox = await startInbox(
      [
        aProfile('hydrogen', {
          name: 'Carnot Hydrogène',
          competences: [competence('Hydrogen', 'green hydrogen', 'electrolyser')],
        }),
        aProfile('coral', {
          name: 'Carnot Coral',
          competences: [competence('Reefs', 'corals', 'coral reefs')],
        }),
        aProfile('ships', {
          name: 'Carnot Ships',
          competences: [competence('Quays', 'quay walls', 'harbour basins')],
        }),
      ],
      [PORT, CORAL, BARE, GONE, ...NOISE],
      GROUPS,
    );
    ({ url } = inbox.test);
    ids = new Map(
      (await api<Paged<{ id: string; title: string }>>(url, '/v1/calls?limit=100')).body.items.map((c) => [
        c.title,
        c.id,
      ]),
    );
  });
  afterAll(() => inbox?.stop());

  const network = async (call: CallContent, query = ''): Promise<CallNetwork> =>
    (await api<CallNetwork>(url, `/v1/calls/${ids.get(call.title)}/network${query}`)).body;

  it('names the groups to whoever is signed in, in pages; `all` is every institute', async () => {
    const key = await serviceKey(inbox.test, 'read', 'coral');
    const first = (await api<Paged<{ id: string }>>(url, '/v1/groups?limit=1', { token: key })).body;
    expect(first).toMatchObject({
      total: 2,
      items: [
        {
          id: 'every',
          name: { fr: 'Tous les instituts' },
          members: [{ id: 'coral', name: 'Carnot Coral' }, { id: 'hydrogen' }, { id: 'ships' }],
          confirmed: false,
          source: null,
        },
      ],
    });
    const second = (
      await api<Paged<{ id: string }>>(url, `/v1/groups?limit=1&cursor=${first.next}`, { token: key })
    ).body;
    expect(second).toMatchObject({
      next: null,
      items: [
        { id: 'sea', members: [{ id: 'coral' }, { id: 'ships' }], confirmed: true, source: 'Said by both.' },
      ],
    });
    expect((await api(url, '/v1/groups/sea', { token: key })).body).toEqual(second.items[0]);
    expect((await api(url, '/v1/groups/land', { token: key })).status).toBe(404);
  });

  it('shows to the network alone which calls fit a group and who could bid together', async () => {
    const other = await somebody(inbox.test, { role: 'officer', profile: 'coral' });
    const paths = ['/v1/groups/sea/matches', `/v1/calls/${ids.get(PORT.title)}/network`];
    for (const path of paths) {
      expect([path, (await api(url, path, { token: await other.key('read') })).status]).toEqual([path, 403]);
      expect([path, (await api(url, path, { token: inbox.token })).status]).toEqual([path, 403]);
      expect([path, (await api(url, path, { token: null })).status]).toEqual([path, 401]);
      expect([path, (await api(url, path, { token: await serviceKey(inbox.test, 'read') })).status]).toEqual([
        path,
        200,
      ]);
    }
  });

  it('lists the calls of a group, those for several members and the best first, with the members that fit; without closed ones', async () => {
    const all = (await api<Paged<GroupMatch>>(url, '/v1/groups/every/matches?minScore=0&limit=100')).body;
    const titles = all.items.map((m) => m.call.title);
    expect(titles).toEqual(expect.arrayContaining([PORT.title, CORAL.title, BARE.title]));
    expect(titles).not.toContain(GONE.title);
    expect(all.total).toBe(titles.length);
    const scores = all.items.map((m) => m.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const port = all.items.find((m) => m.call.title === PORT.title)!;
    expect(port.members.map((m) => m.id).sort()).toEqual(['coral', 'hydrogen', 'ships']);
    expect(port.members.map((m) => m.score)).toEqual(port.members.map((m) => m.score).sort((a, b) => b - a));
    expect(port.score).toBeCloseTo(0.7 * port.members.reduce((sum, m, i) => sum + m.score * 0.3 ** i, 0), 3);
    const sea = (await api<Paged<GroupMatch>>(url, '/v1/groups/sea/matches?minScore=1')).body.items;
    expect(sea.flatMap((m) => m.members.map((x) => x.id))).not.toContain('hydrogen');
  });

  it('gives each call of a group once over its pages', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: Paged<GroupMatch> } = await api(
        url,
        `/v1/groups/every/matches?minScore=1&limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map((m) => m.call.id));
      cursor = body.next;
      if (cursor === null) expect(body.total).toBe(seen.length);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect((await api(url, '/v1/groups/every/matches?cursor=nonsense')).status).toBe(400);
    expect((await api(url, '/v1/groups/land/matches')).status).toBe(404);
  });

  it('proposes the smallest team that answers most of the outcomes, and names the rest as partners to find', async () => {
    const bid = await network(PORT);
    expect(bid).toMatchObject({ expected: 'outcomes', upToDate: true, group: null, size: 4 });
    for (const { field, start, end, text } of bid.statements)
      expect(fieldText(PORT, field)!.slice(start, end)).toBe(text);
    expect(bid.statements.map((s) => [s.number, s.level])).toEqual([
      [1, 'well'],
      [2, 'well'],
      [3, expect.stringMatching(/partly|no/)],
    ]);
    expect(bid.team).toEqual([
      { id: 'hydrogen', name: 'Carnot Hydrogène', statements: [1] },
      { id: 'ships', name: 'Carnot Ships', statements: [2] },
    ]);
    expect(bid.partnersToFind).toEqual([
      { statement: 3, says: 'Partner to find for “Dockers learn new trades at school”.', nearest: null },
    ]);
    expect(bid.says[0]).toBe(
      'Carnot Hydrogène and Carnot Ships together answer 2 of the 3 expected outcomes well.',
    );
  });

  it('ranks the institutes with band, reason and passage', async () => {
    const { ranking } = await network(PORT);
    const scores = ranking.map((r) => r.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const hydrogen = ranking.find((r) => r.id === 'hydrogen')!;
    expect(hydrogen).toMatchObject({
      inTeam: true,
      reason: expect.stringMatching(/^Through its competence “Hydrogen”: .*\bgreen hydrogen\b/),
      passage: { found: expect.stringMatching(/^(green )?hydrogen$/) },
      share: 0.333,
    });
    expect(hydrogen.answers[0]).toMatchObject({
      statement: 1,
      level: 'well',
      terms: expect.arrayContaining(['green hydrogen']),
    });
    expect(['strong', 'possible', 'uncertain', 'weak']).toContain(hydrogen.band);
  });

  it('speaks French where it is asked to, or where the person does', async () => {
    const says = /^Ensemble, le Carnot .* et le Carnot .* répondent bien à 2 des 3 résultats attendus\.$/;
    const bid = await network(PORT, '?language=fr');
    expect(bid.says[0]).toMatch(says);
    expect(bid.partnersToFind[0]!.says).toBe(
      'Partenaire à trouver pour «\u00a0Dockers learn new trades at school\u00a0».',
    );
    const coordinator = await somebody(inbox.test, { role: 'coordinator', language: 'fr' });
    expect(
      (
        await api<CallNetwork>(url, `/v1/calls/${ids.get(PORT.title)}/network`, {
          token: await coordinator.key('read'),
        })
      ).body.says[0],
    ).toMatch(says);
  });

  it('keeps to the group and the size that are asked for', async () => {
    const sea = await network(PORT, '?group=sea');
    expect(sea.group).toEqual({ id: 'sea', name: { fr: 'Mer', en: 'Sea' } });
    expect(sea.ranking.map((r) => r.id).sort()).toEqual(['coral', 'ships']);
    expect((await network(PORT, '?size=1')).team).toHaveLength(1);
    const path = `/v1/calls/${ids.get(PORT.title)}/network`;
    expect((await api(url, `${path}?group=land`)).body).toMatchObject({
      status: 400,
      errors: [{ path: 'group', code: 'not-a-group', message: 'is not a group; use one of: every, sea' }],
    });
    for (const query of ['?size=0', '?size=7', '?language=de'])
      expect([query, (await api(url, path + query)).status]).toEqual([query, 400]);
    expect((await api(url, `/v1/calls/${randomUUID()}/network`)).status).toBe(404);
  });

  it('proposes nobody for a call that says nothing, and still ranks', async () => {
    const bid = await network(BARE);
    expect(bid).toMatchObject({
      statements: [],
      team: [],
      partnersToFind: [],
      says: ['The text of the call does not say point by point what it expects.'],
    });
    expect(bid.ranking.map((r) => r.id)).toEqual(['hydrogen']);
  });
});
