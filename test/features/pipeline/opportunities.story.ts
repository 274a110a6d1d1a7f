import { DataSource } from 'typeorm';
import { ProposalEntity } from '../../../src/proposals/store/proposal.entity.js';
import { TransactionalMailEntity } from '../../../src/outbox/store/transactional-mail.repository.js';
import { TestClock } from '../../support/clock.js';
import { somebody } from '../../support/access/people.js';
import { PipelineTest } from '../../support/institutes/pipeline.js';
import { randomUUID } from 'node:crypto';

describe('the pipeline of an institute', () => {
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let pipeline: PipelineTest;
  beforeAll(async () => {
    pipeline = await PipelineTest.start(['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven'], clock);
  });
  afterAll(() => pipeline?.stop());

  const hour = () => clock.move({ hours: 1 });

  it('begins with a call found relevant or to be studied, and not with one that is put off or refused', async () => {
    await pipeline.decide('One', { verdict: 'relevant' });
    await pipeline.decide('Two', { verdict: 'study' });
    await pipeline.decide('Three', { verdict: 'later', until: '2026-07-01' });
    await pipeline.decide('Four', { verdict: 'not', reason: 'trl' });
    expect(await pipeline.takeUp()).toEqual(['wind']);
    const all = await pipeline.all();
    expect(all.map((o) => [o.call.title, o.stage]).sort()).toEqual([
      ['One', 'to-study'],
      ['Two', 'to-study'],
    ]);
    expect(all[0]!).toMatchObject({
      deadline: '2026-11-17T16:00:00.000Z',
      next: ['go-no-go', 'preparing', 'no-go', 'withdrawn'],
      canUndo: false,
    });
    expect(await pipeline.history(all[0]!.id)).toMatchObject([
      { kind: 'taken-up', by: 'Olga Officer', at: '2026-06-01T08:00:00.000Z' },
    ]);
    // Nothing remains to be done.
    expect(await pipeline.takeUp()).toEqual([]);
  });

  it('lets go of a call whose verdict is taken back, as long as nobody has done anything with it', async () => {
    hour();
    await pipeline.decide('Two', null);
    await pipeline.takeUp();
    expect((await pipeline.all()).map((o) => o.call.title)).toEqual(['One']);
    const { id } = await pipeline.one('One');
    await pipeline.ask('PATCH', `opportunities/${id}`, { leadName: 'Paul' });
    await pipeline.decide('One', null);
    expect(await pipeline.takeUp()).toEqual([]);
    expect((await pipeline.one('One')).leadName).toBe('Paul');
  });

  it('has no next deadline once its call is withdrawn, and keeps the one it is prepared for', async () => {
    const database = pipeline.world.test.app.get(DataSource);
    const { call } = await pipeline.one('One');
    const withdrawn = (at: string | null) =>
      database.query('UPDATE call SET withdrawn_at = $1 WHERE id = $2', [at, call.id]);
    await withdrawn(clock.now().toISOString());
    expect(await pipeline.one('One')).toMatchObject({
      deadline: '2026-11-17T16:00:00.000Z',
      call: { status: 'withdrawn', nextDeadline: null },
    });
    await withdrawn(null);
  });

  it('keeps what colleagues said about a bid whose call is put off', async () => {
    await pipeline.decide('Seven', { verdict: 'relevant' });
    await pipeline.takeUp();
    const { id } = await pipeline.one('Seven');
    const comments = `opportunities/${id}/comments`;
    const { body: said } = await pipeline.ask<{ id: string }>('POST', comments, { text: 'Ada would lead.' });
    await pipeline.decide('Seven', { verdict: 'later', until: '2026-07-01' });
    expect(await pipeline.takeUp()).toEqual([]);
    expect((await pipeline.ask('GET', comments)).body).toMatchObject({
      items: [{ text: 'Ada would lead.' }],
    });
    await pipeline.ask('DELETE', `${comments}/${said.id}`);
    await pipeline.takeUp();
    expect((await pipeline.ask('GET', `opportunities/${id}`)).status).toBe(404);
  });

  /** Inserts a proposal sent to a researcher, accepted at `yes` if given. */
  async function propose(title: string, yes: Date | null): Promise<void> {
    const database = pipeline.world.test.app.get(DataSource);
    const mailId = randomUUID();
    const at = clock.now();
    await database.getRepository(TransactionalMailEntity).insert({
      ...{ id: mailId, kind: 'proposal', profileId: 'wind', toAddress: 'rita@example.org', subject: 'x' },
      ...{ text: '', html: '', messageId: 'x@x', state: 'sent', createdAt: at },
    });
    await database.getRepository(ProposalEntity).insert({
      ...{ id: randomUUID(), profileId: 'wind', callId: await pipeline.world.id(title), researcherId: null },
      ...{ name: 'Rita Researcher', email: 'rita@example.org', language: 'en', subject: 'x', text: 'x' },
      ...{ tokenHash: randomUUID(), askedBy: 'Otto Officer', personId: null, createdAt: at, mailId },
      ...(yes && { answer: 'interested', answeredAt: yes }),
    });
  }

  it('begins with a proposal to a researcher too, whose yes asks for the decision', async () => {
    hour();
    await propose('Five', null);
    await pipeline.takeUp();
    expect(await pipeline.one('Five')).toMatchObject({ stage: 'to-study' });
    hour();
    await pipeline.world.test.app
      .get(DataSource)
      .query(`UPDATE proposal SET answer = 'interested', answered_at = $1`, [clock.now()]);
    await pipeline.takeUp();
    const five = await pipeline.one('Five');
    expect(five.stage).toBe('go-no-go');
    expect((await pipeline.history(five.id)).map((s) => [s.kind, s.by, s.why])).toEqual([
      ['decided', 'Rita Researcher', 'yes'],
      ['taken-up', 'Otto Officer', 'asked'],
    ]);
    // A bid that a person moves back stays there.
    hour();
    await pipeline.move(five.id, 'to-study', { why: 'Not yet' });
    expect(await pipeline.takeUp()).toEqual([]);
  });

  it('ends what was not decided yet where the call is found not to be for the institute', async () => {
    hour();
    await pipeline.decide('Five', { verdict: 'not', reason: 'capacity' });
    await pipeline.takeUp();
    const five = await pipeline.one('Five');
    expect(five.stage).toBe('no-go');
    expect((await pipeline.history(five.id))[0]).toMatchObject({ by: 'Olga Officer', why: 'capacity' });
  });

  it('goes on where it was once that decision is taken back, and stays ended where a person ended it', async () => {
    hour();
    await pipeline.decide('Five', null);
    expect(await pipeline.takeUp()).toEqual(['wind']);
    const five = await pipeline.one('Five');
    expect(five).toMatchObject({ stage: 'to-study' });
    expect((await pipeline.history(five.id)).map((s) => [s.kind, s.by, s.undone]).slice(0, 2)).toEqual([
      ['undo', 'Olga Officer', false],
      ['decided', 'Olga Officer', true],
    ]);
    // A researcher who says yes meanwhile has asked for the decision.
    hour();
    await pipeline.decide('Five', { verdict: 'not', reason: 'capacity' });
    await pipeline.takeUp();
    hour();
    await pipeline.world.test.app
      .get(DataSource)
      .query(`UPDATE proposal SET answered_at = $1`, [clock.now()]);
    await pipeline.takeUp();
    hour();
    await pipeline.decide('Five', { verdict: 'relevant' });
    expect(await pipeline.takeUp()).toEqual(['wind']);
    expect(await pipeline.takeUp()).toEqual([]);
    expect((await pipeline.one('Five')).stage).toBe('go-no-go');
    expect((await pipeline.history(five.id)).map((s) => [s.kind, s.by, s.why]).slice(0, 2)).toEqual([
      ['decided', 'Rita Researcher', 'yes'],
      ['undo', 'Olga Officer', null],
    ]);
    hour();
    await pipeline.move(five.id, 'no-go', { why: 'capacity' });
    await pipeline.decide('Five', { verdict: 'relevant' });
    expect(await pipeline.takeUp()).toEqual([]);
    expect((await pipeline.one('Five')).stage).toBe('no-go');
  });

  it('goes step by step to the contract, each with who, when and why', async () => {
    const { id } = await pipeline.begin('Six');
    expect((await pipeline.begin('Six')).id).toBe(id);
    for (const stage of ['go-no-go', 'preparing', 'submitted', 'reserve-list', 'funded']) {
      hour();
      const { status, body } = await pipeline.move(id, stage, { why: `so: ${stage}` });
      expect({ status, stage: body.stage }).toEqual({ status: 200, stage });
    }
    expect((await pipeline.history(id)).map((s) => [s.kind, s.why, s.by])).toEqual([
      ...['funded', 'reserve-list', 'submitted', 'preparing', 'go-no-go'].map((s) => [
        'stage',
        `so: ${s}`,
        'Olga Officer',
      ]),
      ['begun', null, 'Olga Officer'],
    ]);
  });

  it('says which stage cannot follow, and which can', async () => {
    const { id } = await pipeline.begin('Seven');
    const refused = await pipeline.move(id, 'funded');
    expect(refused).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: 'stage',
            message: 'cannot follow to-study; use one of: go-no-go, preparing, no-go, withdrawn',
          },
        ],
      },
    });
    expect((await pipeline.move(id, 'won')).body.errors).toMatchObject([{ path: 'stage' }]);
    expect((await pipeline.move(id, 'preparing', { from: 'go-no-go' })).status).toBe(409);
    expect((await pipeline.ask('POST', 'opportunities', { call: id })).body.errors).toMatchObject([
      { path: 'call' },
    ]);
  });

  it('keeps what is known of a bid, and says of each field what is wrong with it', async () => {
    const { id } = await pipeline.one('Seven');
    const facts = {
      lead: 'outside',
      leadName: 'Université de Gand',
      role: 'partner',
      partners: ['Gand', 'TU Delft'],
      requested: 4_000_000,
      share: 650_000.5,
      probability: 30,
      proposalNumber: '101234567',
      decideBy: '2026-07-15',
    };
    expect((await pipeline.ask('PATCH', `opportunities/${id}`, facts)).body).toMatchObject(facts);
    for (const [wrong, path] of [
      [{ share: 4_000_001 }, 'share'],
      [{ probability: 101 }, 'probability'],
      [{ currency: 'euros' }, 'currency'],
      [{ decideBy: 'soon' }, 'decideBy'],
      [{ partners: ['x', ''] }, 'partners[1]'],
      [{ stage: 'funded' }, 'stage'],
    ] as const)
      expect(await pipeline.ask('PATCH', `opportunities/${id}`, wrong)).toMatchObject({
        status: 400,
        body: { errors: [{ path }] },
      });
    expect((await pipeline.one('Seven')).share).toBe(650_000.5);
  });

  it('takes changes back one after the other, of whichever kind, and keeps both in the history', async () => {
    const { id } = await pipeline.one('Seven');
    await pipeline.move(id, 'preparing');
    await pipeline.ask('PATCH', `opportunities/${id}`, { probability: 60, role: 'coordinator' });
    const undo = async () => (await pipeline.ask('POST', `opportunities/${id}/undo`)).body;
    const { stageAt } = await pipeline.one('Seven');
    hour();
    await pipeline.move(id, 'submitted');
    hour();
    // As old as it was: figures of a period count the stages reached in it.
    expect(await undo()).toMatchObject({ stage: 'preparing', stageAt });
    expect(await undo()).toMatchObject({ probability: 30, role: 'partner', stage: 'preparing' });
    expect(await undo()).toMatchObject({ stage: 'to-study', probability: 30 });
    expect(await undo()).toMatchObject({ probability: null, partners: [], canUndo: false });
    expect((await pipeline.ask('POST', `opportunities/${id}/undo`)).status).toBe(409);
    const lines = await pipeline.history(id);
    expect(lines.map((s) => [s.kind, s.undone])).toEqual([
      ['undo', false],
      ['undo', false],
      ['undo', false],
      ['undo', false],
      ['stage', true],
      ['facts', true],
      ['stage', true],
      ['facts', true],
      ['begun', false],
    ]);
  });

  it('of two at once takes one after the other: neither change is lost', async () => {
    const { id } = await pipeline.one('Seven');
    await Promise.all([
      pipeline.ask('PATCH', `opportunities/${id}`, { probability: 10 }),
      pipeline.ask('PATCH', `opportunities/${id}`, { leadName: 'Zoe' }),
      pipeline.move(id, 'preparing'),
    ]);
    expect(await pipeline.one('Seven')).toMatchObject({
      probability: 10,
      leadName: 'Zoe',
      stage: 'preparing',
    });
    expect(new Set((await pipeline.history(id)).map((s) => s.id)).size).toBe(12);
  });

  it('is narrowed by stage, lead, role and words, and counted by stage', async () => {
    const titles = async (query: string) => (await pipeline.all(query)).map((o) => o.call.title);
    expect(await titles('?stage=preparing')).toEqual(['Seven']);
    expect(await titles('?q=zoe')).toEqual(['Seven']);
    expect(await titles('?q=p5')).toEqual(['Six']);
    expect(await titles('?q=%25')).toEqual([]);
    expect((await pipeline.all('?limit=2')).length).toBe(2);
    const { body } = await pipeline.ask<{ counts: Record<string, number>; total: number; next: string }>(
      'GET',
      'opportunities?limit=1',
    );
    expect(body).toMatchObject({
      total: 4,
      counts: { 'to-study': 1, preparing: 1, 'no-go': 1, funded: 1, submitted: 0 },
    });
    const second = await pipeline.all(`?limit=3&cursor=${body.next}`);
    expect(new Set([...second, ...(await pipeline.all('?limit=1'))].map((o) => o.id)).size).toBe(4);
  });

  it('is seen by nobody of another institute, and by no coordinator', async () => {
    const { id } = await pipeline.one('Seven');
    const { test } = pipeline.world;
    for (const who of [
      await somebody(test, { role: 'officer', profile: 'other' }),
      await somebody(test, { role: 'coordinator' }),
    ]) {
      const key = await who.key('write');
      const of = async (path: string) =>
        (
          await fetch(new URL(`/v1/profiles/${path}`, test.url), {
            headers: { authorization: `Bearer ${key}` },
          })
        ).status;
      expect(await of('wind/opportunities')).toBe(403);
      expect(await of(`wind/opportunities/${id}`)).toBe(403);
      // Another institute's bid does not exist under one's own path.
      if (who.person.profileId) expect(await of(`other/opportunities/${id}/history`)).toBe(404);
    }
  });

  it('takes no day of the year 0, which no calendar has, and names the field', async () => {
    const { id } = await pipeline.one('One');
    for (const field of ['decideBy', 'signedOn']) {
      const { status, body } = await pipeline.ask('PATCH', `opportunities/${id}`, { [field]: '0000-12-31' });
      expect({ status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ path: field }] });
    }
  });
});
