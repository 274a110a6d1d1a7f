import { runJob } from '../../support/queue/run-job.js';
import { DataSource } from 'typeorm';
import { REMIND, RemindJob } from '../../../src/pipeline/remind.job.js';
import {
  openMail,
  TransactionalMailEntity,
} from '../../../src/outbox/store/transactional-mail.repository.js';
import { api } from '../../support/app.js';
import { eventsIn } from '../../support/institutes/calendars.js';
import { secretBox } from '../../support/secrets.js';
import { TestClock } from '../../support/clock.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { PipelineTest } from '../../support/institutes/pipeline.js';
import { get } from '../../support/institutes/sheets.js';

describe('dates of one’s own', () => {
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let pipeline: PipelineTest;
  let colleague: Somebody;
  let id: string;
  beforeAll(async () => {
    pipeline = await PipelineTest.start(['Alpha', 'Beta'], clock);
    colleague = await somebody(pipeline.world.test, {
      role: 'officer',
      profile: 'wind',
      name: 'Chloé',
      language: 'fr',
    });
    ({ id } = await pipeline.begin('Alpha'));
    const put = await pipeline.ask('PUT', `opportunities/${id}/milestones`, {
      milestones: [
        { label: 'First draft', on: '2026-06-08', personId: pipeline.world.officer.person.id },
        { label: 'Budget', on: '2026-06-20', before: 150, personId: colleague.person.id },
        { label: 'Old', on: '2026-06-05', done: true, personId: colleague.person.id },
      ],
    });
    expect(put.status).toBe(200);
    await pipeline.ask('PATCH', `opportunities/${id}`, { decideBy: '2026-06-12' });
  });
  afterAll(() => pipeline?.stop());

  /** Creates a calendar as `who` and reads it. */
  const calendar = async (path: string, who: Somebody): Promise<string> => {
    const { body } = await api<{ address: string }>(pipeline.world.test.url, path, {
      method: 'POST',
      token: who,
      body: { name: 'Dates' },
    });
    const file = await get(pipeline.world.test.url, new URL(body.address).pathname);
    return file.text();
  };
  const own = (text: string): string[] =>
    eventsIn(text)
      .flatMap((event) => (event.uid.startsWith('milestone-') ? [event.summary] : []))
      .sort();

  it('are refused where they are of somebody else, or of another opportunity', async () => {
    const stranger = await somebody(pipeline.world.test, { role: 'officer', profile: 'other' });
    const put = (one: object) =>
      pipeline.ask('PUT', `opportunities/${id}/milestones`, {
        milestones: [{ label: 'X', on: '2026-06-08', ...one }],
      });
    expect(await put({ personId: stranger.person.id })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'milestones[0].personId' }] },
    });
    expect((await put({ id })).body.errors).toMatchObject([{ path: 'milestones[0].id' }]);
    expect((await put({ on: 'soon' })).body.errors).toMatchObject([{ path: 'milestones[0].on' }]);
  });

  it('are in the calendar of the institute, and those of a person in their own, but in no group’s', async () => {
    expect(own(await calendar('/v1/profiles/wind/calendars', pipeline.world.officer))).toEqual([
      'Budget: Alpha',
      'First draft: Alpha',
      'Go / no-go: Alpha',
    ]);
    expect(own(await calendar('/v1/me/calendars', pipeline.world.officer))).toEqual(['First draft: Alpha']);
    const other = await somebody(pipeline.world.test, { role: 'officer', profile: 'other' });
    expect(own(await calendar('/v1/profiles/other/calendars', other))).toEqual([]);
  });

  /** Runs what is due, as a tick does, and returns the mails created. */
  async function reminded(): Promise<TransactionalMailEntity[]> {
    const { app } = pipeline.world.test;
    const mails = app.get(DataSource).getRepository(TransactionalMailEntity);
    const before = new Set((await mails.findBy({ kind: 'milestones' })).map((m) => m.id));
    for (const { data } of await app.get(RemindJob).due())
      await runJob(app, REMIND, data as { profileId: string; personId: string });
    return (await mails.findBy({ kind: 'milestones' })).filter((m) => !before.has(m.id));
  }
  async function remind(): Promise<{ to: string; subject: string }[]> {
    return (await reminded())
      .map((m) => ({ to: m.toName!, subject: m.subject.replaceAll('\u00a0', ' ') }))
      .sort((a, b) => a.to.localeCompare(b.to));
  }

  it('are in the mails of who has them: a week ahead, on the eve, and each once', async () => {
    expect(await remind()).toEqual([{ to: 'Olga Officer', subject: 'First draft: 8 June 2026 (Alpha)' }]);
    expect(await remind()).toEqual([]);
    clock.set('2026-06-07T03:00:00Z');
    expect(await remind()).toEqual([]);
    clock.set('2026-06-07T08:00:00Z');
    expect((await remind()).map((m) => m.to)).toEqual(['Olga Officer']);
    clock.set('2026-06-14T08:00:00Z');
    expect(await remind()).toEqual([
      { to: 'Chloé', subject: 'Budget : le 20 juin 2026 (Alpha)' },
      { to: 'Olga Officer', subject: 'First draft: overdue since 8 June 2026 (Alpha)' },
    ]);
  });

  it('and tasks with a day are so too, until they are done', async () => {
    const who = pipeline.world.officer;
    await who.signInAgain();
    const task = { text: 'Call Delft', due: '2026-06-15', personId: who.person.id };
    const { body } = await pipeline.ask('POST', `opportunities/${id}/tasks`, task);
    expect(own(await calendar('/v1/me/calendars', who))).toContain('Call Delft: Alpha');
    expect(await remind()).toEqual([{ to: 'Olga Officer', subject: 'Call Delft: due 15 June 2026 (Alpha)' }]);
    expect((await pipeline.all(`?person=${who.person.id}`)).map((o) => o.call.title)).toEqual(['Alpha']);
    await pipeline.ask('PATCH', `opportunities/${id}/tasks/${body.tasks[0]!.id}`, { done: true });
    expect(own(await calendar('/v1/me/calendars', who))).not.toContain('Call Delft: Alpha');
    expect(await remind()).toEqual([]);
  });

  it('are asked for where the deadline moved, of all who have one', async () => {
    await pipeline.world.store([
      PipelineTest.call('Alpha', 0, '2026-12-01T16:00:00.000Z'),
      PipelineTest.call('Beta', 1),
    ]);
    expect(await remind()).toEqual([
      {
        to: 'Chloé',
        subject: expect.stringContaining('La date limite a été déplacée au 1er décembre 2026') as string,
      },
      {
        to: 'Olga Officer',
        subject: expect.stringContaining('The deadline moved to 1 December 2026') as string,
      },
    ]);
    await pipeline.ask('PUT', `opportunities/${id}/deadline`, { deadline: '2026-12-01T16:00:00.000Z' });
    expect(await remind()).toEqual([]);
    expect((await pipeline.one('Alpha')).milestones.map((m) => m.on)).toEqual([
      '2026-06-05',
      '2026-06-22',
      '2026-07-03',
    ]);
  });

  it('of somebody who left are told to the others who have one', async () => {
    clock.set('2026-06-28T08:00:00Z');
    await pipeline.world.test.app
      .get(DataSource)
      .query('UPDATE person SET removed_at = now() WHERE id = $1', [colleague.person.id]);
    const mails = await reminded();
    expect(mails.map((m) => m.toName)).toEqual(['Olga Officer']);
    const text = openMail(secretBox, mails[0]!)!.text.replaceAll(/\s+/g, ' ');
    expect(text).toContain('First draft: overdue since 22 June 2026');
    expect(text).toContain('Budget: 3 July 2026');
  });

  it('of a funded bid are in the calendars as they are in the mails: its contract is still to come', async () => {
    const who = pipeline.world.officer;
    await who.signInAgain();
    for (const stage of ['preparing', 'submitted', 'funded'])
      expect((await pipeline.move(id, stage)).status).toBe(200);
    const task = { text: 'Sign the agreement', due: '2026-07-02', personId: who.person.id };
    await pipeline.ask('POST', `opportunities/${id}/tasks`, task);
    expect((await remind()).map((m) => m.subject)).toEqual(['Sign the agreement: due 2 July 2026 (Alpha)']);
    expect(own(await calendar('/v1/me/calendars', who))).toContain('Sign the agreement: Alpha');
  });

  it('on the way to a deadline end with the submission for it, in mails, in calendars and on the card', async () => {
    const who = pipeline.world.officer;
    const milestones = [
      { label: 'Signatures', on: '2026-06-29', personId: who.person.id },
      { label: 'Hearing', on: '2027-01-20', personId: who.person.id },
    ];
    await pipeline.ask('PUT', `opportunities/${id}/milestones`, { milestones });
    expect(await remind()).toEqual([]);
    const calendars = own(await calendar('/v1/me/calendars', who));
    expect(calendars).toContain('Hearing: Alpha');
    expect(calendars).not.toContain('Signatures: Alpha');
    const board = (await who.get('/institutes/wind/pipeline')).body;
    expect(board).toContain('Hearing');
    expect(board).not.toContain('Signatures');
  });

  it('of somebody who left alone keep nobody from hearing that the deadline moved', async () => {
    const { app, url } = pipeline.world.test;
    const leaving = await somebody(pipeline.world.test, { role: 'officer', profile: 'wind', name: 'Lea' });
    const { id: beta } = await pipeline.begin('Beta');
    await pipeline.ask('PUT', `opportunities/${beta}/milestones`, {
      milestones: [{ label: 'Partners', on: '2026-07-20', personId: leaving.person.id }],
    });
    const path = `/v1/profiles/wind/opportunities/${beta}`;
    const named = await api(url, path, { method: 'PATCH', token: leaving, body: { acronym: 'BETA' } });
    expect(named.status).toBe(200);
    await app
      .get(DataSource)
      .query('UPDATE person SET removed_at = now() WHERE id = $1', [leaving.person.id]);
    await pipeline.world.store([
      PipelineTest.call('Alpha', 0, '2026-12-01T16:00:00.000Z'),
      PipelineTest.call('Beta', 1, '2026-12-08T16:00:00.000Z'),
    ]);
    expect(await remind()).toEqual([
      {
        to: 'Olga Officer',
        subject: expect.stringContaining('The deadline moved to 8 December 2026') as string,
      },
    ]);
  });

  it('are nobody’s where whoever changed the bid has left or only reads: all officers are asked', async () => {
    const { app, url } = pipeline.world.test;
    const database = app.get(DataSource);
    await pipeline.world.store([
      PipelineTest.call('Alpha', 0, '2026-12-01T16:00:00.000Z'),
      PipelineTest.call('Beta', 1, '2026-12-08T16:00:00.000Z'),
      PipelineTest.call('Gamma', 2),
    ]);
    const [leaving, stays] = [
      await somebody(pipeline.world.test, { role: 'officer', profile: 'wind', name: 'Leon' }),
      await somebody(pipeline.world.test, { role: 'officer', profile: 'wind', name: 'Stella' }),
    ];
    const body = { call: await pipeline.world.id('Gamma') };
    const begun = await api(url, '/v1/profiles/wind/opportunities', { method: 'POST', token: leaving, body });
    expect(begun.status).toBeLessThan(300);
    const moved = async (day: string) => {
      await pipeline.world.store([
        PipelineTest.call('Alpha', 0, '2026-12-01T16:00:00.000Z'),
        PipelineTest.call('Beta', 1, '2026-12-08T16:00:00.000Z'),
        PipelineTest.call('Gamma', 2, `${day}T16:00:00.000Z`),
      ]);
      return (await remind()).map((m) => m.to);
    };
    expect(await moved('2026-12-01')).toEqual(['Leon']);
    await database.query(`UPDATE person SET role = 'reader' WHERE id = $1`, [leaving.person.id]);
    expect(await moved('2026-12-02')).toEqual(['Olga Officer', 'Stella']);
    await database.query('UPDATE person SET removed_at = now() WHERE id = $1', [leaving.person.id]);
    expect(await moved('2026-12-03')).toEqual(['Olga Officer', 'Stella']);
    expect(stays.person.role).toBe('officer');
  });
});
