import { load } from 'cheerio';
import type { JointStepView, JointTeamView, JointView } from '../../../src/network/api/joint-views.js';
import type { OpportunityView } from '../../../src/pipeline/api/opportunity-views.js';
import { DataSource } from 'typeorm';
import { OpportunityRepository } from '../../../src/pipeline/store/opportunity.repository.js';
import { JointOpportunityRepository } from '../../../src/network/store/joint-opportunity.repository.js';
import {
  openMail,
  TransactionalMailEntity,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { secretBox } from '../../support/secrets.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const competence = (label: string, ...keywords: string[]) => ({
  label,
  description: '',
  keywords,
  exclusions: [],
  weight: 1,
});
const PORT = aCall('PORT', {
  title: 'Green hydrogen and coral reefs',
  sections: [
    {
      kind: 'expected-outcome',
      title: 'Expected Outcome',
      text: 'Cranes run on green hydrogen, and green hydrogen is stored there;\nCorals grow on quay walls again, corals spawn and coral reefs recover;\nDockers learn new trades at school.',
    },
  ],
});
const NOISE = Array.from({ length: 60 }, (_, i) => aCall(`N${i}`));

describe('a joint opportunity', () => {
  let world: InboxTest;
  let coordinator: Somebody;
  let coral: Somebody;
  let thirds: Somebody;
  let tokens: Record<string, string>;
  let call: string;
  let id: string;
  beforeAll(async () => {
    world = await startInbox(
      [
        aProfile('hydrogen', {
          language: 'en',
          competences: [competence('Hydrogen', 'green hydrogen', 'electrolyser')],
        }),
        aProfile('coral', {
          name: 'Carnot Coral',
          competences: [competence('Reefs', 'corals', 'coral reefs')],
        }),
        aProfile('third'),
      ],
      [PORT, ...NOISE],
    );
    coordinator = await somebody(world.test, { role: 'coordinator' });
    coral = await somebody(world.test, { role: 'officer', profile: 'coral', name: 'Cora Coral' });
    thirds = await somebody(world.test, { role: 'officer', profile: 'third' });
    tokens = {
      hydrogen: world.token,
      coral: await coral.key('write'),
      third: await thirds.key('write'),
      network: await coordinator.key('write'),
    };
    call = await world.id(PORT.title);
  });
  afterAll(() => world?.stop());

  const ask = <T>(of: string, method: string, path: string, body?: unknown) =>
    api<T & { detail: string; errors?: { path: string }[] }>(world.test.url, `/v1/${path}`, {
      method,
      token: tokens[of]!,
      ...(body !== undefined && { body }),
    });
  const interested = (of: string, body: object = {}) =>
    ask(of, 'PUT', `profiles/${of}/calls/${call}/interest`, body);
  const mailsTo = async (profileId: string): Promise<{ subject: string; text: string }[]> => {
    const mails = world.test.app.get(DataSource).getRepository(TransactionalMailEntity);
    const sent = await mails.find({ where: { kind: 'interest', profileId }, order: { createdAt: 'ASC' } });
    return sent.map((mail) => openMail(secretBox, mail)!);
  };
  const begin = (of: string) => ask<JointView>(of, 'POST', `profiles/${of}/joint-opportunities`, { call });
  const own = async (of: string): Promise<OpportunityView> =>
    (await ask<{ items: OpportunityView[] }>(of, 'GET', `profiles/${of}/opportunities`)).body.items[0]!;

  it('needs two institutes that opened their interest, the one that begins it among them', async () => {
    await interested('hydrogen');
    expect((await begin('hydrogen')).status).toBe(409);
    await interested('coral', { leads: true, brings: 'Divers' });
    expect((await begin('third')).status).toBe(409);
    expect((await begin('hydrogen')).status).toBe(200);
    ({ id } = (await begin('coral')).body);
    const { body } = await ask<{ items: JointView[]; total: number }>(
      'network',
      'GET',
      'joint-opportunities',
    );
    expect(body).toMatchObject({
      total: 1,
      items: [{ id, stage: 'forming', lead: { id: 'coral', name: 'Carnot Coral' }, call: { id: call } }],
    });
    expect(body.items[0]!.members.map((m) => m.id)).toEqual(['hydrogen', 'coral']);
  });

  it('is listed once, page by page, also if the one before it has gone in between', async () => {
    const query = (sql: string, values: unknown[]) => world.test.app.get(DataSource).query(sql, values);
    const added = [await world.id(NOISE[0]!.title), await world.id(NOISE[1]!.title)];
    await query(
      `INSERT INTO joint_opportunity (id, call_id, stage, stage_at, begun_at, updated_at)
       SELECT gen_random_uuid(), unnest($1::uuid[]), 'forming', now(), '2100-01-01', now()`,
      [added],
    );
    type List = { items: JointView[]; next: string };
    const list = async (asked: string) =>
      (await ask<List>('network', 'GET', `joint-opportunities?${asked}`)).body;
    const whole = (await list('limit=3')).items.map((joint) => joint.id);
    const first = await list('limit=2');
    expect(whole[2]).toBe(id);
    await query('DELETE FROM joint_opportunity WHERE id = $1', [whole[1]]);
    const { items, next } = await list(`limit=2&cursor=${first.next}`);
    expect([items.map((joint) => joint.id), next]).toEqual([[id], null]);
    await query('DELETE FROM joint_opportunity WHERE call_id = ANY($1)', [added]);
  });

  it('is in the pipeline of each member as its own, with its role and who leads', async () => {
    expect(await own('hydrogen')).toMatchObject({
      ...{ stage: 'to-study', role: 'partner', lead: 'outside', leadName: 'Carnot Coral' },
      partners: ['Carnot Coral'],
    });
    expect(await own('coral')).toMatchObject({
      ...{ role: 'coordinator', lead: 'inside', leadName: null },
      partners: ['Carnot hydrogen'],
    });
    const { body } = await ask<{ items: { kind: string; by: string }[] }>(
      'hydrogen',
      'GET',
      `profiles/hydrogen/opportunities/${(await own('hydrogen')).id}/history`,
    );
    // The name of another institute's person is not shown outside it.
    expect(body.items).toMatchObject([{ kind: 'joint', by: 'Carnot' }]);
  });

  it('says how well each member answers each point, and what is missing, without the words of any profile', async () => {
    const path = `profiles/coral/joint-opportunities/${id}/team`;
    const { body } = await ask<JointTeamView>('coral', 'GET', path);
    expect(body.statements.map((s) => s.by.map((m) => [m.id, m.level]))).toEqual([
      [
        ['hydrogen', 'well'],
        ['coral', 'no'],
      ],
      [
        ['hydrogen', 'no'],
        ['coral', 'well'],
      ],
      [
        ['hydrogen', 'no'],
        ['coral', 'no'],
      ],
    ]);
    const $ = await pageFor(coral, `/institutes/coral/joint/${id}`);
    expect($('#gaps').parent().text()).toContain('Dockers learn new trades');
    expect($('main').text()).not.toContain('electrolyser');
  });

  it('names whom to speak to at each member, with address and telephone, as far as they allow it', async () => {
    const path = `/institutes/hydrogen/joint/${id}`;
    const seen = async (who = world.officer, at = path) => (await pageFor(who, at))('#members + ul').text();
    expect(await seen()).not.toMatch(/Cora Coral|example\.org/);
    const me = { name: 'Cora Coral', language: 'en', telephone: '+33 (0)4 76 00 00 00' };
    expect((await coral.post('/account', me)).status).toBe(303);
    expect(await seen()).not.toMatch(/Cora Coral|76 00/);
    expect((await coral.post('/account', { ...me, showsContact: 'true' })).status).toBe(303);
    const mine = await pageFor(coral, '/account');
    expect([mine('#telephone').attr('value'), mine('[name=showsContact]').attr('checked')]).toEqual([
      me.telephone,
      'checked',
    ]);
    expect(await seen()).toMatch(/Cora Coral.*@example\.org.*\+33 \(0\)4 76 00 00 00/);
    expect((await pageFor(world.officer, path))('a[href="tel:+33476000000"]').length).toBe(1);
    // Whoever takes no part sees nothing of it, and a number that is none is refused.
    expect((await thirds.get(`/institutes/third/joint/${id}`)).status).toBe(404);
    const wrong = await coral.post('/account', { ...me, telephone: 'ring me', showsContact: 'true' });
    expect([wrong.status, wrong.body.includes('is not a telephone number')]).toEqual([422, true]);
    // The form comes back as it was sent: whoever takes the permission back is not made to give it again.
    const box = (body: string) => load(body)('[name=showsContact]').attr('checked');
    expect(box(wrong.body)).toBe('checked');
    const closed = await coral.post('/account', { ...me, telephone: 'ring me' });
    expect([closed.status, box(closed.body)]).toEqual([422, undefined]);
    expect((await coral.post('/account', { name: me.name, language: 'en' })).status).toBe(303);
    const opened = await coral.post('/account', { ...me, telephone: 'ring me', showsContact: 'true' });
    expect([opened.status, box(opened.body)]).toEqual([422, 'checked']);
    expect(await seen()).not.toMatch(/Cora Coral|76 00/);
  });

  it('gives the pipelines a new lead, and leaves what an institute wrote itself', async () => {
    const { id: bid } = await own('coral');
    await ask('coral', 'PATCH', `profiles/coral/opportunities/${bid}`, {
      leadName: 'Cora herself',
      partners: ['A school'],
    });
    const path = `profiles/hydrogen/joint-opportunities/${id}`;
    expect((await ask('hydrogen', 'PATCH', path, { lead: 'third' })).body).toMatchObject({
      status: 400,
      errors: [{ path: 'lead' }],
    });
    expect((await ask('hydrogen', 'PATCH', path, { stage: 'soon' })).body).toMatchObject({
      status: 400,
      errors: [{ path: 'stage' }],
    });
    expect((await ask<JointView>('hydrogen', 'PATCH', path, { lead: 'hydrogen' })).body.lead?.id).toBe(
      'hydrogen',
    );
    expect(await own('hydrogen')).toMatchObject({ role: 'coordinator', lead: 'inside', leadName: null });
    expect(await own('coral')).toMatchObject({
      ...{ role: 'coordinator', leadName: 'Cora herself' },
      partners: ['A school', 'Carnot hydrogen'],
    });
  });

  it('is changed by a form of a member, what is to be decided by the network too, and stays where the form is wrong', async () => {
    const path = `/institutes/coral/joint/${id}`;
    const wrong = await coral.post(path, { stage: 'preparing', wanted: 'w'.repeat(501) });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('w'.repeat(501));
    expect((await coral.post(path, { lead: 'coral', stage: 'preparing' })).status).toBe(303);
    const form = { wanted: 'A school as partner?', wantedBy: '2026-12-15' };
    expect((await coordinator.post(`/network/joint/${id}`, form)).status).toBe(303);
    expect(
      (await ask<JointView>('coral', 'GET', `profiles/coral/joint-opportunities/${id}`)).body,
    ).toMatchObject({
      ...{ stage: 'preparing', wanted: 'A school as partner?', wantedBy: '2026-12-15' },
      lead: { id: 'coral' },
    });
  });

  describe('its history', () => {
    type Lines = { items: JointStepView[]; next: string | null; total: number };
    const of = (profile: string) => `profiles/${profile}/joint-opportunities/${id}`;
    const history = async (who: string): Promise<JointStepView[]> =>
      (await ask<Lines>(who, 'GET', `${of(who)}/history`)).body.items;

    it('says who changed what and when, newest first, and who of an institute it was there alone', async () => {
      const lines = await history('coral');
      expect(lines.map((l) => [l.kind, l.changes])).toEqual([
        [
          'changed',
          {
            wanted: { from: null, to: 'A school as partner?' },
            wantedBy: { from: null, to: '2026-12-15' },
          },
        ],
        [
          'changed',
          {
            lead: {
              from: { id: 'hydrogen', name: 'Carnot hydrogen' },
              to: { id: 'coral', name: 'Carnot Coral' },
            },
            stage: { from: 'forming', to: 'preparing' },
          },
        ],
        [
          'changed',
          {
            lead: {
              from: { id: 'coral', name: 'Carnot Coral' },
              to: { id: 'hydrogen', name: 'Carnot hydrogen' },
            },
          },
        ],
        [
          'begun',
          {
            lead: { from: null, to: { id: 'coral', name: 'Carnot Coral' } },
            stage: { from: null, to: 'forming' },
          },
        ],
      ]);
      const hydrogen = { id: 'hydrogen', name: 'Carnot hydrogen' };
      const by = async (who: string) => (await history(who)).map((l) => l.by);
      const [inside, outside] = [
        { network: false, institute: hydrogen, person: 'Olga Officer' },
        { network: false, institute: hydrogen, person: null },
      ];
      const network = { network: true, institute: null, person: null };
      const corals = { network: false, institute: { id: 'coral', name: 'Carnot Coral' }, person: null };
      expect(await by('hydrogen')).toEqual([network, corals, inside, inside]);
      expect(await by('coral')).toEqual([network, { ...corals, person: 'Cora Coral' }, outside, outside]);
      const forNetwork = (await pageFor(coordinator, `/network/joint/${id}`))('.joint-history').text();
      expect(forNetwork).toContain('coordinator');
      expect(forNetwork).toContain('Carnot Coral');
      expect(forNetwork).not.toMatch(/Cora Coral|Olga/);
      const { body } = await ask<Lines>('coral', 'GET', `${of('coral')}/history?limit=2`);
      const rest = await ask<Lines>('coral', 'GET', `${of('coral')}/history?limit=2&cursor=${body.next}`);
      expect([body.items.length, body.total, rest.body.items.map((l) => l.kind)]).toEqual([
        2,
        4,
        ['changed', 'begun'],
      ]);
      expect((await ask('third', 'GET', `${of('third')}/history`)).status).toBe(404);
    });

    it('is undone line by line, by whoever takes part, in the pipelines too, and no further than its beginning', async () => {
      const undo = (who: string) => ask<JointView>(who, 'POST', `${of(who)}/undo`);
      const { body: before } = await ask<JointView>('coral', 'GET', of('coral'));
      expect((await undo('third')).status).toBe(404);
      expect((await undo('coral')).body).toMatchObject({
        ...{ stage: 'preparing', wanted: null, wantedBy: null, lead: { id: 'coral' } },
      });
      const $ = await pageFor(coral, `/institutes/coral/joint/${id}`);
      expect($('.joint-history li').first().text()).toContain('Last change undone');
      expect($('.joint-history li').first().text()).toContain('Cora Coral (Carnot Coral)');
      expect($('.joint-history li').eq(1).find('.badge').text().trim()).toBe('undone');
      expect($('.joint-history').text()).not.toContain('Olga');
      // The other member uses the form; after that nothing is left to undo.
      for (const [lead, role] of [
        ['hydrogen', 'coordinator'],
        ['coral', 'partner'],
      ]) {
        expect((await world.officer.post(`/institutes/hydrogen/joint/${id}/undo`)).status).toBe(303);
        expect((await ask<JointView>('coral', 'GET', of('coral'))).body).toMatchObject({
          lead: { id: lead },
          stage: 'forming',
        });
        expect((await own('hydrogen')).role).toBe(role);
      }
      expect((await undo('coral')).status).toBe(409);
      // A stage brought back is as old as it was: meeting packs go by that day.
      expect(
        await world.test.app
          .get(DataSource)
          .query('SELECT stage_at = begun_at AS same FROM joint_opportunity WHERE id = $1', [id]),
      ).toEqual([{ same: true }]);
      const done = await pageFor(coral, `/institutes/coral/joint/${id}`);
      expect(done(`form[action$="/undo"]`).length).toBe(0);
      expect((await history('coral')).map((l) => [l.kind, l.undone])).toEqual([
        ['undo', false],
        ['undo', false],
        ['undo', false],
        ['changed', true],
        ['changed', true],
        ['changed', true],
        ['begun', false],
      ]);
      const { lead, stage, wanted, wantedBy } = before;
      await ask('coral', 'PATCH', of('coral'), { lead: lead!.id, stage, wanted, wantedBy });
      // Repeating the same values adds no history line.
      await ask('coral', 'PATCH', of('coral'), { stage });
      expect((await history('coral')).length).toBe(8);
    });
  });

  describe('an institute that declares its interest later', () => {
    const of = (profile: string) => `profiles/${profile}/joint-opportunities/${id}`;
    const history = async (who: string) =>
      (await ask<{ items: JointStepView[] }>(who, 'GET', `${of(who)}/history`)).body.items;
    const standing = async (who: string) =>
      (await ask<{ joint: unknown }>(who, 'GET', `profiles/${who}/calls/${call}/interest`)).body.joint;

    it('does not ask where the mails that tell the members cannot be stored', async () => {
      const database = world.test.app.get(DataSource);
      await database.query(
        `ALTER TABLE transactional_mail ADD CONSTRAINT no_room CHECK (kind <> 'interest') NOT VALID`,
      );
      try {
        const asked = await ask('third', 'PUT', `profiles/third/calls/${call}/interest`, {
          brings: 'Cranes',
        });
        expect(asked.status).toBe(500);
      } finally {
        await database.query('ALTER TABLE transactional_mail DROP CONSTRAINT no_room');
      }
      expect(await standing('third')).toEqual({ id, state: 'outside' });
    });

    it('asks to join: it reads nothing and changes nothing until a member accepts, who are told by e-mail', async () => {
      expect(await standing('third')).toEqual({ id, state: 'outside' });
      await interested('third', { brings: 'Cranes' });
      expect(await standing('third')).toEqual({ id, state: 'asking' });
      for (const [method, path, body] of [
        ['GET', of('third')],
        ['GET', `${of('third')}/history`],
        ['GET', `${of('third')}/team`],
        ['PATCH', of('third'), { stage: 'funded' }],
        ['POST', `${of('third')}/undo`],
        ['PUT', `${of('third')}/members/third`],
        ['PUT', `profiles/hydrogen/joint-opportunities/${id}/members/third`],
      ] as [string, string, object?][])
        expect([method, path, [403, 404]]).toEqual([
          method,
          path,
          expect.arrayContaining([(await ask('third', method, path, body)).status]),
        ]);
      // It cannot get in by starting what is there already.
      expect((await begin('third')).status).toBe(409);
      expect(
        (await ask<{ total: number }>('third', 'GET', 'profiles/third/joint-opportunities')).body.total,
      ).toBe(0);
      const found = await ask('third', 'GET', 'profiles/third/opportunities');
      expect((found.body as unknown as { total: number }).total).toBe(0);
      expect((await own('hydrogen')).partners).toEqual(['Carnot Coral']);

      const seen = (await ask<JointView>('hydrogen', 'GET', of('hydrogen'))).body;
      expect([seen.members.map((m) => m.id), seen.asking.map((m) => [m.id, m.brings])]).toEqual([
        ['hydrogen', 'coral'],
        [['third', 'Cranes']],
      ]);
      for (const member of ['hydrogen', 'coral'])
        expect(await mailsTo(member)).toMatchObject([
          {
            subject: `Carnot third asks to join the joint opportunity “${PORT.title}”`,
            text: expect.stringContaining(`/institutes/${member}/joint/${id}`),
          },
        ]);
      const page = await pageFor(coral, `/institutes/coral/joint/${id}`);
      expect(page('#asking').parent().text()).toContain('Carnot third');
      const third = await pageFor(thirds, `/institutes/third/calls/${call}`);
      expect(third('main').text()).toContain('You asked to join. One of its members has to accept.');
    });

    it('is declined by a member, which it is told; to ask again it shares its interest anew', async () => {
      expect((await ask('network', 'PUT', `joint-opportunities/${id}/members/third`)).status).toBe(404);
      expect((await ask('coral', 'DELETE', `${of('coral')}/members/hydrogen`)).status).toBe(409);
      expect((await ask('coral', 'DELETE', `${of('coral')}/members/nobody`)).status).toBe(404);
      expect((await ask<JointView>('coral', 'DELETE', `${of('coral')}/members/third`)).body.asking).toEqual(
        [],
      );
      expect(await standing('third')).toEqual({ id, state: 'declined' });
      expect((await mailsTo('third')).map((m) => m.subject)).toEqual([
        `Request declined: joint opportunity “${PORT.title}”`,
      ]);
      const told = (await mailsTo('hydrogen')).length;
      await ask('third', 'DELETE', `profiles/third/calls/${call}/interest`);
      expect(await mailsTo('hydrogen')).toHaveLength(told);
      await interested('third');
      expect(await standing('third')).toEqual({ id, state: 'asking' });
    });

    it('goes on asking where the mail that tells it of the answer cannot be stored', async () => {
      const database = world.test.app.get(DataSource);
      await database.query(
        `ALTER TABLE transactional_mail ADD CONSTRAINT no_room CHECK (kind <> 'interest') NOT VALID`,
      );
      try {
        expect((await ask('coral', 'PUT', `${of('coral')}/members/third`)).status).toBe(500);
      } finally {
        await database.query('ALTER TABLE transactional_mail DROP CONSTRAINT no_room');
      }
      expect((await ask<JointView>('coral', 'GET', of('coral'))).body.asking.map((i) => i.id)).toEqual([
        'third',
      ]);
    });

    it('is accepted by a member, and sees what comes after that, not what was before', async () => {
      const before = await history('coral');
      expect((await coral.post(`/institutes/coral/joint/${id}/members/third/accept`)).status).toBe(303);
      expect(await standing('third')).toEqual({ id, state: 'member' });
      expect((await mailsTo('third')).at(-1)!.subject).toBe(
        `Request accepted: joint opportunity “${PORT.title}”`,
      );
      expect(await own('third')).toMatchObject({ role: 'partner', leadName: 'Carnot Coral' });
      expect((await own('hydrogen')).partners).toEqual(['Carnot Coral', 'Carnot third']);
      expect((await history('third')).map((l) => [l.kind, l.changes, l.by])).toEqual([
        [
          'joined',
          { member: { from: null, to: { id: 'third', name: 'Carnot third' } } },
          { network: false, institute: { id: 'coral', name: 'Carnot Coral' }, person: null },
        ],
      ]);
      const page = `/institutes/coral/joint/${id}`;
      await coral.get(`${page}?lang=fr`);
      expect((await pageFor(coral, page))('.joint-history').text()).toContain(
        'Le Carnot third a rejoint le projet',
      );
      await coral.get(`${page}?lang=en`);
      // What was changed before it came is neither read nor undone by it.
      expect((await ask('third', 'POST', `${of('third')}/undo`)).status).toBe(409);
      await ask('hydrogen', 'PATCH', of('hydrogen'), { wanted: 'Who pays the cranes?' });
      expect((await history('third')).map((l) => l.kind)).toEqual(['changed', 'joined']);
      expect((await history('coral')).length).toBe(before.length + 2);
      expect((await ask<JointView>('third', 'POST', `${of('third')}/undo`)).status).toBe(200);
      expect((await ask<JointView>('third', 'PATCH', of('third'), { stage: 'preparing' })).status).toBe(200);
    });
  });

  it('has its discussion: members and the network read which institute said what, and only its own people who of it', async () => {
    const said = async (who: Somebody, of: string | null): Promise<string> =>
      (await pageFor(who, of === null ? `/network/joint/${id}` : `/institutes/${of}/joint/${id}`))(
        'section[aria-labelledby=discussion] ol',
      ).text();
    const at = (of: string): string => `/institutes/${of}/joint/${id}/messages`;
    const sent = await world.officer.post(at('hydrogen'), { message: 'Shall we meet on Friday? <b>' });
    expect([sent.status, sent.location]).toEqual([303, `/institutes/hydrogen/joint/${id}`]);
    expect(
      (await coordinator.post(`/network/joint/${id}/messages`, { message: 'We book a room.' })).status,
    ).toBe(303);
    expect(
      (await ask('coral', 'POST', `profiles/coral/joint-opportunities/${id}/messages`, { message: 'Yes.' }))
        .status,
    ).toBe(204);
    for (const [who, of] of [
      [world.officer, 'hydrogen'],
      [coral, 'coral'],
      [coordinator, null],
    ] as const)
      expect(await said(who, of)).toMatch(/Friday\? <b>.*Carnot hydrogen.*book a room.*Yes\..*Carnot Coral/s);
    const network = await pageFor(coordinator, `/network/joint/${id}`);
    expect(network('#message-help').text()).toContain('signed by the coordination');
    expect(network('main').text()).not.toMatch(/your (institute’s name|own stage)/i);
    // The name of a person stays within their institute.
    expect(await said(world.officer, 'hydrogen')).toContain('Olga Officer');
    expect(await said(coral, 'coral')).not.toContain('Olga Officer');
    expect((await world.officer.post(at('hydrogen'), { message: ' ' })).status).toBe(422);
    const stranger = await somebody(world.test, { role: 'officer', profile: 'third' });
    expect((await stranger.post(at('hydrogen'), { message: 'Hello' })).status).toBe(403);
    const reader = await somebody(world.test, { role: 'reader', profile: 'coral' });
    expect((await reader.post(at('coral'), { message: 'Hello' })).status).toBe(403);
    // A double click says it once.
    const form = (await pageFor(coral, `/institutes/coral/joint/${id}`))(`form[action="${at('coral')}"]`);
    const once = { id: String(form.find('[name=id]').attr('value')), message: 'Only once.' };
    const clicks = await Promise.all([1, 2].map(() => coral.post(at('coral'), once)));
    expect(clicks.map(({ status }) => status)).toEqual([303, 303]);
    expect((await said(coral, 'coral')).match(/Only once/g)).toHaveLength(1);
    // Who goes back and writes something else says that too.
    expect((await coral.post(at('coral'), { ...once, message: 'And at ten.' })).status).toBe(303);
    expect(await said(coral, 'coral')).toMatch(/Only once\..*And at ten\./s);
    // It is no change that could be undone.
    const { kind } = (
      await ask<{ items: JointStepView[] }>(
        'coral',
        'GET',
        `profiles/coral/joint-opportunities/${id}/history`,
      )
    ).body.items[0]!;
    expect(kind).toBe('said');
  });

  it('has its lead and its stage from its members: the network says what it decides', async () => {
    const path = `/network/joint/${id}`;
    const of = `profiles/coral/joint-opportunities/${id}`;
    const joint = async () => (await ask<JointView>('coral', 'GET', of)).body;
    const before = await joint();
    await coordinator.post(path, { lead: 'third', stage: 'given-up', wanted: 'A ship?' });
    expect(await joint()).toMatchObject({ lead: before.lead, stage: before.stage, wanted: 'A ship?' });
    await coordinator.post(`${path}/undo`);
    expect((await joint()).wanted).toBe(before.wanted);
    await ask('coral', 'PATCH', of, { stage: 'submitted' });
    await coordinator.post(`${path}/undo`);
    expect((await joint()).stage).toBe('submitted');
    const form = await pageFor(coordinator, `/network/joint/${id}`);
    expect(['#lead', '#stage', '#wanted'].map((field) => form(field).length)).toEqual([0, 0, 1]);
    expect(form('form[action$="/accept"]').length).toBe(0);
  });

  it('is changed by a form in what its reader changed: what somebody else changed meanwhile stays', async () => {
    const path = `/institutes/coral/joint/${id}`;
    const of = `profiles/hydrogen/joint-opportunities/${id}`;
    const shown = async () => {
      const form = (await pageFor(coral, path))(`form[action="${path}"]`);
      return Object.fromEntries(form.serializeArray().map(({ name, value }) => [name, value]));
    };
    const before = await shown();
    await ask('hydrogen', 'PATCH', of, { stage: 'preparing', wantedBy: '2026-12-20' });
    await coral.post(path, { ...before, wanted: 'A tug?' });
    expect((await ask<JointView>('hydrogen', 'GET', of)).body).toMatchObject({
      ...{ stage: 'preparing', wanted: 'A tug?', wantedBy: '2026-12-20' },
    });
    await coral.post(path, { ...(await shown()), wantedBy: '' });
    expect((await ask<JointView>('hydrogen', 'GET', of)).body).toMatchObject({ wantedBy: null });
    const $ = await pageFor(coral, path);
    expect($('.joint-history li').first().text()).toContain('No date for the decision any more');
  });

  it('keeps its lead as a member when a withdrawal breaks off half way', async () => {
    const path = `profiles/hydrogen/joint-opportunities/${id}`;
    for (const lead of ['hydrogen', 'coral']) await ask('hydrogen', 'PATCH', path, { lead });
    const broken = jest
      .spyOn(world.test.app.get(OpportunityRepository), 'change')
      .mockRejectedValueOnce(new Error('the process dies'));
    expect((await ask('coral', 'DELETE', `profiles/coral/calls/${call}/interest`)).status).toBe(500);
    broken.mockRestore();
    const { lead, members } = (await ask<JointView>('hydrogen', 'GET', path)).body;
    expect([lead?.id, members.map((m) => m.id).sort()]).toEqual(['coral', ['coral', 'hydrogen', 'third']]);
    // It can be tried again.
    expect((await ask('coral', 'GET', `profiles/coral/joint-opportunities/${id}`)).status).toBe(200);
  });

  it('lets go of who withdraws, and is not there for others', async () => {
    const of = (profile: string) => `profiles/${profile}/joint-opportunities/${id}`;
    const before = (await mailsTo('coral')).length;
    await ask('coral', 'DELETE', `profiles/coral/calls/${call}/interest`);
    expect((await ask('coral', 'GET', of('coral'))).status).toBe(404);
    for (const member of ['hydrogen', 'third'])
      expect((await mailsTo(member)).at(-1)).toMatchObject({
        subject: `Carnot Coral has left the joint opportunity “${PORT.title}”`,
        text: expect.stringMatching(
          new RegExp(`It was the lead: choose\\s+another one\\.[^]*/institutes/${member}/joint/${id}`),
        ),
      });
    expect(await mailsTo('coral')).toHaveLength(before);
    // The leader withdrew: the history no longer names it, and undo cannot restore it as leader.
    const { body: lines } = await ask<{ items: JointStepView[] }>('third', 'GET', `${of('third')}/history`);
    expect(lines.items[0]).toMatchObject({
      kind: 'left',
      changes: { lead: { from: { id: null, name: null }, to: null } },
      by: { network: false, institute: { id: null, name: null }, person: null },
    });
    expect(JSON.stringify(lines)).not.toMatch(/coral/i);
    expect((await ask<JointView>('third', 'GET', of('third'))).body.lead).toBeNull();
    expect(await own('third')).toMatchObject({ role: null, leadName: null, partners: ['Carnot hydrogen'] });
    // What it wrote in its own pipeline stays there.
    expect(await own('coral')).toMatchObject({ leadName: 'Cora herself' });
    // A former member is not restored as leader either.
    for (const lead of ['third', 'hydrogen']) await ask('hydrogen', 'PATCH', of('hydrogen'), { lead });
    await ask('third', 'DELETE', `profiles/third/calls/${call}/interest`);
    expect((await mailsTo('hydrogen')).at(-1)!.text).not.toContain('It was the lead');
    const refused = await ask('hydrogen', 'POST', `${of('hydrogen')}/undo`);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'The institute that was the lead has withdrawn. Nothing was undone.',
    ]);
    expect((await ask<JointView>('hydrogen', 'GET', of('hydrogen'))).body.lead?.id).toBe('hydrogen');
  });

  it('is led by no institute that withdraws at the moment in which it is named', async () => {
    const path = `profiles/hydrogen/joint-opportunities/${id}`;
    await interested('third');
    expect((await ask('hydrogen', 'PUT', `${path}/members/third`)).status).toBe(200);
    const joint = world.test.app.get(JointOpportunityRepository);
    const change = joint.change.bind(joint);
    const named = jest.spyOn(joint, 'change').mockImplementationOnce(async (...given) => {
      await ask('third', 'DELETE', `profiles/third/calls/${call}/interest`);
      return change(...given);
    });
    const answer = await ask('hydrogen', 'PATCH', path, { lead: 'third' });
    named.mockRestore();
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'lead' }] } });
    expect((await ask<JointView>('hydrogen', 'GET', path)).body.lead?.id).toBe('hydrogen');
  });

  it('goes on being undone before the naming of a lead that has withdrawn', async () => {
    const of = `profiles/hydrogen/joint-opportunities/${id}`;
    const wanted = async () => (await ask<JointView>('hydrogen', 'GET', of)).body.wanted;
    const before = await wanted();
    await ask('hydrogen', 'PATCH', of, { lead: null, wanted: 'By mistake' });
    await interested('third');
    await ask('hydrogen', 'PUT', `${of}/members/third`);
    await ask('hydrogen', 'PATCH', of, { lead: 'third' });
    await ask('third', 'DELETE', `profiles/third/calls/${call}/interest`);
    expect(await wanted()).toBe('By mistake');
    expect((await ask('hydrogen', 'POST', `${of}/undo`)).status).toBe(200);
    expect(await wanted()).toBe(before);
  });

  it('that its last member leaves is theirs who are still interested, from then on', async () => {
    const of = (profile: string) => `profiles/${profile}/joint-opportunities/${id}`;
    await interested('coral');
    expect((await ask('coral', 'GET', of('coral'))).status).toBe(404);
    await ask('hydrogen', 'DELETE', `profiles/hydrogen/calls/${call}/interest`);
    expect((await ask<JointView>('coral', 'GET', of('coral'))).body.members.map((m) => m.id)).toEqual([
      'coral',
    ]);
    expect((await mailsTo('coral')).at(-1)).toMatchObject({
      subject: `Your institute has joined the joint opportunity “${PORT.title}”`,
      text: expect.stringContaining(`/institutes/coral/joint/${id}`),
    });
    const { body } = await ask<{ items: JointStepView[] }>('coral', 'GET', `${of('coral')}/history`);
    expect(body.items).toEqual([]);
    await ask('coral', 'PATCH', of('coral'), { stage: 'given-up' });
    expect((await ask<{ total: number }>('coral', 'GET', `${of('coral')}/history`)).body.total).toBe(1);
  });
});
