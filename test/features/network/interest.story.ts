import { type CheerioAPI, load } from 'cheerio';
import { DataSource } from 'typeorm';
import { TransactionalMailEntity } from '../../../src/outbox/store/transactional-mail.repository.js';
import { InterestRepository } from '../../../src/network/store/interest.repository.js';
import { TellInterestJob } from '../../../src/network/tell-interest.job.js';
import { api } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import type { Competence } from '../../../src/profiles/domain/profile.js';
import { WIND } from '../../support/institutes/sheets.js';

interface Listed {
  items: { id: string; brings: string | null; competences: string[]; leads: boolean }[];
}

const inFrench = (competence: Competence): Competence => ({ ...competence, labels: { fr: 'Vent du large' } });

describe('interest that is opened to other institutes', () => {
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let world: InboxTest;
  let sea: Somebody;
  let tokens: Record<string, string>;
  let call: string;
  beforeAll(async () => {
    world = await startInbox(
      [
        aProfile('wind', { language: 'en' }),
        aProfile('sea', { name: 'Carnot Sea', competences: [inFrench(aProfile('sea').competences[0]!)] }),
        aProfile('third'),
      ],
      ['Alpha', 'Beta'].map((title) => aCall(title, { title, sections: WIND })),
      [],
      clock,
    );
    sea = await somebody(world.test, { role: 'officer', profile: 'sea', name: 'Sam Sea', language: 'fr' });
    const third = await somebody(world.test, { role: 'officer', profile: 'third' });
    tokens = { wind: world.token, sea: await sea.key('write'), third: await third.key('write') };
    call = await world.id('Alpha');
  });
  afterAll(() => world?.stop());

  const ask = <T>(of: string, method: string, body?: unknown, callId = call) =>
    api<T & { errors?: { path: string }[] }>(world.test.url, `/v1/profiles/${of}/calls/${callId}/interest`, {
      method,
      token: tokens[of]!,
      ...(body !== undefined && { body }),
    });
  const seenBy = async (of: string): Promise<Listed['items']> =>
    (await api<Listed>(world.test.url, `/v1/calls/${call}/interest`, { token: tokens[of]! })).body.items;

  it('is seen once it is opened, as it was opened, and by no name of who did', async () => {
    await api(world.test.url, `/v1/profiles/sea/calls/${call}/verdict`, {
      method: 'PUT',
      token: tokens['sea']!,
      body: { verdict: 'relevant' },
    });
    expect(await seenBy('wind')).toEqual([]);
    const competence = aProfile('sea').competences[0]!.label;
    const { status, body } = await ask<{ competences: { label: string; fits: boolean }[] }>('sea', 'PUT', {
      brings: 'A test basin',
      competences: [competence],
      leads: true,
    });
    expect(status).toBe(200);
    expect(body.competences).toMatchObject([{ label: competence, fits: true }]);
    expect(await seenBy('wind')).toEqual([
      {
        ...{ id: 'sea', name: 'Carnot Sea', brings: 'A test basin', competences: [competence], leads: true },
        competencesByLanguage: { en: [competence], fr: ['Vent du large'] },
        openedAt: '2026-06-01T08:00:00.000Z',
      },
    ]);
    expect(JSON.stringify(await seenBy('wind'))).not.toContain('Sam');
    const french = await somebody(world.test, { role: 'reader', profile: 'third', language: 'fr' });
    const page = await pageFor(french, `/institutes/third/calls/${call}`);
    expect(page('#interest').parent().text()).toContain('Vent du large');
    expect(page('#interest').parent().text()).not.toContain(competence);
  });

  it('names competences of its own alone, and says which one it does not have', async () => {
    const refused = await ask('sea', 'PUT', { competences: ['What it never had'] });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'competences[0]' }] } });
    const long = await ask('sea', 'PUT', { brings: 'x'.repeat(501) });
    expect(long).toMatchObject({ status: 400, body: { errors: [{ path: 'brings' }] } });
    expect((await seenBy('wind'))[0]!.brings).toBe('A test basin');
  });

  it('keeps what it offers under its new name, also in an offer of the network', async () => {
    const { body: profile } = await api<any>(world.test.url, '/v1/profiles/sea', { token: tokens['sea']! });
    const other = { label: 'Accounting', keywords: ['ledger'] };
    const save = async (competences: object[]) =>
      expect(
        await api(world.test.url, '/v1/profiles/sea', {
          ...{ method: 'PUT', token: tokens['sea']!, body: { ...profile, competences } },
        }),
      ).toMatchObject({ status: 200 });
    const { labels: _, ...own } = profile.competences[0];
    await save([other, { ...own, label: 'Ocean wind' }]);
    expect((await seenBy('wind'))[0]!.competences).toEqual(['Ocean wind']);
    const coordinator = await somebody(world.test, { role: 'coordinator' });
    const paper = await coordinator.post('/network/papers/offer', { call, language: 'en' });
    expect((await coordinator.get(paper.location!)).body).toContain('A test basin; Ocean wind');
    await save(profile.competences);
    expect((await seenBy('wind'))[0]!.competences).toEqual([own.label]);
  });

  it('is opened by a form too, which proposes the competences by which the call fits', async () => {
    clock.move({ hours: 1 });
    const path = `/institutes/wind/calls/${call}/interest`;
    const form = await pageFor(world.officer, path);
    const label = aProfile('wind').competences[0]!.label;
    expect(form(`input[name=competences][value="${label}"]`).attr('checked')).toBeDefined();
    expect(form('#others').parent().text()).toContain('Could bring: A test basin');
    const wrong = await world.officer.post(path, { brings: 'y'.repeat(501), leads: 'true' });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('y'.repeat(501));
    const sent = await world.officer.post(path, {
      brings: 'Two wind farms',
      competences: [label],
      tell: 'true',
    });
    expect(sent).toMatchObject({ status: 303, location: `/institutes/wind/calls/${call}` });
    expect((await seenBy('sea')).map((i) => [i.id, i.brings, i.competences, i.leads])).toContainEqual([
      ...['wind', 'Two wind farms', [label]],
      false,
    ]);
  });

  it('is a mark in the lists of the others, and none in one’s own', async () => {
    await ask('sea', 'PUT', {}, await world.id('Beta'));
    const marks = async (who: Somebody, path: string) => {
      const $ = await pageFor(who, path);
      return $('.badge.interested')
        .toArray()
        .map((e) => $(e).text());
    };
    expect(await marks(world.officer, '/calls')).toEqual(['Carnot Sea interested', 'Carnot Sea interested']);
    expect((await marks(world.officer, '/institutes/wind/inbox?state=all')).length).toBe(2);
    expect(await marks(sea, '/calls')).toEqual(expect.not.arrayContaining(['Carnot Sea']));
    expect((await marks(sea, '/calls')).length).toBe(1);
  });

  /** Runs a tick and returns the mails it creates, by recipient. */
  async function told(): Promise<{ to: string; subject: string; text: string }[]> {
    const { app } = world.test;
    const mails = app.get(DataSource).getRepository(TransactionalMailEntity);
    const before = new Set((await mails.findBy({ kind: 'interest' })).map((m) => m.id));
    for (const { data } of await app.get(TellInterestJob).due())
      await app.get(TellInterestJob).run(data as { personId: string });
    return (await mails.findBy({ kind: 'interest' }))
      .filter((m) => !before.has(m.id))
      .map((m) => ({ to: m.toName!, subject: m.subject, text: m.text }));
  }

  it('is told the next morning to those who are interested in the same call, in one mail a day', async () => {
    // Nobody is written to on the day on which it was opened.
    expect(await told()).toEqual([]);
    clock.set('2026-06-02T03:00:00Z');
    expect(await told()).toEqual([]);
    clock.set('2026-06-02T06:00:00Z');
    const [mail, ...more] = await told();
    // The second institute already saw the first one on the page: it opened its interest later.
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: 'Sam Sea' });
    expect(mail!.subject.replaceAll('\u00a0', ' ')).toBe('Le Carnot wind s’intéresse aussi à « Alpha »');
    expect(await told()).toEqual([]);
    await ask('third', 'PUT', { brings: 'Sails' });
    expect(await told()).toEqual([]);
    clock.set('2026-06-03T06:00:00Z');
    expect((await told()).map((m) => m.to).sort()).toEqual(['Olga Officer', 'Sam Sea']);
    expect(await told()).toEqual([]);
  });

  it('is told to nobody who does not want it', async () => {
    await ask('sea', 'PUT', { tell: false });
    await ask('third', 'DELETE');
    clock.set('2026-06-04T06:00:00Z');
    await ask('third', 'PUT', {});
    clock.set('2026-06-05T06:00:00Z');
    expect((await told()).map((m) => m.to)).toEqual(['Olga Officer']);
  });

  it('is opened by one of two who do so at once: a joint opportunity is asked once', async () => {
    const beta = await world.id('Beta');
    const input = { brings: null, competences: [], leads: false, tell: false };
    const open = (): Promise<boolean> =>
      world.test.app
        .get(InterestRepository)
        .open('third', beta, input, { by: 'Ada', personId: null, at: clock.now() }, []);
    expect((await Promise.all([open(), open()])).sort()).toEqual([false, true]);
    expect((await ask('third', 'DELETE', undefined, beta)).status).toBe(204);
  });

  it('keeps what a colleague changed in the meantime', async () => {
    const path = `/institutes/wind/calls/${call}/interest`;
    const colleague = await somebody(world.test, { role: 'officer', profile: 'wind' });
    const $ = await pageFor(colleague, path);
    const form = $('form.card').serializeArray();
    const changed = (values: Record<string, string>) => ({
      ...Object.fromEntries(form.map(({ name, value }) => [name, value])),
      ...values,
    });
    const posted = [
      await world.officer.post(path, changed({ brings: 'Three wind farms' })),
      await colleague.post(path, changed({ leads: 'true' })),
    ];
    expect(posted.map(({ status }) => status)).toEqual([303, 303]);
    expect(await seenBy('sea')).toContainEqual(
      expect.objectContaining({ id: 'wind', brings: 'Three wind farms', leads: true }),
    );
  });

  it('is not shared again by a form that was open when a colleague withdrew it, unless it is sent again', async () => {
    const path = `/institutes/sea/calls/${call}/interest`;
    const late = await somebody(world.test, { role: 'officer', profile: 'sea' });
    const sent = (page: CheerioAPI) =>
      Object.fromEntries(
        page('form.card')
          .serializeArray()
          .map(({ name, value }) => [name, value]),
      );
    const stale = sent(await pageFor(late, path));
    await ask('sea', 'DELETE');
    const refused = await late.post(path, { ...stale, brings: 'Late tides' });
    expect(refused.status).toBe(409);
    const page = load(refused.body);
    expect(page('.error').text()).toContain('A colleague withdrew your interest');
    expect((await seenBy('wind')).map((i) => i.id)).not.toContain('sea');
    expect((await late.post(path, sent(page))).status).toBe(303);
    expect(await seenBy('wind')).toContainEqual(expect.objectContaining({ id: 'sea', brings: 'Late tides' }));
  });

  it('goes on being told to whoever asked for it when a colleague changes it, unless the colleague asks too, or leaves', async () => {
    const path = `/institutes/wind/calls/${call}/interest`;
    const colleague = await somebody(world.test, {
      role: 'officer',
      profile: 'wind',
      name: 'Carl Colleague',
    });
    const form = async (values: Record<string, string>) => {
      const shown = (await pageFor(colleague, path))('form.card').serializeArray();
      return { ...Object.fromEntries(shown.map(({ name, value }) => [name, value])), ...values };
    };
    const toldNext = async (day: string) => {
      await ask('third', 'DELETE');
      await ask('third', 'PUT', {});
      clock.set(`2026-06-${day}T06:00:00Z`);
      return (await told()).map((m) => m.to);
    };
    const page = await pageFor(colleague, path);
    expect(page('[name=tell]').attr('checked')).toBeUndefined();
    expect(page('form.card').text()).toContain('These e-mails go to Olga Officer now.');
    await colleague.post(path, await form({ brings: 'Four wind farms' }));
    expect(await toldNext('06')).toEqual(['Olga Officer']);
    await colleague.post(path, await form({ tell: 'true' }));
    expect(await toldNext('07')).toEqual(['Carl Colleague']);
    const stays = await somebody(world.test, { role: 'officer', profile: 'wind', name: 'Stella Stays' });
    const { status } = await api(world.test.url, `/v1/profiles/wind/people/${colleague.person.id}`, {
      method: 'DELETE',
      token: stays,
    });
    expect(status).toBe(200);
    expect(await toldNext('08')).toEqual(['Stella Stays']);
  });

  it('is told once: neither the start of a joint opportunity to who started it, nor who asked its members to join', async () => {
    await ask('third', 'DELETE');
    await ask('sea', 'PUT', { tell: true });
    await ask('wind', 'PUT', { tell: true });
    clock.set('2026-06-10T06:00:00Z');
    await told();
    await api(world.test.url, '/v1/profiles/sea/joint-opportunities', {
      ...{ method: 'POST', token: tokens['sea']!, body: { call } },
    });
    clock.set('2026-06-11T06:00:00Z');
    expect((await told()).map(({ to, subject }) => [to, subject])).toEqual([
      ['Olga Officer', 'A joint opportunity has been started for “Alpha”'],
    ]);
    await ask('third', 'PUT', {});
    clock.set('2026-06-12T06:00:00Z');
    expect(await told()).toEqual([]);
    await ask('third', 'DELETE');
  });

  it('is gone without a trace once it is withdrawn', async () => {
    await ask('third', 'DELETE');
    expect((await ask('third', 'DELETE')).status).toBe(204);
    expect((await seenBy('wind')).map((i) => i.id)).toEqual(['wind', 'sea']);
    expect((await ask<{ opened: unknown }>('third', 'GET')).body.opened).toBeNull();
  });
});
