import { pageFor } from '../../support/pages/pages.js';
import { DataSource } from 'typeorm';
import { ACTION_SHORTS, actionShort } from '../../../src/calls/domain/action-code.js';
import { openSchemeOf } from '../../../src/calls/domain/bottom-up.js';
import { CallFinder } from '../../../src/matching/call-finder.js';
import { Inbox as InboxService } from '../../../src/decisions/inbox.js';
import { api } from '../../support/app.js';
import { aCall, deadline, storeCalls } from '../../support/matching/calls.js';
import { toldOf } from '../../support/notifications/told.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

interface Item {
  id: string;
  match: string | null;
  title: string;
  status: string;
  typeOfAction: string | null;
  daysLeft: number | null;
  nextDeadline: string | null;
  score: number | null;
  reason: string;
  review: {
    new: boolean;
    changed: boolean;
    changes: string[];
    verdict: string | null;
    version: number;
    seenVersion: number | null;
  } | null;
}
interface Inbox {
  items: Item[];
  next: string | null;
  total: number;
  counts: Record<string, number> | null;
}

const about = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const wind = about('Offshore wind: a wind turbine for offshore wind farms.');
const euros = (max: number | null, total: number | null) => ({
  currency: 'EUR',
  total,
  expectedGrants: null,
  minContribution: null,
  maxContribution: max,
  years: [],
});

const best = aCall('BEST', {
  title: 'Wind turbine blades for offshore wind',
  keywords: ['offshore wind', 'wind turbine'],
  sections: wind,
  typesOfAction: ['HORIZON Innovation Actions'],
  budget: euros(4e6, 2e7),
  deadlines: [deadline(20)],
});
const good = aCall('GOOD', {
  title: 'Offshore wind turbine foundations',
  keywords: ['offshore wind'],
  sections: wind,
  typesOfAction: ['HORIZON-RIA HORIZON Research and Innovation Actions'],
  deadlines: [deadline(-5), deadline(90)],
});
const fair = aCall('FAIR', {
  title: 'Wind turbine noise',
  keywords: ['wind turbine'],
  sections: about('A wind turbine.'),
  programme: { code: '1', name: 'LIFE' },
});
const passed = aCall('PASSED', {
  title: 'Wind turbine recycling and offshore wind',
  keywords: ['wind turbine', 'offshore wind'],
  sections: wind,
  deadlines: [deadline(-2)],
});
const weak = aCall('WEAK', {
  title: 'Weak one',
  sections: [
    {
      kind: 'other',
      title: '',
      text: `${'Many other things are asked for here. '.repeat(40)} One wind turbine.`,
    },
  ],
});
const erc = aCall('ERC', {
  title: 'ERC grants for a wind turbine and offshore wind',
  identifier: 'ERC-2030-STG',
  keywords: ['wind turbine', 'offshore wind'],
  sections: wind,
});
const others = Array.from({ length: 40 }, (_, i) =>
  aCall(`other-${i}`, { title: `Monuments ${i}`, sections: about('Frescoes and old manuscripts.') }),
);
const all = [best, good, fair, passed, weak, erc, ...others];

