import { ContactsJob } from '../../../src/notifications/contacts.job.js';
import { somebody } from '../../support/access/people.js';
import { EMAIL, NAME, startTraced, type TracedApp } from '../../support/access/traces.js';

describe('the traces of a person', () => {
  let server: TracedApp['server'];
  let officer: TracedApp['officer'];
  let callId: string;
  let query: TracedApp['query'];
  let ask: TracedApp['ask'];
  let done: TracedApp['done'];
  let borne: TracedApp['borne'];
  let leaveTraces: TracedApp['leaveTraces'];
  let traces: TracedApp['traces'];
  let eraseAddress: TracedApp['eraseAddress'];
  beforeEach(async () => {
    ({ server, officer, callId, query, ask, done, borne, leaveTraces, traces, eraseAddress } =
      await startTraced());
  });
  afterEach(() => server?.stop());

  it('are erased as they were shown, and not where somebody wrote since', async () => {
    const person = await leaveTraces();
    expect((await ask('DELETE', '/v1/me/personal-data', person)).body.errors).toMatchObject([
      { path: 'confirm' },
    ]);
    const { body: preview } = await ask('GET', '/v1/me/personal-data/erase/preview', person);
    expect(preview.data).toMatchObject({ account: 1, notes: 1, researcher: 1 });
    expect(preview.texts).toContainEqual({
      place: 'bids',
      institute: 'leti',
      row: expect.any(String),
      field: 'partners',
      around: ['Lab of [Zébulon Quastenflosser]'],
    });
    // Whoever sends a message to a colleague, or saves a search, does so alone.
    expect(
      preview.texts
        .filter((t: any) => ['messages', 'mails', 'searches'].includes(t.place))
        .map((t: any) => t.around),
    ).toEqual(expect.arrayContaining([null]));
    expect(JSON.stringify(preview)).not.toContain('[Zébulon Quastenflosser] vous propose');
    await done('POST', `/v1/profiles/leti/calls/${callId}/notes`, officer, { text: `And ${NAME}?` });
    const before = (await traces()).length;
    const refused = await ask('DELETE', `/v1/me/personal-data?confirm=${preview.confirm}`, person);
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('preview')]);
    const page = await person.post('/personal-data/erase', { confirm: preview.confirm });
    expect([page.status, page.body.includes('And [Zébulon Quastenflosser]?')]).toEqual([409, true]);
    expect((await traces()).length).toBe(before);
    const { confirm } = (await ask('GET', '/v1/me/personal-data/erase/preview', person)).body;
    expect((await ask('DELETE', `/v1/me/personal-data?confirm=${confirm}`, person)).body.texts).toBe(
      preview.texts.length + 1,
    );
  });

  it('are found where accents are stored as letters of their own', async () => {
    const person = await leaveTraces();
    const id = (await query('SELECT id FROM note LIMIT 1'))[0].id;
    await query(`UPDATE person SET name = 'Zoé Éléonore' WHERE email = $1`, [EMAIL]);
    await query('UPDATE note SET text = $1 WHERE id = $2', ['Zoé Éléonore knows'.normalize('NFD'), id]);
    const { confirm } = (await ask('GET', '/v1/me/personal-data/erase/preview', person)).body;
    await ask('DELETE', `/v1/me/personal-data?confirm=${confirm}`, person);
    expect(await query('SELECT text FROM note WHERE id = $1', [id])).toEqual([{ text: '– knows' }]);
  });

  it('leave the texts of others alone, which are named where they can be read', async () => {
    const person = await leaveTraces();
    const mines = await somebody(server, { role: 'officer', profile: 'mines' });
    await done('PUT', `/v1/profiles/mines/calls/${callId}/interest`, mines, { brings: `Knows ${NAME}` });
    await done('POST', `/v1/profiles/mines/calls/${callId}/notes`, mines, {
      text: `SECRET about ${NAME} <${EMAIL}>`,
    });
    const joint = (await ask('GET', '/v1/profiles/mines/joint-opportunities', mines)).body.items[0].id;
    await done('PATCH', `/v1/profiles/mines/joint-opportunities/${joint}`, mines, {
      wanted: `Who replaces ${NAME}?`,
    });
    const expected = [
      { place: 'interests', institute: 'mines', texts: 1 },
      { place: 'joint-bids', institute: 'mines', texts: 2 },
    ];
    const asked = await done('POST', '/v1/personal-data/erase/preview', officer, { email: EMAIL });
    expect(asked.untouched).toEqual(expected);
    const preview = await done('GET', '/v1/me/personal-data/erase/preview', person);
    expect(preview.untouched).toEqual(expected);
    expect(JSON.stringify([asked, preview])).not.toContain('SECRET');
    // Their address is theirs everywhere: that another institute wrote it is said, and not what it wrote.
    expect(preview.texts.filter((t: any) => t.institute === 'mines')).toEqual([
      { place: 'notes', institute: 'mines', row: expect.any(String), field: 'text', around: null },
    ]);
    expect(asked.texts.filter((t: any) => t.institute === 'mines')).toEqual([]);
    const erased = await done('DELETE', `/v1/me/personal-data?confirm=${preview.confirm}`, person);
    expect(erased.untouched).toEqual(expected);
    expect(await traces(new RegExp(EMAIL, 'i'))).toEqual([]);
    expect(await query(`SELECT text FROM note WHERE profile_id = 'mines'`)).toEqual([
      { text: `SECRET about ${NAME} <–>` },
    ]);
    expect(await query(`SELECT brings FROM interest WHERE profile_id = 'mines'`)).toEqual([
      { brings: `Knows ${NAME}` },
    ]);
  });

  it('are no way to destroy what others wrote: a name of a day, or in part of a word, is nobody’s', async () => {
    const person = await somebody(server, {
      role: 'reader',
      profile: 'leti',
      name: 'Pierre',
      email: 'p@leti.test',
    });
    const mines = await somebody(server, { role: 'officer', profile: 'mines' });
    const texts = [
      'Pierre met la pierre, Jean-Pierre et Pierrefonds; d’après Pierre, Pierre’s',
      'everything else',
    ];
    for (const [at, by] of [
      ['/v1/profiles/leti', officer],
      ['/v1/profiles/mines', mines],
    ] as const) {
      const { id } = await done('POST', `${at}/opportunities`, by, { call: callId, why: null });
      for (const text of texts) {
        await done('POST', `${at}/calls/${callId}/notes`, by, { text });
        await done('POST', `${at}/opportunities/${id}/comments`, by, { text });
      }
    }
    await borne();
    for (const name of ['e', 'everything', 'Pierre le Grand'])
      await done('PATCH', '/v1/me', person, { name, language: 'fr' });
    const { confirm } = await done('GET', '/v1/me/personal-data/erase/preview', person);
    await done('DELETE', `/v1/me/personal-data?confirm=${confirm}`, person);
    for (const table of ['opportunity_comment', 'note'] as const) {
      const kept = async (profile: string) =>
        (await query(`SELECT text FROM ${table} WHERE profile_id = $1 ORDER BY created_at`, [profile])).map(
          (row) => row.text,
        );
      expect([table, await kept('mines')]).toEqual([table, texts]);
      expect([table, await kept('leti')]).toEqual([
        table,
        ['– met la pierre, Jean-Pierre et Pierrefonds; d’après –, –’s', 'everything else'],
      ]);
    }
  });

  it('are erased of a contact whom another institute names too, and who goes on hearing from it', async () => {
    const mines = await somebody(server, { role: 'officer', profile: 'mines' });
    const email = 'shared@contact.test';
    for (const [profile, by] of [
      ['leti', officer],
      ['mines', mines],
    ] as const) {
      const content = await done('GET', `/v1/profiles/${profile}`, by);
      await done('PUT', `/v1/profiles/${profile}`, by, { ...content, contacts: [{ name: 'Shared', email }] });
    }
    await query('UPDATE contact SET confirmed_at = now()');
    for (const profileId of ['leti', 'mines']) await server.app.get(ContactsJob).run({ profileId });
    const heard = () =>
      query(
        `SELECT r.profile_id, f.target FROM recipient r JOIN follow f ON f.recipient_id = r.id WHERE r.address = $1 ORDER BY 2`,
        [email],
      );
    expect(await heard()).toEqual([
      { profile_id: 'leti', target: 'leti' },
      { profile_id: 'leti', target: 'mines' },
    ]);
    expect((await eraseAddress(officer, email)).status).toBe(200);
    expect(await heard()).toEqual([{ profile_id: 'mines', target: 'mines' }]);
    expect(await query('SELECT profile_id FROM audit_name WHERE address = $1', [email])).toEqual([
      { profile_id: 'mines' },
    ]);
    expect((await eraseAddress(mines, email)).status).toBe(200);
    expect(await traces(/shared@contact/)).toEqual([]);
  });

  it('are none of a coordinator who follows an institute: it cannot end by an erasure what they hear of it', async () => {
    const email = 'coco@network.test';
    const coordinator = await somebody(server, { role: 'coordinator', email });
    await done('PUT', '/v1/me/follows/profile/leti', coordinator);
    expect((await eraseAddress(officer, email)).status).toBe(200);
    const { body } = await ask('GET', '/v1/me/personal-data', coordinator);
    expect(body.follows).toMatchObject([{ kind: 'profile', target: 'leti' }]);
  });

  it.each([
    ['an officer of another institute', 'officer', 'mines'],
    ['a coordinator', 'coordinator', undefined],
  ] as const)(
    'are erased of a contact who is %s, and keeps what they chose to get',
    async (_, role, profile) => {
      const email = 'moved@contact.test';
      const content = await done('GET', '/v1/profiles/leti', officer);
      await done('PUT', '/v1/profiles/leti', officer, { ...content, contacts: [{ name: 'Moved', email }] });
      await query('UPDATE contact SET confirmed_at = now()');
      await server.app.get(ContactsJob).run({ profileId: 'leti' });
      const moved = await somebody(server, { role, ...(profile && { profile }), name: 'Moved', email });
      await server.app.get(ContactsJob).run({ profileId: 'mines' });
      await done('PUT', '/v1/me/notification-preferences', moved, { preferences: { frequency: 'daily' } });
      await done('PUT', `/v1/me/follows/call/${callId}`, moved);
      const chosen = () =>
        query(
          `SELECT r.profile_id AS at, r.preferences->>'frequency' AS often, array_agg(f.target ORDER BY f.kind, f.target) AS follows
           FROM recipient r JOIN follow f ON f.recipient_id = r.id WHERE r.address = $1 GROUP BY r.id`,
          [email],
        );
      const own = [callId, ...(profile ? [profile] : [])];
      expect(await chosen()).toEqual([
        { at: 'leti', often: 'daily', follows: [callId, 'leti', ...own.slice(1)] },
      ]);
      expect((await eraseAddress(officer, email)).status).toBe(200);
      expect(await chosen()).toEqual([{ at: profile ?? null, often: 'daily', follows: own }]);
    },
  );
});
