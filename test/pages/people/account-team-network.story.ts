import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { request, type IncomingMessage } from 'node:http';
import { api, startApp, type TestApp } from '../../support/app.js';
import { linkTo, mailsTo } from '../../support/notifications/mails.js';
import { Browser, somebody, type Answer, type Somebody } from '../../support/access/people.js';

/** Sends the path exactly as written; `fetch` would normalise it. */
const raw = (url: string, path: string, cookie: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers: { cookie, accept: 'text/html' }, agent: false }, (response) =>
      resolve(response.resume()),
    )
      .on('error', reject)
      .end();
  });
const heading = ({ body }: Answer): string => load(body)('h1').text();

describe('the pages about people', () => {
  let server: TestApp;
  let officer: Somebody;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    officer = await somebody(server, { role: 'officer', profile: 'leti', name: 'Olga', language: 'en' });
    coordinator = await somebody(server, { role: 'coordinator', name: 'Coco', language: 'en' });
  });
  afterAll(() => server?.stop());

  describe('my account', () => {
    it('takes name and language, and speaks it from then on', async () => {
      const me = await somebody(server, { role: 'officer', profile: 'leti', language: 'en' });
      expect(heading(await me.get('/account'))).toBe('My account');
      const saved = await me.post('/account', { name: ' Renée ', language: 'fr' });
      const chosen = await me.get(saved.location!);
      const page = await me.get(chosen.location!);
      expect([saved.status, chosen.location, heading(page), load(page.body)('html').attr('lang')]).toEqual([
        303,
        '/account',
        'Mon compte',
        'fr',
      ]);
      expect(load(page.body)('.flash').text()).toBe('Enregistré.');
      expect(load(page.body)('#name').val()).toBe('Renée');
    });

    it('says nothing that a stray cookie says, and finds its language by any address', async () => {
      for (const said of ['inbox.days', 'constructor', 'flash.nothing']) {
        const page = await officer.request('/account', {
          headers: { cookie: `${officer.cookie}; flash=${said}` },
        });
        expect([said, page.status, load(page.body)('.flash').length]).toEqual([said, 200, 0]);
      }
      for (const [path, to] of [
        ['//?lang=en', '/'],
        ['//elsewhere.test/?lang=en', '/elsewhere.test/'],
        ['/\\elsewhere.test/?lang=en', '/elsewhere.test/'],
        ['/account?a=1&lang=en', '/account?a=1'],
      ] as const) {
        expect([path, (await raw(server.url, path, officer.cookie)).headers.location]).toEqual([path, to]);
      }
    });

    it('shows a key once, and revokes it', async () => {
      const made = await officer.post('/account/keys', { name: 'Script', scope: 'write', days: '30' });
      const key = load(made.body)('#made-key').val() as string;
      expect((await api(server.url, '/v1/me', { token: key })).status).toBe(200);
      const later = load((await officer.get('/account')).body);
      expect(later('#made-key')).toHaveLength(0);
      expect(later('#keys .entry-name').text()).toContain('Script');
      // Another story covers what a key may not create.
      expect(later('#keys').text()).toContain(
        'A key cannot create links, calendars, channels or other keys.',
      );
      const revoke = later('#keys form[action$="/revoke"]').attr('action')!;
      expect((await officer.post(revoke)).location).toBe('/account');
      expect((await api(server.url, '/v1/me', { token: key })).status).toBe(401);
    });

    it('gives a form that is wrong back as it was typed, with a word at the field', async () => {
      const { status, body } = await officer.post('/account/keys', {
        name: 'x'.repeat(101),
        scope: 'write',
        days: '180',
      });
      const $ = load(body);
      expect([status, $('#key-days').val(), $('#key-scope').val(), $('#keys details').attr('open')]).toEqual([
        422,
        '180',
        'write',
        'open',
      ]);
      expect($('#key-name-error').text()).not.toBe('');
      expect((await officer.post('/account', { name: '', language: 'fr' })).status).toBe(422);
    });

    it('leads from a form that is wrong to its page in the other language, not to where it was sent', async () => {
      const { status, body } = await officer.request('/account/keys', {
        method: 'POST',
        headers: { referer: `${server.url}/account?a=1` },
        body: new URLSearchParams({ name: '' }),
      });
      expect(status).toBe(422);
      expect(load(body)('a[hreflang=fr]').attr('href')).toBe('/account?a=1&lang=fr');
      expect((await officer.get('/account/keys')).status).toBe(404);
    });

    it('signs other browsers out, and offers a reader no key that writes', async () => {
      const reader = await somebody(server, { role: 'reader', profile: 'leti' });
      expect(load((await reader.get('/account')).body)('#key-scope option').toArray()).toHaveLength(1);
      expect((await reader.post('/account/keys', { name: 'W', scope: 'write' })).status).toBe(403);
    });
  });

  describe('the team', () => {
    it('invites from a form, and says so', async () => {
      const sent = await officer.post('/institutes/leti/team', {
        name: 'Rémi',
        email: 'remi@leti.test',
        role: 'reader',
        language: 'fr',
      });
      expect(sent.location).toBe('/institutes/leti/team');
      const $ = load((await officer.get(sent.location!)).body);
      expect($('.flash').text()).toBe('The invitation is on its way.');
      expect($('.entries').text()).toContain('remi@leti.test');
      expect(await mailsTo(server, 'remi@leti.test')).toHaveLength(1);
    });

    it('keeps what was typed where it cannot be', async () => {
      const wrong = load(
        (
          await officer.post('/institutes/leti/team', {
            name: 'Anna',
            email: 'anna',
            role: 'reader',
            language: 'en',
          })
        ).body,
      );
      expect([
        wrong('#invite-name').val(),
        wrong('#invite-email').val(),
        wrong('input[name=role]:checked').val(),
        wrong('#invite-language').val(),
      ]).toEqual(['Anna', 'anna', 'reader', 'en']);
      const taken = await officer.post('/institutes/leti/team', {
        name: 'C',
        email: coordinator.person.email,
      });
      expect(taken.status).toBe(409);
      expect(load(taken.body)('#invite-email-error').text()).toContain('has an account elsewhere');
    });

    it('changes a role and removes, but keeps an officer', async () => {
      const [boss, reader] = [
        await somebody(server, { role: 'officer', profile: 'cetim' }),
        await somebody(server, { role: 'reader', profile: 'cetim' }),
      ];
      const at = '/institutes/cetim/team';
      const kept = await boss.post(`${at}/${boss.person.id}/role`, { role: 'reader' });
      expect([kept.status, load(kept.body)('.notice.bad').text()]).toEqual([
        409,
        'The institute needs at least one officer: give someone else this role first.',
      ]);
      expect((await boss.post(`${at}/${boss.person.id}/remove`)).status).toBe(409);
      expect((await boss.post(`${at}/${reader.person.id}/role`, { role: 'officer' })).location).toBe(at);
      const gone = await boss.post(`${at}/${boss.person.id}/remove`);
      expect(gone.location).toBe('/sign-in');
      expect((await boss.get(at)).location).toMatch(/^\/sign-in/);
      expect((await reader.get(at)).body).not.toContain(boss.person.email);
    });

    it('shows a reader everybody and no form; nobody of another institute anything', async () => {
      const reader = await somebody(server, { role: 'reader', profile: 'leti' });
      const $ = load((await reader.get('/institutes/leti/team')).body);
      expect($('main form')).toHaveLength(0);
      expect($('.entries').text()).toContain(officer.person.email);
      for (const [path, form] of [
        ['team', { name: 'X', email: 'x@x.test' }],
        [`team/${officer.person.id}/remove`, {}],
        ['keys', { name: 'X' }],
      ] as const) {
        expect((await reader.post(`/institutes/leti/${path}`, form)).status).toBe(403);
      }
      const other = await somebody(server, { role: 'officer', profile: 'brgm' });
      const refused = await other.get('/institutes/leti/team');
      expect(refused.status).toBe(403);
      expect(refused.body).not.toMatch(/leti\.test|Olga/);
    });

    it('is shown to the network without a form to invite once there is an officer, who may still be removed', async () => {
      const at = '/institutes/3bcar/team';
      expect(load((await coordinator.get(at)).body)('#invite form')).toHaveLength(1);
      expect(
        (
          await coordinator.post(at, {
            name: 'First',
            email: 'first@3bcar.test',
            role: 'officer',
            language: 'en',
          })
        ).location,
      ).toBe(at);
      const $ = load((await coordinator.get(at)).body);
      expect([
        $('#invite').length,
        $('form[action$="/role"]').length,
        $('main').text().includes('The institute has officers: they invite their colleagues.'),
      ]).toEqual([0, 0, true]);
      const late = await coordinator.post(at, {
        name: 'Me',
        email: 'me@carnot.test',
        role: 'officer',
        language: 'en',
      });
      expect([late.status, load(late.body)('main').text()]).toEqual([
        403,
        expect.stringContaining('they invite their colleagues'),
      ]);
      const remove = $('form[action$="/remove"]').attr('action')!;
      const role = await coordinator.post(remove.replace('/remove', '/role'), { role: 'reader' });
      expect([role.status, load(role.body)('.notice.bad').text()]).toEqual([
        403,
        'The institute has officers: they invite their colleagues.',
      ]);
      expect((await coordinator.post(remove)).location).toBe(at);
    });

    it('has keys of services for officers alone', async () => {
      const made = load((await officer.post('/institutes/leti/keys', { name: 'Intranet' })).body);
      expect(
        (await api(server.url, '/v1/me', { token: made('#made-key').val() as string })).body,
      ).toMatchObject({ kind: 'service', name: 'Intranet' });
      expect(load((await coordinator.get('/institutes/leti/team')).body)('#keys')).toHaveLength(0);
      expect((await coordinator.post('/institutes/leti/keys', { name: 'X' })).status).toBe(403);
      const revoke = made('#keys form[action$="/revoke"]').attr('action')!;
      expect((await officer.post(revoke)).location).toBe('/institutes/leti/team');
    });
  });

  describe('the network', () => {
    it('has all institutes with how they stand, for the network alone', async () => {
      const $ = load((await coordinator.get('/institutes')).body);
      const row = $('tr').filter((_, tr) => $(tr).find('th a').attr('href') === '/institutes/leti/inbox');
      expect(row.text()).toContain('to be confirmed');
      expect(
        row
          .find('td.links a')
          .map((_, a) => $(a).attr('href'))
          .get(),
      ).toEqual(['/institutes/leti/profile', '/institutes/leti/team']);
      expect((await officer.get('/institutes')).status).toBe(403);
      expect((await officer.get('/coordinators')).status).toBe(403);
    });

    it('warns where nobody is told of an institute’s calls, in the table and on its pages, and no more once somebody is', async () => {
      const warned = async (who: Somebody, page: string) =>
        load((await who.get(`/institutes/leti/${page}`)).body)('.notice.no-recipients').text();
      const row = async () => {
        const $ = load((await coordinator.get('/institutes')).body);
        return $('tr')
          .filter((_, tr) => $(tr).find('th a').attr('href') === '/institutes/leti/inbox')
          .text();
      };
      // Of its people only the officer has come, and nobody is awaited.
      const database = server.app.get(DataSource);
      await database.query(
        `UPDATE person SET last_seen_at = NULL WHERE profile_id = 'leti' AND email <> $1`,
        [officer.person.email],
      );
      await database.query(
        `DELETE FROM transactional_mail WHERE kind = 'invitation' AND profile_id = 'leti'`,
      );
      // Who has signed in follows their institute until they decline.
      expect(await row()).not.toContain('nobody gets e-mails');
      for (const method of ['PUT', 'DELETE'])
        await api(server.url, '/v1/me/follows/profile/leti', { method, token: officer });
      expect(await row()).toContain('nobody gets e-mails');
      for (const page of ['inbox', 'profile', 'people', 'sheets', 'team', 'messages', 'channels'])
        expect([page, await warned(officer, page)]).toEqual([
          page,
          expect.stringContaining('Nobody at your institute gets e-mails'),
        ]);
      expect(await warned(coordinator, 'inbox')).toContain('Nobody at this institute gets e-mails');
      // A coordinator who follows the institute is not one of its people.
      await api(server.url, '/v1/me/follows/profile/leti', { method: 'PUT', token: coordinator });
      expect(await warned(officer, 'inbox')).toContain('Nobody at your institute');
      await api(server.url, '/v1/me/follows/profile/leti', { method: 'PUT', token: officer });
      expect([await warned(officer, 'inbox'), await warned(coordinator, 'team'), await row()]).toEqual([
        '',
        '',
        expect.not.stringContaining('nobody gets e-mails'),
      ]);
    });

    it('does not warn of an institute whose officer is invited, nor on the first page after they accept', async () => {
      const told = {
        name: 'Carnot New',
        id: 'new',
        language: 'en',
        'officer.name': 'Nina',
        'officer.email': 'nina@new.test',
      };
      await coordinator.post('/institutes', told);
      const $ = load((await coordinator.get('/institutes')).body);
      const row = $('tr').filter((_, tr) => $(tr).find('th a').attr('href') === '/institutes/new/inbox');
      expect(row.text()).toContain('invitation sent');
      expect(row.text()).not.toContain('nobody gets e-mails');
      const warning = async (who: { get(path: string): Promise<{ body: string }> }) =>
        load((await who.get('/institutes/new/team')).body)('.notice.no-recipients').length;
      expect(await warning(coordinator)).toBe(0);
      const browser = new Browser(server.url);
      const { location } = await browser.post(await linkTo(server, 'nina@new.test'));
      // No job has run since.
      expect(location).toBe('/institutes/new/start');
      expect(await warning(browser)).toBe(0);
      await server.app
        .get(DataSource)
        .query(`DELETE FROM transactional_mail WHERE to_address = 'nina@new.test'`);
      expect(await warning(browser)).toBe(0);
    });

    it('invites an institute, and gives the form back where it cannot', async () => {
      const told = {
        name: 'Carnot Fresh',
        id: 'fresh',
        language: 'fr',
        'officer.name': 'Fanny',
        'officer.email': 'fanny@fresh.test',
      };
      const wrong = await coordinator.post('/institutes', { ...told, id: 'Not An Id' });
      expect([
        wrong.status,
        load(wrong.body)('#institute-id').val(),
        load(wrong.body)('#institute-id-error').text(),
      ]).toEqual([422, 'Not An Id', 'Use lower-case letters, digits and hyphens only.']);
      expect((await coordinator.post('/institutes', told)).location).toBe('/institutes');
      expect(load((await coordinator.get('/institutes')).body)('table').text()).toContain('Carnot Fresh');
      const again = await coordinator.post('/institutes', { ...told, 'officer.email': 'other@fresh.test' });
      expect([again.status, load(again.body)('#officer-email').val()]).toEqual([409, 'other@fresh.test']);
      expect(await mailsTo(server, 'other@fresh.test')).toEqual([]);
    });

    it('has coordinators and keys of its own', async () => {
      const $ = load((await coordinator.get('/coordinators')).body);
      expect($('.entries').first().text()).toContain(coordinator.person.email);
      expect(
        (
          await coordinator.post('/coordinators', {
            name: 'Second',
            email: 'second@carnot.test',
            language: 'en',
          })
        ).location,
      ).toBe('/coordinators');
      const made = load((await coordinator.post('/coordinators/keys', { name: 'Statistics' })).body);
      expect(
        (await api(server.url, '/v1/me', { token: made('#made-key').val() as string })).body,
      ).toMatchObject({ kind: 'service', profile: null });
    });
  });
});