describe('the inbox', () => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox([aProfile('wind'), aProfile('sister')], all);
  });
  afterAll(() => inbox?.stop());
  beforeEach(async () => {
    await inbox.test.app.get(DataSource).query('DELETE FROM review');
    await inbox.store(all);
  });

  const get = async (query = '', token = inbox.token): Promise<Inbox> => {
    const { status, body } = await api<Inbox>(inbox.test.url, `/v1/profiles/wind/inbox?${query}`, { token });
    expect({ query, status }).toEqual({ query, status: 200 });
    return body;
  };
  const titles = async (query = ''): Promise<string[]> => (await get(query)).items.map((i) => i.title);
  const act = (method: string, path: string, body?: unknown) =>
    api(inbox.test.url, `/v1/profiles/wind/calls/${path}`, {
      method,
      token: inbox.token,
      ...(body !== undefined && { body }),
    });
  const idOf = (call: { title: string }) => inbox.id(call.title);

  it('shows also what a mail told of, however little it scores', async () => {
    expect(await titles()).not.toContain(weak.title);
    const told = async (profile: string, call: { title: string }) =>
      toldOf(inbox.test, profile, await idOf(call));
    await told('sister', weak);
    expect(await titles()).not.toContain(weak.title);
    await Promise.all([weak, erc].map((call) => told('wind', call)));
    expect((await titles()).at(-1)).toBe(weak.title);
    expect(await titles('minScore=20')).not.toContain(weak.title);
    await inbox.test.app.get(DataSource).query('DELETE FROM notification_item');
  });

  it('shows what fits well enough and is not over, strong first, each with why, until when, and for how much', async () => {
    const { items, total, counts } = await get();
    expect(items.map((i) => i.title)).toEqual([best.title, good.title, fair.title]);
    expect(total).toBe(3);
    expect(counts).toEqual({
      new: 3,
      undecided: 3,
      relevant: 0,
      study: 0,
      later: 0,
      not: 0,
      all: 3,
      changed: 0,
    });
    expect(items[0]).toMatchObject({
      typeOfAction: 'IA',
      daysLeft: 20,
      status: 'open',
      review: { new: true, changed: false, verdict: null },
    });
    expect(items[0]!.reason).toMatch(/Wind energy/);
    // The first of two cut-offs has passed.
    expect(items[1]).toMatchObject({
      typeOfAction: 'RIA',
      daysLeft: 90,
      nextDeadline: good.deadlines[1]!.at,
    });
    expect(items.every((i) => i.score! >= 20)).toBe(true);
  });

  it('looks for half a word in the whole text of its calls, however many others have it', async () => {
    const finder = inbox.test.app.get(CallFinder);
    const { mostOfHalfWord } = finder;
    finder.mostOfHalfWord = 0;
    expect(await titles('minScore=0&q=turbi')).toContain(weak.title);
    finder.mostOfHalfWord = mostOfHalfWord;
  });

  it('narrows down by each of its filters', async () => {
    expect(await titles('minScore=0')).toEqual([best.title, good.title, fair.title, weak.title]);
    expect(await titles('status=closed')).toEqual([passed.title]);
    expect(await titles('status=any&minScore=20')).toContain(passed.title);
    expect(await titles('programme=life')).toEqual([fair.title]);
    expect(await titles('typeOfAction=RIA')).toEqual([good.title]);
    expect(await titles('typeOfAction=IA')).toEqual([best.title]);
    expect(await titles('days=30')).toEqual([best.title]);
    expect(await titles(`deadlineAfter=${good.deadlines[1]!.at.slice(0, 10)}`)).toEqual([good.title]);
    expect(await titles('q=%22blades%22')).toEqual([best.title]);
    expect((await titles('q=pales'))[0]).toBe(best.title);
    expect(await titles('q=synagogue')).toEqual([]);
    expect(await titles('budgetMin=4000000')).toEqual([best.title]);
    expect(await titles('budgetMin=4000001')).toEqual([]);
    // Amounts in other currencies are not compared: we do not guess exchange rates.
    await inbox.store(all.map((c) => (c === best ? { ...c, budget: { ...c.budget!, currency: 'SEK' } } : c)));
    expect(await titles('budgetMin=4000000')).toEqual([]);
    expect(await titles('competence=Wind energy')).toHaveLength(3);
    expect(await titles('competence=Other')).toEqual([]);
  });

  const weaker = async (query = ''): Promise<string[]> => {
    const $ = await pageFor(inbox.officer, `/institutes/wind/inbox${query}`);
    return $('.weaker .inbox-row h3')
      .get()
      .map((e) => $(e).text());
  };

  it('shows below its list what fits less, unless something else is asked for', async () => {
    const listed = await titles('');
    const below = (await titles('minScore=0')).filter((title) => !listed.includes(title));
    expect(below.length).toBeGreaterThan(0);
    expect(await weaker()).toEqual(below);
    expect(await weaker('?state=all')).toEqual([]);
  });

  it('keeps calls that are open to every subject for their own list', async () => {
    for (const query of ['', 'minScore=0', 'state=all&status=any'])
      expect(await titles(query)).not.toContain(erc.title);
    const { body } = await api<Inbox>(inbox.test.url, '/v1/bottom-up', { token: inbox.token });
    expect(body).toMatchObject({ total: 1, next: null, items: [{ title: erc.title, scheme: 'erc' }] });
    // They do not count as strong matches of an institute either.
    const institutes = (
      await api<{ items: { id: string; strongMatches: number }[] }>(inbox.test.url, '/v1/institutes')
    ).body.items;
    expect(institutes.find((i) => i.id === 'wind')!.strongMatches).toBe((await get()).total);
  });

  it('offers the programmes of what it lists, and no others', async () => {
    await inbox.store(
      all.map((c) =>
        c === erc
          ? { ...c, programme: { code: '2', name: 'ERC' } }
          : c === passed
            ? { ...c, programme: { code: '3', name: 'Passed' } }
            : c,
      ),
    );
    const { programmes } = await inbox.test.app.get(InboxService).head('wind', false);
    expect(programmes).toEqual(['Horizon Europe', 'LIFE']);
  });

  it('takes a day for the whole day in Brussels, and an instant for what it is', async () => {
    const late = {
      ...best,
      deadlines: [
        { ...best.deadlines[0]!, at: '2031-09-22T21:30:00.000Z' },
        { ...best.deadlines[0]!, at: '2031-12-01T16:00:00.000Z' },
      ],
    };
    await inbox.store(all.map((c) => (c === best ? late : c)));
    const found = async (query: string) => (await titles(`${query}&minScore=20`)).includes(best.title);
    for (const [query, is] of [
      ['deadlineAfter=2031-09-22&deadlineBefore=2031-09-22', true],
      ['deadlineAfter=2031-09-23&deadlineBefore=2031-10-01', false],
      ['deadlineAfter=2031-09-01&deadlineBefore=2031-09-21', false],
      ['deadlineAfter=2031-09-22T21:29:00Z&deadlineBefore=2031-09-22T21:31:00Z', true],
      ['deadlineAfter=2031-09-22T21:30:00Z&deadlineBefore=2031-10-01', false],
      ['deadlineBefore=9999-12-31', true],
      ['deadlineAfter=0001-01-01', true],
    ] as const)
      expect({ query, found: await found(query) }).toEqual({ query, found: is });
  });

  it('keeps its order, best first, whatever is opened; what was opened loses its mark alone', async () => {
    for (const call of [best, good]) expect((await act('POST', `${await idOf(call)}/seen`)).status).toBe(200);
    expect((await get()).items.map((i) => [i.title, i.review!.new])).toEqual([
      [best.title, false],
      [good.title, false],
      [fair.title, true],
    ]);
    expect(await titles('state=new')).toEqual([fair.title]);
    const page = await pageFor(inbox.officer, '/institutes/wind/inbox');
    expect(
      page('#inbox-rows > .inbox-list a.open')
        .get()
        .map((a) => page(a).text().trim()),
    ).toEqual([best.title, good.title, fair.title]);
    const later = {
      ...good,
      deadlines: [
        good.deadlines[0]!,
        {
          ...good.deadlines[1]!,
          ...aCall('x', { deadlines: [deadline(120)] }).deadlines[0]!,
          kind: 'cut-off' as const,
        },
      ],
    };
    await inbox.store(all.map((c) => (c === good ? later : c)));
    const { items, counts } = await get();
    expect(items.map((i) => i.title)).toEqual([best.title, good.title, fair.title]);
    expect(counts).toMatchObject({ new: 1, changed: 1 });
    expect(items[1]!.review).toMatchObject({
      new: false,
      changed: true,
      changes: [expect.stringMatching(/^Deadline: /)],
    });
    expect((await get('language=fr')).items[1]!.review!.changes[0]).toMatch(/^Date limite/);
    expect(await titles('changed=true')).toEqual([good.title]);
    await act('POST', `${await idOf(good)}/seen`);
    expect(await titles('changed=true')).toEqual([]);
  });

  it('shows what was decided by its state, however well it fits', async () => {
    const low = await idOf(weak);
    expect(await weaker()).toContain(weak.title);
    await act('PUT', `${low}/verdict`, { verdict: 'relevant' });
    expect(await weaker()).not.toContain(weak.title);
    await act('PUT', `${await idOf(fair)}/verdict`, { verdict: 'not', reason: 'budget' });
    expect(await titles('state=relevant')).toEqual([weak.title]);
    expect(await titles('state=not')).toEqual([fair.title]);
    expect(await titles()).toEqual(expect.not.arrayContaining([weak.title, fair.title]));
    // A call that never matched can be decided too, as rows of an old sheet are.
    await act('PUT', `${await idOf(others[0]!)}/verdict`, { verdict: 'relevant' });
    expect((await get('state=relevant')).items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ title: others[0]!.title, match: null, score: null, reason: null }),
      ]),
    );
  });

  it('takes the same decision on a changed call, as it is now, for one that knows of the change', async () => {
    const id = await idOf(good);
    const review = async () => (await get('state=all')).items.find((i) => i.id === id)!.review!;
    const decide = async (version?: number) => {
      const decision = { verdict: 'study', ...(version !== undefined && { version }) };
      expect((await act('PUT', `${id}/verdict`, decision)).status).toBe(200);
    };
    await decide();
    const before = await review();
    const moved = aCall('x', { deadlines: [deadline(130)] }).deadlines[0]!;
    const changed = { ...good, deadlines: [good.deadlines[0]!, { ...moved, kind: 'cut-off' as const }] };
    await inbox.store(all.map((c) => (c === good ? changed : c)));
    await decide(before.version);
    await decide();
    expect(await review()).toMatchObject({ changed: true, version: before.version });
    await decide(before.version + 1);
    expect(await review()).toEqual({ ...before, version: before.version + 1 });
    await act('DELETE', `${id}/verdict`);
    expect(await review()).toMatchObject({ verdict: null });
  });

  it('goes on where the page before ended', async () => {
    const whole = await titles('state=all&minScore=0');
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const page = await get(`state=all&minScore=0&limit=1${cursor}`);
      expect(page.total).toBe(whole.length);
      paged.push(...page.items.map((i) => i.title));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(paged).toEqual(whole);
    expect(
      (await api(inbox.test.url, '/v1/profiles/wind/inbox?cursor=x', { token: inbox.token })).body,
    ).toMatchObject({ status: 400, errors: [{ path: 'cursor' }] });
  });

  it('tells the network nothing of what was opened or decided, nor by a filter', async () => {
    const { items, counts } = await get(
      '',
      await (await somebody(inbox.test, { role: 'coordinator' })).key('read'),
    );
    expect(items.length).toBeGreaterThan(0);
    expect(items.map((i) => i.review)).toEqual(items.map(() => null));
    // A call decided "not" is shown as the match that it is.
    expect(items.map((i) => i.title)).toEqual([best.title, good.title, fair.title]);
    expect(counts).toBeNull();
    for (const query of ['state=relevant', 'state=new', 'changed=true'])
      expect((await api(inbox.test.url, `/v1/profiles/wind/inbox?${query}`)).status).toBe(403);
    const sister = await (await somebody(inbox.test, { role: 'officer', profile: 'sister' })).key('write');
    expect((await api(inbox.test.url, '/v1/profiles/wind/inbox', { token: sister })).status).toBe(403);
    expect((await api(inbox.test.url, '/v1/profiles/nobody/inbox')).status).toBe(404);
  });

  it('says which filter is wrong', async () => {
    for (const [query, path] of [
      ['state=old', 'state'],
      ['days=0', 'days'],
      ['typeOfAction=XYZ', 'typeOfAction'],
      ['budgetMin=many', 'budgetMin'],
      ['colour=red', 'colour'],
    ] as const) {
      expect((await api(inbox.test.url, `/v1/profiles/wind/inbox?${query}`)).body).toMatchObject({
        status: 400,
        errors: [{ path }],
      });
    }
  });

  it('leaves out what was withdrawn unless it is asked for', async () => {
    await inbox.test.app
      .get(DataSource)
      .query('UPDATE call SET withdrawn_at = now() WHERE id = $1', [await idOf(good)]);
    expect(await titles('state=all')).toEqual([best.title, fair.title]);
    expect((await get('status=withdrawn')).items).toMatchObject([
      { title: good.title, nextDeadline: null, daysLeft: null },
    ]);
    await inbox.test.app.get(DataSource).query('UPDATE call SET withdrawn_at = NULL');
  });

  it('knows by the database what the domain knows to be open to every subject', async () => {
    const identifiers = [
      'ERC-2030-SyG',
      'HORIZON-MSCA-2030-PF-01-01',
      'HORIZON-EIC-2030-ACCELERATOR-01',
      'HORIZON-EIC-2030-PATHFINDERCHALLENGES-01-01',
      'OC-2030-1',
      'HORIZON-WIDERA-2030-02-WIDENING-01',
      'CERV-2030-ERC-2030-STG',
      'DOC-2030-1',
    ];
    const told = identifiers.map((identifier, i) =>
      aCall(`SCHEME-${i}`, { title: `Scheme ${i}`, identifier }),
    );
    await storeCalls(inbox.test.app, told, 'second');
    const { items } = (
      await api<{ items: { identifier: string; scheme: string }[] }>(
        inbox.test.url,
        '/v1/bottom-up?limit=100',
      )
    ).body;
    const known = identifiers.filter((identifier) => openSchemeOf({ identifier, kind: 'grant' }) !== null);
    expect(
      items
        .filter((i) => identifiers.includes(i.identifier))
        .map((i) => i.identifier)
        .sort(),
    ).toEqual(known.sort());
  });

  it('finds a call by the type of action that it shows', async () => {
    const types = [
      'HORIZON  Research and Innovation Actions',
      'HORIZON-IA HORIZON Innovation Actions',
      'HORIZON-TMA-MSCA-Cofund-D HORIZON TMA MSCA Cofund Doctoral programme',
      'RIA',
      'ERA-NET Cofund',
      'HORIZON ERC Grants',
      'LIFE Project Grants',
      'CSA',
      'HORIZON EIC Research and Innovation Actions',
      'HORIZON Public Procurement of Innovative Solutions',
    ];
    await inbox.store([
      ...all,
      ...types.map((type, i) =>
        aCall(`TYPE-${i}`, {
          title: `Wind turbine of type ${i}`,
          keywords: ['wind turbine', 'offshore wind'],
          sections: wind,
          typesOfAction: [type],
        }),
      ),
    ]);
    for (const short of ACTION_SHORTS) {
      const found = (await get(`q="of type"&minScore=0&limit=100&typeOfAction=${short}`)).items;
      expect({ short, found: found.map((i) => i.title).sort() }).toEqual({
        short,
        found: types.flatMap((type, i) => (actionShort(type) === short ? [`Wind turbine of type ${i}`] : [])),
      });
      expect(found.every((i) => i.typeOfAction === short)).toBe(true);
    }
  });
});
