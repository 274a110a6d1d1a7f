import { runJob } from '../../support/queue/run-job.js';
import { DataSource } from 'typeorm';
import type { CommentView } from '../../../src/pipeline/api/comment-views.js';
import { REMIND, RemindJob } from '../../../src/pipeline/remind.job.js';
import { TransactionalMailEntity } from '../../../src/outbox/store/transactional-mail.repository.js';
import { api } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { pageFor } from '../../support/pages/pages.js';
import { Browser, somebody, type Somebody } from '../../support/access/people.js';
import { PipelineTest } from '../../support/institutes/pipeline.js';

const HOSTILE = '<img src=x onerror=alert(1)> & "quoted"';

describe('working on an opportunity together', () => {
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let pipeline: PipelineTest;
  let chloe: Somebody;
  let reader: Somebody;
  let id: string;
  beforeAll(async () => {
    pipeline = await PipelineTest.start(['Alpha'], clock);
    const { test } = pipeline.world;
    chloe = await somebody(test, { role: 'officer', profile: 'wind', name: 'Chloé Petit', language: 'fr' });
    reader = await somebody(test, { role: 'reader', profile: 'wind', name: 'Rémi Lecteur', language: 'en' });
    ({ id } = await pipeline.begin('Alpha'));
  });
  afterAll(() => pipeline?.stop());

  const ask = async <T = CommentView>(who: Somebody, method: string, path: string, body?: unknown) => {
    const said = await api<T & { detail: string; errors?: { path: string }[] }>(
      pipeline.world.test.url,
      `/v1/profiles/wind/opportunities/${id}/${path}`,
      { method, token: who, ...(body !== undefined && { body }) },
    );
    return { status: said.status, body: said.body };
  };
  const olga = (): Somebody => pipeline.world.officer;
  const mails = (): Promise<TransactionalMailEntity[]> =>
    pipeline.world.test.app
      .get(DataSource)
      .getRepository(TransactionalMailEntity)
      .find({ where: { kind: 'mention' }, order: { createdAt: 'ASC', toName: 'ASC' } });
  const thread = async (): Promise<CommentView[]> =>
    (await ask<{ items: CommentView[] }>(olga(), 'GET', 'comments')).body.items;

  describe('comments', () => {
    let comment: CommentView;

    it('tell colleagues whom they mention, each once and in their language, and nobody of their own', async () => {
      const text = `@Chloé Petit and @Rémi, @Olga Officer: ${HOSTILE}`;
      ({ body: comment } = await ask(olga(), 'POST', 'comments', { text }));
      expect(comment).toMatchObject({ author: 'Olga Officer', text, own: true, editedAt: null });
      expect(comment.mentions.map((m) => m.name)).toEqual(['Chloé Petit', 'Olga Officer', 'Rémi Lecteur']);
      expect((await mails()).map((m) => [m.toName, m.subject.replaceAll('\u00a0', ' '), m.replyTo])).toEqual([
        ['Chloé Petit', 'Olga Officer vous mentionne : Alpha', olga().person.email],
        ['Rémi Lecteur', 'Olga Officer mentions you: Alpha', olga().person.email],
      ]);
    });

    it('tell of an edit those alone who were not mentioned before', async () => {
      const other = await somebody(pipeline.world.test, {
        role: 'officer',
        profile: 'wind',
        name: 'Zoé New',
      });
      clock.move({ minutes: 5 });
      const text = '@Chloé Petit, @Rémi and now @Zoé';
      const edited = await ask(olga(), 'PATCH', `comments/${comment.id}`, { text });
      expect(edited.body).toMatchObject({ text, editedAt: '2026-06-01T08:05:00.000Z' });
      expect((await mails()).map((m) => m.toName)).toEqual(['Chloé Petit', 'Rémi Lecteur', 'Zoé New']);
      // Saving the same text is not an edit.
      clock.move({ minutes: 5 });
      const same = await ask(olga(), 'PATCH', `comments/${comment.id}`, { text });
      expect(same.body.editedAt).toBe('2026-06-01T08:05:00.000Z');
      expect(other.person.name).toBe('Zoé New');
    });

    it('do not reach people of another institute, nor who has left', async () => {
      await somebody(pipeline.world.test, { role: 'officer', profile: 'other', name: 'Bruno Autre' });
      const { body } = await ask(olga(), 'POST', 'comments', { text: '@Bruno Autre, see this' });
      expect(body.mentions).toEqual([]);
      expect(await mails()).toHaveLength(3);
    });

    it('belong to who wrote them', async () => {
      expect((await thread()).map((c) => c.author)).toEqual(['Olga Officer', 'Olga Officer']);
      expect((await ask(chloe, 'PATCH', `comments/${comment.id}`, { text: 'x' })).status).toBe(403);
      expect((await ask(chloe, 'DELETE', `comments/${comment.id}`)).status).toBe(403);
      expect((await ask(reader, 'POST', 'comments', { text: 'x' })).status).toBe(403);
      expect((await ask(reader, 'GET', 'comments')).status).toBe(200);
    });

    it('are refused with their field where they are empty or too long', async () => {
      for (const text of ['  ', 'x'.repeat(4_001)])
        expect(await ask(olga(), 'POST', 'comments', { text })).toMatchObject({
          status: 400,
          body: { errors: [{ path: 'text' }] },
        });
      const none = await ask(olga(), 'PATCH', `comments/${id}`, { text: 'x' });
      expect([none.status, none.body.detail]).toEqual([
        404,
        `There is no comment ${id} on this opportunity.`,
      ]);
    });

    it('that are deleted leave their place, and no word', async () => {
      const { body } = await ask(olga(), 'DELETE', `comments/${comment.id}`);
      expect(body).toMatchObject({ text: '', deletedAt: clock.now().toISOString() });
      expect((await thread()).map((c) => [c.text, c.deletedAt !== null])).toEqual([
        ['@Bruno Autre, see this', false],
        ['', true],
      ]);
      expect((await ask(olga(), 'PATCH', `comments/${comment.id}`, { text: 'x' })).status).toBe(409);
    });

    it('come page by page', async () => {
      const page = (query: string) =>
        ask<{ items: CommentView[]; next: string | null; total: number }>(olga(), 'GET', `comments?${query}`);
      const first = (await page('limit=1')).body;
      expect([first.items.length, first.total]).toEqual([1, 2]);
      const second = (await page(`limit=1&cursor=${first.next}`)).body;
      expect([second.items[0]!.text, second.next]).toEqual(['', null]);
      expect((await page('cursor=x')).status).toBe(400);
    });
  });

  describe('the e-mails about it', () => {
    const ACCOUNT = '/account/notification-preferences';
    const chosen = async (): Promise<string | undefined> =>
      (await pageFor(chloe, ACCOUNT))('select[name=pipeline] option[selected]').attr('value');
    const reminded = async (): Promise<string[]> =>
      (await pipeline.world.test.app.get(RemindJob).due()).map(
        ({ data }) => (data as { personId: string }).personId,
      );

    it('are chosen by each for themselves: mentions, dates and tasks, both or none', async () => {
      expect(await chosen()).toBe('all');
      const { body } = await ask<{ tasks: { id: string }[] }>(olga(), 'POST', 'tasks', {
        ...{ text: 'Due soon', due: '2026-06-02', personId: chloe.person.id },
      });
      const mentioned = async (): Promise<number> => {
        const before = (await mails()).length;
        await ask(olga(), 'POST', 'comments', { text: 'Again, @Chloé Petit' });
        return (await mails()).length - before;
      };
      for (const [pipelineMails, mention, date] of [
        ['none', 0, 0],
        ['dates', 0, 1],
        ['mentions', 1, 0],
        ['all', 1, 1],
      ] as const) {
        expect((await chloe.post(ACCOUNT, { frequency: '', pipeline: pipelineMails })).location).toBe(
          ACCOUNT,
        );
        expect([pipelineMails, await mentioned(), (await reminded()).length]).toEqual([
          ...[pipelineMails, mention, date],
        ]);
        expect(await chosen()).toBe(pipelineMails);
      }
      expect(await reminded()).toEqual([chloe.person.id]);
      // A job queued earlier sends no mail either.
      await chloe.post(ACCOUNT, { frequency: '', pipeline: 'none' });
      const about = { profileId: 'wind', personId: chloe.person.id };
      expect(await runJob(pipeline.world.test.app, REMIND, about)).toEqual([]);
      await ask(olga(), 'DELETE', `tasks/${body.tasks[0]!.id}`);
      for (const { id: comment } of (await thread()).filter((c) => c.text.startsWith('Again')))
        await ask(olga(), 'DELETE', `comments/${comment}`);
    });

    it('are chosen by the API too, and left as they are by what does not name them', async () => {
      const mine = (method: string, body?: object, token: Somebody = chloe) =>
        api<{ pipeline: string | null; errors?: { path: string }[] }>(
          pipeline.world.test.url,
          '/v1/me/notification-preferences',
          { method, token, ...(body && { body }) },
        );
      expect((await mine('PUT', { preferences: null, pipeline: 'mentions' })).body.pipeline).toBe('mentions');
      expect((await mine('PUT', { preferences: null })).body.pipeline).toBe('mentions');
      expect((await mine('PUT', { preferences: null, pipeline: 'some' })).body.errors).toMatchObject([
        { path: 'pipeline' },
      ]);
      // People without an institute have no pipeline.
      const coordinator = await somebody(pipeline.world.test, { role: 'coordinator' });
      expect((await mine('GET', undefined, coordinator)).body.pipeline).toBeNull();
      expect((await pageFor(coordinator, ACCOUNT))('select[name=pipeline]').length).toBe(0);
    });
  });

  describe('tasks', () => {
    type Told = {
      id: string;
      tasks: { id: string; text: string; person: string | null; due: string | null }[];
    };
    const texts = (body: Told): string[] => body.tasks.map((t) => t.text);

    it('have who and when, the nearest first, and what is done last', async () => {
      await ask(olga(), 'POST', 'tasks', { text: 'No day' });
      await ask(olga(), 'POST', 'tasks', { text: 'Later', due: '2026-07-01' });
      const { body } = await ask<Told>(olga(), 'POST', 'tasks', {
        text: HOSTILE,
        due: '2026-06-10',
        personId: chloe.person.id,
      });
      expect(texts(body)).toEqual([HOSTILE, 'Later', 'No day']);
      expect(body.tasks[0]).toMatchObject({ person: 'Chloé Petit', due: '2026-06-10' });
      const later = body.tasks[1]!.id;
      const done = await ask<Told>(chloe, 'PATCH', `tasks/${body.tasks[0]!.id}`, { done: true });
      expect(texts(done.body)).toEqual(['Later', 'No day', HOSTILE]);
      expect(texts((await ask<Told>(olga(), 'DELETE', `tasks/${later}`)).body)).toEqual(['No day', HOSTILE]);
    });

    it('are lines of the history that can be undone', async () => {
      const [line] = await pipeline.history(id);
      expect(line).toMatchObject({ kind: 'tasks', by: 'Olga Officer' });
      expect(texts((await ask<Told>(olga(), 'POST', 'undo')).body)).toEqual(['Later', 'No day', HOSTILE]);
    });

    it('are refused with their field', async () => {
      const stranger = await somebody(pipeline.world.test, { role: 'officer', profile: 'other' });
      const post = async (task: object): Promise<unknown> => {
        const { status, body } = await ask<Told>(olga(), 'POST', 'tasks', { text: 'X', ...task });
        return [status, body.errors?.[0]?.path];
      };
      expect(await post({ text: ' ' })).toEqual([400, 'text']);
      expect(await post({ due: 'soon' })).toEqual([400, 'due']);
      expect(await post({ personId: stranger.person.id })).toEqual([400, 'personId']);
      expect((await ask(olga(), 'PATCH', `tasks/${id}`, { done: true })).status).toBe(404);
      for (let n = 0; n < 97; n++) await ask(olga(), 'POST', 'tasks', { text: `Task ${n}` });
      expect((await ask(olga(), 'POST', 'tasks', { text: 'One too many' })).status).toBe(409);
    });
  });

  describe('on its page', () => {
    const path = (): string => `/institutes/wind/pipeline/${id}`;
    const browser = (who: Somebody): Browser => new Browser(pipeline.world.test.url, who.cookie);

    it('a comment is written, changed and deleted by forms, and is data', async () => {
      const page = browser(olga());
      const sent = await page.post(`${path()}/comments`, { text: `Hello @Chloé Petit\r\n${HOSTILE}` });
      expect([sent.status, sent.location]).toEqual([303, expect.stringMatching(/#comment-/)]);
      const at = sent.location!.split('#comment-')[1]!;
      const { body } = await page.get(path());
      expect(body).toContain('Hello <strong>@Chloé Petit</strong>\n&lt;img src=x onerror=alert(1)> &amp;');
      expect(body).not.toContain('<img src=x');
      expect(body).toContain(`action="${path()}/comments/${at}/remove"`);
      const wrong = await page.post(`${path()}/comments/${at}`, { text: '' });
      expect([wrong.status, /A comment has 1 to 4,?000 characters/.test(wrong.body)]).toEqual([422, true]);
      expect((await page.post(`${path()}/comments/${at}`, { text: 'Other words' })).status).toBe(303);
      expect((await browser(chloe).get(path())).body).not.toContain(`/comments/${at}/remove`);
      expect((await page.post(`${path()}/comments/${at}/remove`)).status).toBe(303);
      expect((await page.get(path())).body).not.toContain('Other words');
    });

    it('a task is added, done and removed by forms; a wrong one comes back as it was typed', async () => {
      const page = browser(chloe);
      const wrong = await page.post(`${path()}/tasks`, { text: HOSTILE, due: 'soon' });
      expect([wrong.status, wrong.body.includes('value="&lt;img src=x onerror=alert(1)>')]).toEqual([
        422,
        true,
      ]);
      const task = (await pipeline.one('Alpha')).tasks.find((t) => t.text === 'No day')!;
      const change = { text: 'With a day', due: '2026-06-03', personId: olga().person.id };
      expect((await page.post(`${path()}/tasks/${task.id}`, change)).status).toBe(303);
      expect((await page.post(`${path()}/tasks/${task.id}/done`, { done: 'true' })).status).toBe(303);
      expect((await pipeline.one('Alpha')).tasks.find((t) => t.id === task.id)).toMatchObject({
        ...{ text: 'With a day', due: '2026-06-03', person: 'Olga Officer' },
        doneAt: clock.now().toISOString(),
      });
      expect((await page.post(`${path()}/tasks/${task.id}/remove`)).status).toBe(303);
      expect((await pipeline.one('Alpha')).tasks.map((t) => t.id)).not.toContain(task.id);
    });

    it('readers see all of it and have no forms', async () => {
      const { body } = await browser(reader).get(path());
      expect(body).toContain('Comment deleted');
      expect(body).not.toContain(`action="${path()}/comments`);
      expect(body).not.toContain(`action="${path()}/tasks`);
    });
  });
});
