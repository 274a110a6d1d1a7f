import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { ProfileRepository } from '../../../src/profiles/store/profile.repository.js';
import { api, TOKEN, type Caller } from '../../support/app.js';
import { Browser, somebody, type Somebody } from '../../support/access/people.js';
import { OTHER_INSTITUTE, PROFILE, Proposing } from '../../support/institutes/proposing.js';
import { everybodyGone } from '../../support/institutes/contacts.js';
import { round } from '../../support/queue/round.js';
import { worked } from '../../support/until.js';
import { ContactsJob } from '../../../src/notifications/contacts.job.js';
import { PlanJob } from '../../../src/notifications/plan.job.js';
import { NotifyJob } from '../../../src/notifications/notify.job.js';
import { DeliverJob } from '../../../src/notifications/deliver.job.js';

const COCO = { name: 'Coco', email: 'Coco@carnot.test', language: 'en' as const };
const ANNE = { name: 'Anne', email: 'anne@air.example', language: 'en' as const };
const AIR = PROFILE.id;

let p: Proposing;
let coordinator: Somebody;
beforeEach(async () => {
  p = await Proposing.start();
  coordinator = await somebody(p.test, { role: 'coordinator', name: 'Coco', email: 'coco@carnot.test' });
});
afterEach(() => p?.stop());

const query = (sql: string, values: unknown[] = []): Promise<any[]> =>
  p.test.app.get(DataSource).query(sql, values);
const get = async (id = AIR) => (await api(p.test.url, `/v1/profiles/${id}`)).body;
const put = async (token: Caller, contacts: object[], id = AIR, over: object = {}) =>
  api(p.test.url, `/v1/profiles/${id}`, {
    method: 'PUT',
    token,
    body: { ...(await get(id)), contacts, ...over },
  });
const post = (token: Caller, rest: string, body?: object, id = AIR) =>
  api(p.test.url, `/v1/profiles/${id}/contacts/${rest}`, { method: 'POST', token, body });
const mailsTo = async (address: string) => {
  await worked();
  return p.sink.mails.filter((m) => m.envelopeTo.includes(address));
};
const linkOf = (text: string): string => /http:\/\/calls\.test(\/contact\/[\w-]{43})\s/.exec(text)![1]!;
const linkTo = async (address: string): Promise<string> => linkOf((await mailsTo(address)).at(-1)!.text!);
/** Waits until every mail due by now is written and sent. */
const told = async (): Promise<void> => {
  await query(
    `INSERT INTO source (id, state, last_good_run_at) VALUES ('read', 'healthy', $1) ON CONFLICT DO NOTHING`,
    [p.clock.now()],
  );
  await query('UPDATE profile SET matched_revision = revision, matched_seq = (SELECT max(seq) FROM call)');
  await everybodyGone({ query });
  for (let i = 0; i < 3; i += 1) {
    await round(p.test.app, [ContactsJob, PlanJob, NotifyJob, DeliverJob]);
    await worked();
  }
};

