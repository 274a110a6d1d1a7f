import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { TransactionalMailEntity } from '../../../src/outbox/store/transactional-mail.repository.js';
import type { MatrixRowView } from '../../../src/network/api/matrix-views.js';
import { api } from '../../support/app.js';
import { aCall, deadline } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { mailsTo } from '../../support/notifications/mails.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { RateLimit } from '../../../src/platform/access/rate-limit.js';
import { WIND } from '../../support/institutes/sheets.js';

interface Matrix {
  items: MatrixRowView[];
  total: number;
  next: string | null;
  institutes: { id: string; name: string }[];
}

const MAP = { fr: 'D’après une carte.', en: 'From a map.' };
const GROUPS = [
  {
    id: 'ashore',
    name: { fr: 'À terre', en: 'Ashore' },
    members: ['sea'],
    sector: true,
    confirmed: false,
    source: '',
  },
  { id: 'shore', name: { fr: 'Côte', en: 'Shore' }, members: ['sea'], confirmed: true, source: MAP },
];
const contacts = [{ name: 'Tina Third', email: 'tina@third.example' }];

describe('the cockpit of the network', () => {
  let world: InboxTest;
  let coordinator: Somebody;
  let token: string;
  beforeAll(async () => {
    world = await startInbox(
      [
        aProfile('wind', { language: 'en' }),
        aProfile('sea', { name: 'Carnot Sea' }),
        aProfile('third', {
          name: 'Carnot Third',
          language: 'en',
          competences: [{ label: 'Poems', description: '', keywords: ['sonnet'], exclusions: [], weight: 1 }],
          contacts,
        }),
      ],
      [
        aCall('NEAR', { title: 'Near', sections: WIND, deadlines: [deadline(20)] }),
        aCall('FAR', { title: 'Far', sections: WIND, deadlines: [deadline(200)] }),
        aCall('PAST', { title: 'Past', sections: WIND, deadlines: [deadline(-2)] }),
        aCall('NONE', { title: 'Nobody fits this' }),
      ],
      GROUPS,
    );
    coordinator = await somebody(world.test, { role: 'coordinator' });
    token = await coordinator.key('read');
    await world.officer.post(`/institutes/wind/calls/${await world.id('Far')}/interest`, { leads: 'true' });
  });
  afterAll(() => world?.stop());

  const matrix = async (query = ''): Promise<Matrix> =>
    (await api<Matrix>(world.test.url, `/v1/network/calls${query}`, { token })).body;
  const titles = async (query = ''): Promise<string[]> =>
    (await matrix(query)).items.map((row) => row.call.title);

  it('puts calls beside institutes: whom each fits, who wants it, who would lead', async () => {
    const { items, institutes, total } = await matrix();
    expect(institutes.map((i) => i.id)).toEqual(['sea', 'third', 'wind']);
    expect([total, items.map((row) => row.call.title)]).toEqual([2, ['Far', 'Near']]);
    expect(items[0]).toMatchObject({ wants: ['wind'], wouldLead: ['wind'], joint: null });
    expect(Object.keys(items[0]!.fits).sort()).toEqual(['sea', 'wind']);
  });

  it('is narrowed by what stands in the address', async () => {
    expect(await titles('?show=wanted')).toEqual(['Far']);
    expect(await titles('?within=90')).toEqual(['Near']);
    expect(await titles('?sort=deadline')).toEqual(['Near', 'Far']);
    expect(await titles('?q=nea')).toEqual(['Near']);
    expect(await titles('?q=100%25')).toEqual([]);
    // Within one institute, no call fits two.
    expect(await titles('?group=shore')).toEqual([]);
    expect((await titles('?group=shore&show=one')).sort()).toEqual(['Far', 'Near']);
    const first = await matrix('?limit=1');
    expect(await titles(`?limit=1&cursor=${first.next}`)).toEqual(['Near']);
    expect(
      (await api(world.test.url, '/v1/network/calls?group=nowhere&within=soon', { token })).body,
    ).toMatchObject({ status: 400, errors: [{ path: 'within' }] });
  });

  it('is a table with a sign and its word in each cell', async () => {
    const $ = await pageFor(coordinator, '/network?show=wanted');
    expect($('.matrix thead tr:last-child th').length).toBe(4);
    expect($('.matrix td b').attr('title')).toBe('would lead');
    expect($('.matrix tbody th a').first().text()).toBe('Far');
    const none = await pageFor(coordinator, '/network?q=nothing+of+it');
    expect(none('.empty a').attr('href')).toBe('/network');
  });

  it('puts the institutes under their sectors, scores in colours as well as numbers, and says where nobody reads', async () => {
    const $ = await pageFor(coordinator, '/network');
    expect(
      $('.matrix .sectors th')
        .get()
        .map((e) => [$(e).text().trim(), $(e).attr('colspan')]),
    ).toEqual([
      ['Ashore', '1'],
      ['Other', '2'],
    ]);
    expect(
      $('.matrix thead tr:last-child th a')
        .get()
        .map((e) => $(e).text()),
    ).toEqual(['Sea', 'Third', 'wind']);
    expect($('.matrix td[class^=heat-]').length).toBeGreaterThan(0);
    expect($('.needs').text()).toContain('1 institute where nobody gets e-mailsCarnot Sea');
  });

  it('has one row for a topic under two identifiers, which holds the other; the API has both', async () => {
    await world.store(
      ['EURATOM-1', 'EURATOM-LS-1'].map((reference) =>
        aCall(reference, { title: 'Wind in two programmes', sections: WIND, deadlines: [deadline(20)] }),
      ),
    );
    const $ = await pageFor(coordinator, '/network?q=two+programmes');
    expect([$('.matrix tbody').length, $('.matrix tbody tr').length]).toEqual([1, 2]);
    expect($('.folds summary').text()).toMatch(/^\+ 1: HORIZON-EURATOM-(LS-)?1$/);
    expect($('.folded td[class^=heat-]').length).toBe(2);
    expect($('[role=status]').text()).toContain('2 in all · One of them is folded below another');
    expect((await matrix('?q=two+programmes')).items).toHaveLength(2);
    const first = await matrix('?q=two+programmes&limit=1');
    expect((await matrix(`?q=two+programmes&limit=1&cursor=${first.next}`)).items).toHaveLength(1);
  });

  it('shows of a topic in two editions the one that closes next, whichever fits better', async () => {
    await world.store(
      [395, 30].map((days) =>
        aCall(`EDITION-${days}`, {
          title: 'Wind in two editions',
          sections: WIND,
          deadlines: [deadline(days)],
        }),
      ),
    );
    await world.test.app
      .get(DataSource)
      .query(`UPDATE match SET score = 99 FROM call WHERE call.id = call_id AND reference = $1`, [
        'HORIZON-EDITION-395',
      ]);
    const $ = await pageFor(coordinator, '/network?q=two+editions');
    expect($('.folds summary').text()).toBe('+ 1: HORIZON-EDITION-395');
  });

  it('begins a joint opportunity for the institutes that want a call', async () => {
    const sea = await somebody(world.test, { role: 'officer', profile: 'sea' });
    const far = await world.id('Far');
    expect((await coordinator.post('/network/joint', { call: far })).location).toBe('/network/joint');
    await sea.post(`/institutes/sea/calls/${far}/interest`, {});
    const before = await pageFor(coordinator, '/network/joint');
    expect(before('#open').parent().text()).toContain('Far');
    // An institute outside the chosen group is named, too.
    const ofGroup = await pageFor(coordinator, '/network/joint?group=shore');
    expect(ofGroup('#open').parent().text()).toContain('Carnot wind, Carnot Sea');
    const { location } = await coordinator.post('/network/joint', { call: far });
    expect(location).toMatch(/^\/network\/joint\/[0-9a-f-]{36}$/);
    const after = await pageFor(coordinator, '/network/joint');
    expect(after('.joint-table tbody tr').length).toBe(1);
    expect(after('#open').length).toBe(0);
    expect((await matrix('?show=wanted')).items[0]!.joint).toMatchObject({ lead: 'wind' });
    const group = await pageFor(coordinator, '/network/groups/shore');
    expect(group('#joint').parent().text()).toContain('Far');
    // The source of the membership, in the reader's language.
    expect(group('#members').parent().text()).toContain('From a map.');
    expect(group('#members').parent().text()).not.toContain('carte');
    expect(group('#best').parent().text()).toContain('Near');
  });

  const invitations = async (): Promise<(string | null)[]> =>
    (
      await world.test.app
        .get(DataSource)
        .getRepository(TransactionalMailEntity)
        .find({ where: { kind: 'invitation' }, order: { createdAt: 'ASC' } })
    ).map((m) => m.toAddress);

  it('says who is silent and where nobody is told, and invites first officers all at once', async () => {
    const $ = await pageFor(coordinator, '/network/institutes?state=nobody');
    expect($('main a[href="/sources"]').text()).toBe('All sources are working');
    expect($('.standing tbody th').text()).toBe('Carnot Third');
    // Suggested from the profile's contacts, and not ticked.
    expect($('input[name="email-third"]').attr('value')).toBe('tina@third.example');
    expect($('input[name=invite]').attr('checked')).toBeUndefined();
    // In the language of the institute's e-mails, unless another is chosen.
    expect($('select[name="language-third"] option[selected]').attr('value')).toBe('en');
    const to = $('form[action*="/invite"]').attr('action')!;
    const wrong = await coordinator.post(to, {
      invite: ['third'],
      'name-third': 'Tina',
      'email-third': 'not an address',
      'language-third': 'fr',
    });
    expect(wrong.status).toBe(422);
    const again = load(wrong.body);
    expect(again('#error-third').text()).toBe('Enter a name and an e-mail address.');
    // The list is still the one that was looked at.
    expect(again('.states [aria-current]').attr('href')).toBe('/network/institutes?state=nobody');
    expect(again('select[name="language-third"] option[selected]').attr('value')).toBe('fr');
    expect(await invitations()).toEqual([]);
    const nobody = await coordinator.post('/network/institutes/invite', {
      ...{ 'name-third': 'Tilda', 'email-third': 'tilda@third.example', 'language-third': 'fr' },
    });
    expect(nobody.status).toBe(422);
    expect(load(nobody.body)('[role=alert]').text()).toBe('Tick at least one person.');
    expect(load(nobody.body)('[name="name-third"]').attr('value')).toBe('Tilda');
    const form = {
      ...{ invite: ['third'], 'name-third': 'Tina', 'email-third': 'tina@third.example' },
      'language-third': 'en',
    };
    const { status, location } = await coordinator.post(to, form);
    expect([status, location]).toEqual([303, '/network/institutes?state=nobody']);
    expect(await invitations()).toEqual(['tina@third.example']);
    const [mail] = await mailsTo(world.test, 'tina@third.example');
    expect(mail!.text).toContain('Hello Tina');
  });

  it('reminds those who were invited and never came, once by a double click, and nobody else', async () => {
    const $ = await pageFor(coordinator, '/network/institutes?state=invited');
    expect($('.standing tbody th').text()).toBe('Carnot Third');
    const id = $('input[name=people]').attr('value')!;
    const remind = () =>
      coordinator.post('/network/institutes/remind', { people: [id, world.officer.person.id] });
    const clicked = await Promise.all([remind(), remind()]);
    expect(clicked.map(({ status }) => status)).toEqual([303, 303]);
    expect(await invitations()).toEqual(['tina@third.example', 'tina@third.example']);
    expect((await world.officer.post('/network/institutes/remind', { people: [id] })).status).toBe(403);
    const nobody = await coordinator.post('/network/institutes/remind', {});
    expect([nobody.status, load(nobody.body)('[role=alert]').text()]).toEqual([
      422,
      'Tick at least one person.',
    ]);
    expect(load(nobody.body)('input[name=people][checked]')).toHaveLength(0);
  });

  it('invites the others where one institute has officers meanwhile, or too many were invited', async () => {
    const { app } = world.test;
    await app.get(DataSource).query(`DELETE FROM person WHERE profile_id IN ('sea', 'third')`);
    await app.get(DataSource).query('DELETE FROM sign_in_rate_limit');
    const invite = (...ids: string[]) => {
      const form = ids.map((id) => ({
        ...{ [`name-${id}`]: `First at ${id}`, [`email-${id}`]: `first@${id}.example` },
        [`language-${id}`]: 'en',
      }));
      return coordinator.post('/network/institutes/invite', Object.assign({ invite: ids }, ...form));
    };
    const all = { what: 'invitations by one person', who: coordinator.person.id, points: 60 } as const;
    await app.get(RateLimit).takeAll([all]);
    const tooMany = await invite('sea', 'third');
    expect(tooMany.status).toBe(429);
    for (const id of ['sea', 'third'])
      expect(load(tooMany.body)(`[name="email-${id}"]`).attr('value')).toBe(`first@${id}.example`);
    await app.get(RateLimit).giveBack([all]);
    const refused = await invite('wind', 'third');
    expect(refused.status).toBe(422);
    expect(load(refused.body)('.error').text()).toBe(
      'Carnot wind: The institute has officers: they invite their colleagues.',
    );
    expect(await invitations()).toContain('first@third.example');
  });

  it('says what needs the coordination: nobody to lead, and two at work on what closes soon', async () => {
    const needs = async (): Promise<string> => (await pageFor(coordinator, '/network'))('.needs').text();
    const before = await needs();
    expect(before).not.toContain('closes within two weeks');
    const soon = aCall('SOON', { title: 'Closes soon', sections: WIND, deadlines: [deadline(10)] });
    await world.store([soon]);
    const id = await world.id('Closes soon');
    const sea = await somebody(world.test, { role: 'officer', profile: 'sea' });
    for (const [who, profile] of [
      [world.officer, 'wind'],
      [sea, 'sea'],
    ] as const)
      await who.post(`/institutes/${profile}/calls/${id}/interest`, {});
    await world.store([aCall('ALONE', { title: 'Of one', sections: WIND, deadlines: [deadline(9)] })]);
    await sea.post(`/institutes/sea/calls/${await world.id('Of one')}/interest`, {});
    const $ = await pageFor(coordinator, '/network');
    const closing = $('.needs a').filter((_, a) => $(a).text().includes('closes within two weeks'));
    expect(closing.text()).toMatch(/^1 call that closes within two weeks/);
    const list = await pageFor(coordinator, closing.attr('href')!);
    expect(list('#within option[selected]').text()).toBe('14 days');
    expect(list('.matrix tbody th a').first().text()).toBe('Closes soon');
    expect(list('.matrix tbody')).toHaveLength(1);
    expect(await needs()).toMatch(/1 call that closes within two weeks.*Closes soon/);
    await coordinator.post('/network/joint', { call: id });
    expect(await needs()).toMatch(/1 joint opportunity without a lead.*Closes soon/);
    for (const [who, profile] of [
      [world.officer, 'wind'],
      [sea, 'sea'],
    ] as const)
      await who.post(`/institutes/${profile}/calls/${id}/interest/withdraw`, {});
    expect(await needs()).not.toContain('Closes soon');
  });

  it('has nothing of interest in calls that are over, and no joint opportunity to begin there', async () => {
    await world.store([aCall('GONE', { title: 'Gone', sections: WIND, deadlines: [deadline(30)] })]);
    const gone = await world.id('Gone');
    const sea = await somebody(world.test, { role: 'officer', profile: 'sea' });
    for (const id of [gone, await world.id('Past')]) {
      await world.officer.post(`/institutes/wind/calls/${id}/interest`, {});
      await sea.post(`/institutes/sea/calls/${id}/interest`, {});
    }
    await coordinator.post('/network/joint', { call: await world.id('Past') });
    const needs = async () => (await pageFor(coordinator, '/network'))('.needs').text();
    const toBegin = async () => (await pageFor(coordinator, '/network/joint'))('#open').parent().text();
    expect([await titles('?show=wanted'), await toBegin()]).toEqual([
      expect.arrayContaining(['Gone']),
      expect.stringContaining('Gone'),
    ]);
    await world.test.app.get(DataSource).query('UPDATE call SET withdrawn_at = now() WHERE id = $1', [gone]);
    const left = [...(await titles('?show=wanted')), ...(await titles('?within=90')), await toBegin()].join();
    expect(left).not.toMatch(/Gone|Past/);
    expect(await needs()).not.toMatch(/Gone|Past/);
  });

  it('lists by deadline what more institutes want first, of calls that close on the same day', async () => {
    const day = deadline(60).at.slice(0, 10);
    const closing = (reference: string, title: string, hour: string) =>
      aCall(reference, {
        title,
        sections: WIND,
        deadlines: [{ at: `${day}T${hour}:00:00Z`, timeTold: true }],
      });
    await world.store([closing('DAWN', 'At dawn', '08'), closing('DUSK', 'At dusk', '15')]);
    await world.officer.post(`/institutes/wind/calls/${await world.id('At dusk')}/interest`, {});
    expect((await titles('?sort=deadline')).filter((title) => title.startsWith('At '))).toEqual([
      'At dusk',
      'At dawn',
    ]);
  });

  it('shows no figure of fewer than three institutes, which is not the same as none', async () => {
    const page = await pageFor(coordinator, '/figures');
    const row = page('tr').filter((_, tr) => page(tr).text().startsWith('Calls decided on'));
    expect(row.find('td').text().trim()).toBe('–');
  });
});