describe('the contacts that the network wants for an institute with an officer', () => {
  it('are not written to, wait for an officer, and the officer is told; all else is saved', async () => {
    const { status, body } = await put(coordinator, [COCO], AIR, { name: 'Carnot Air and Sea' });
    expect([status, body.name, body.contacts]).toEqual([200, 'Carnot Air and Sea', []]);
    expect(body.contactChange).toEqual({ contacts: [COCO], by: 'Coco', at: expect.any(String) });
    const [mail, ...more] = await mailsTo('odile@air.example');
    expect([more, mail!.subject]).toEqual([
      [],
      'Destinataires du Carnot Air and Sea\u00A0: un changement attend votre accord',
    ]);
    expect(mail!.text).toMatch(
      /Coco souhaite modifier[^]*Coco <Coco@carnot\.test>[^]*http:\/\/calls\.test\/sign-in\/from-mail\/[0-9a-f-]{36}\?next=\/institutes\/air\/profile/,
    );
    await told();
    expect(await mailsTo('coco@carnot.test')).toEqual([]);
  });

  it('wait by whichever way they come: the admin token, a coordinator, a file, YAML, an earlier version, a form', async () => {
    await put(p.officer, [ANNE]);
    await put(p.officer, []);
    const ways: Record<string, () => Promise<unknown>> = {
      token: () => put(TOKEN, [COCO]),
      coordinator: () => put(coordinator, [COCO]),
      file: async () =>
        p.test.app
          .get(ProfileRepository)
          .applyFile({ profile: { ...PROFILE, contacts: [COCO] }, hash: 'another' }, p.clock.now()),
      version: () =>
        api(p.test.url, `/v1/profiles/${AIR}/versions/2/restore`, { method: 'POST', token: coordinator }),
      form: async () =>
        coordinator.post(`/institutes/${AIR}/profile`, {
          name: 'Carnot Air',
          language: 'fr',
          'competences.0.label': 'Wind energy',
          'contacts.0.name': 'Coco',
          'contacts.0.email': 'coco@carnot.test',
        }),
      yaml: async () => {
        const text = await (
          await fetch(new URL(`/v1/profiles/${AIR}/profile.yaml`, p.test.url), {
            headers: { authorization: `Bearer ${TOKEN}` },
          })
        ).text();
        const body = text.replace(/contacts: \[\]/, 'contacts: [{ name: Coco, email: coco@carnot.test }]');
        return fetch(new URL(`/v1/profiles/${AIR}/profile.yaml`, p.test.url), {
          method: 'PUT',
          headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/yaml' },
          body,
        });
      },
    };
    await query('UPDATE profile SET edited_at = NULL WHERE id = $1', [AIR]);
    for (const [name, way] of Object.entries(ways)) {
      await query('DELETE FROM contact_change');
      await query('DELETE FROM sign_in_rate_limit');
      await way();
      const { contacts, contactChange } = await get();
      expect({ name, contacts, wanted: contactChange?.contacts.length }).toEqual({
        name,
        contacts: [],
        wanted: 1,
      });
    }
  });

  it('are those of the institute once an officer accepts, not once the network does; declined they are gone', async () => {
    await put(coordinator, [ANNE]);
    expect((await coordinator.post(`/institutes/${AIR}/contacts/accept`)).status).toBe(403);
    expect((await p.officer.get(`/institutes/${AIR}/profile`)).body).toContain(
      'Coco souhaite ces destinataires',
    );
    const form = async () => {
      const $ = load((await p.officer.get(`/institutes/${AIR}/profile`)).body);
      return { asked: $('form[action$="/contacts/accept"] [name=asked]').attr('value')! };
    };
    const accept = (shown: { asked: string }) => p.officer.post(`/institutes/${AIR}/contacts/accept`, shown);
    // Another request came while the officer looked at the first: nobody has seen what they would accept.
    const before = await form();
    p.clock.set(new Date(p.clock.now().getTime() + 1_000));
    await put(coordinator, [COCO]);
    expect((await accept(before)).status).toBe(409);
    expect(await get()).toMatchObject({ contacts: [], contactChange: { contacts: [COCO] } });
    p.clock.set(new Date(p.clock.now().getTime() + 1_000));
    await put(coordinator, [ANNE]);
    expect((await accept(await form())).location).toBe(`/institutes/${AIR}/profile`);
    expect(await get()).toMatchObject({
      contacts: [ANNE],
      contactChange: null,
      contactStates: [{ email: ANNE.email, confirmed: false, inside: true }],
    });
    await put(coordinator, []);
    expect(await get()).toMatchObject({ contacts: [ANNE], contactChange: { contacts: [] } });
    expect(
      (await api(p.test.url, `/v1/profiles/${AIR}/contacts/change`, { method: 'DELETE', token: p.officer }))
        .body,
    ).toMatchObject({ contacts: [ANNE], contactChange: null });
  });

  it('do not drop what waits where the network saves something else', async () => {
    await put(coordinator, [COCO]);
    await put(coordinator, [], AIR, { name: 'Carnot Wind' });
    expect(await get()).toMatchObject({ name: 'Carnot Wind', contactChange: { contacts: [COCO] } });
  });

  it('are mails to its officers only so often; what a key may not change counts for nobody', async () => {
    const key = await coordinator.key('write');
    for (let i = 0; i < 6; i += 1)
      expect((await put(key, [{ ...COCO, name: `Coco ${i}` }])).status).toBe(403);
    const answers = [];
    for (let i = 0; i < 6; i += 1)
      answers.push((await put(coordinator, [{ ...COCO, name: `Coco ${i}` }])).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });
});

describe('a contact', () => {
  it('is sent the confirmation and nothing else before its button is pressed; a link that is opened changes nothing', async () => {
    await put(p.officer, [ANNE]);
    await told();
    const [mail, ...more] = await mailsTo(ANNE.email);
    expect([more, mail!.subject]).toEqual([[], 'Confirm your address for Carnot Air']);
    const link = linkOf(mail!.text!);
    const scanner = new Browser(p.test.url);
    expect((await scanner.get(link)).body).toContain('Yes, send them to me');
    await told();
    expect([(await get()).contactStates, await mailsTo(ANNE.email)]).toEqual([
      [{ email: ANNE.email, confirmed: false, inside: true }],
      [mail],
    ]);
    expect((await scanner.post(link)).body).toContain('Your address is confirmed');
    expect((await scanner.post(link)).status).toBe(200);
    await told();
    expect((await get()).contactStates).toEqual([{ email: ANNE.email, confirmed: true, inside: true }]);
    expect((await mailsTo(ANNE.email)).length).toBe(2);
  });

  it('is shown as unconfirmed on the page, in the API and among those who get no mail, and why; it can be asked again, which ends the earlier link', async () => {
    await put(p.officer, [ANNE]);
    const first = await linkTo(ANNE.email);
    const $ = load((await p.officer.get(`/institutes/${AIR}/profile`)).body);
    expect($('#contact-states ~ ul').text()).toMatch(/anne@air\.example.*n’a pas encore confirmé/);
    expect((await api(p.test.url, '/v1/notifications', { token: p.officer })).body.silent).toEqual([
      { profile: AIR, contact: ANNE.email, reason: expect.stringContaining('not confirmed') },
    ]);
    const why = (await api(p.test.url, `/v1/profiles/${AIR}/explain?call=${p.callId}`, { token: p.officer }))
      .body;
    expect(why.contacts).toContainEqual(expect.objectContaining({ email: ANNE.email, state: 'unconfirmed' }));
    expect(
      (await p.officer.post($('form[action$="/resend"]').attr('action')!, { email: ANNE.email })).status,
    ).toBe(303);
    const second = await linkTo(ANNE.email);
    expect((await new Browser(p.test.url).get(first)).status).toBe(410);
    expect((await new Browser(p.test.url).post(first)).status).toBe(410);
    expect((await new Browser(p.test.url).post(second)).status).toBe(200);
    expect((await post(p.officer, 'resend', { email: ANNE.email })).status).toBe(409);
  });

  it('is asked so often a day and no more, by naming it anew too', async () => {
    await put(p.officer, [ANNE]);
    await worked();
    await post(p.officer, 'resend', { email: ANNE.email });
    await worked();
    await put(p.officer, []);
    expect((await put(p.officer, [ANNE])).status).toBe(200);
    await worked();
    expect((await post(p.officer, 'resend', { email: ANNE.email })).status).toBe(429);
    await put(p.officer, []);
    const { status, body } = await put(p.officer, [ANNE]);
    expect([status, body.status]).toEqual([429, 429]);
    const form = {
      name: 'Carnot Air',
      language: 'fr',
      'competences.0.label': 'Wind energy',
      'contacts.0.name': 'Anne',
      'contacts.0.email': ANNE.email,
    };
    const page = await p.officer.post(`/institutes/${AIR}/profile`, form);
    expect([page.status, page.body.includes('tentatives pour une journée')]).toEqual([429, true]);
    expect(await mailsTo(ANNE.email)).toHaveLength(3);
  });

  it('has to use the link in time, and is asked anew where it was named no more', async () => {
    await put(p.officer, [ANNE]);
    const link = await linkTo(ANNE.email);
    p.clock.move({ days: 15 });
    expect((await new Browser(p.test.url).post(link)).status).toBe(410);
    await p.officer.signInAgain();
    await post(p.officer, 'resend', { email: ANNE.email });
    await new Browser(p.test.url).post(await linkTo(ANNE.email));
    await put(p.officer, []);
    await put(p.officer, [ANNE]);
    expect((await get()).contactStates).toMatchObject([{ confirmed: false }]);
  });

  it('who signs in at the institute has confirmed by that', async () => {
    await put(p.officer, [{ name: 'Odile', email: 'Odile@air.example' }]);
    expect((await get()).contactStates).toEqual([
      { email: 'odile@air.example', confirmed: true, inside: true },
    ]);
    expect((await mailsTo('odile@air.example')).filter((m) => m.text!.includes('/contact/'))).toEqual([]);
  });

  it('by the admin token counts as confirmed where nobody was ever there, by a coordinator not', async () => {
    await put(TOKEN, [ANNE], OTHER_INSTITUTE);
    expect((await get(OTHER_INSTITUTE)).contactStates).toEqual([
      { email: ANNE.email, confirmed: true, inside: false },
    ]);
    await put(coordinator, [ANNE, COCO], OTHER_INSTITUTE);
    expect((await get(OTHER_INSTITUTE)).contactStates).toEqual([
      { email: ANNE.email, confirmed: true, inside: false },
      { email: 'coco@carnot.test', confirmed: false, inside: false },
    ]);
    await somebody(p.test, { role: 'reader', profile: OTHER_INSTITUTE });
    await put(TOKEN, [{ name: 'Late', email: 'late@sea.example' }], OTHER_INSTITUTE);
    expect((await get(OTHER_INSTITUTE)).contactStates).toEqual([
      { email: 'late@sea.example', confirmed: false, inside: false },
    ]);
  });
});
