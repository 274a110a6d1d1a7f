import { load } from 'cheerio';
import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { PersonRepository } from '../../../src/access/store/person.repository.js';
import { RecipientRepository } from '../../../src/notifications/store/recipient.repository.js';
import { mailLinkToken } from '../../../src/notifications/domain/content/mail-link.js';
import {
  digesting,
  everybodyGone,
  files,
  harvested,
  PROFILE,
  withContacts,
  ANNE,
} from '../../support/institutes/contacts.js';
import { Browser, somebody, type Answer, type Somebody } from '../../support/access/people.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { linkTo } from '../../support/notifications/mails.js';
import { unwrapped } from '../../support/notifications/read-mail.js';
import { until } from '../../support/until.js';

const JOE = { name: 'Joe', email: 'joe@energy.test' };

describe('a decision from a mail', () => {
  let h: Harvesting;
  let joe: Somebody;
  let colleague: Somebody;
  let html: string;
  let text: string;

  /** Waits until the message of somebody has been sent, and returns the file of the latest one. */
  const mailOf = (email: string, many = 1) =>
    until(`${many} mails to ${email}`, async () => {
      await h.tick();
      const rows = await h.query(
        "SELECT id FROM notification WHERE address = $1 AND state = 'sent' ORDER BY created_at DESC",
        [email],
      );
      if (rows.length < many) return null;
      const all = await files(h);
      return all.find((mail) => mail.messageId?.includes(rows[0].id)) ?? null;
    });
  /** The paths of the links that decide, in the order of the mail. */
  const linksIn = (page: string, verdict: 'r' | 'n'): string[] =>
    [...page.matchAll(/href="[^"]*(\/decide\/[^"]+)"/g)]
      .map(([, path]) => path!)
      .filter((path) => new RegExp(`\\.${verdict}\\d+\\.`).test(path));
  /** The paths of the links to pages, in the order of the mail. */
  const pagesIn = (page: string): string[] =>
    [...page.matchAll(/href="[^"]*(\/sign-in\/from-mail\/[^"]+)"/g)].map(([, path]) => path!);
  const nobody = (): Browser => new Browser(h.test.url, 'lang=en');
  const reviews = () =>
    h.query(
      'SELECT call_id AS call, verdict, reason, verdict_by AS by, verdict_by_link AS "byLink" FROM review WHERE verdict IS NOT NULL ORDER BY verdict_at',
    );
  const callOf = async (path: string): Promise<string> => {
    const [, message, n] = /\/decide\/([0-9a-f-]{36})\.[rn](\d+)\./.exec(path)!;
    return (await h.query('SELECT items FROM notification WHERE id = $1', [message]))[0].items[Number(n)]
      .callId;
  };
  /** Presses the n-th button of the page's form. */
  async function press(who: Browser, path: string, value?: string): Promise<Answer> {
    const $ = load((await who.get(path)).body);
    const form = $('.decide-page form').first();
    const fields = Object.fromEntries(
      form
        .find('input')
        .get()
        .map((e) => [$(e).attr('name')!, $(e).attr('value')!]),
    );
    return who.post(form.attr('action')!, { ...fields, ...(value && { reason: value }) });
  }

  beforeAll(async () => {
    h = await Harvesting.start({ copies: 2, institutes: 'all', adjust: digesting() });
    await h.ended();
    await withContacts(h, PROFILE, [ANNE]);
    await harvested(h);
    joe = await somebody(h.test, { role: 'officer', profile: PROFILE, ...JOE });
    colleague = await somebody(h.test, {
      role: 'officer',
      profile: PROFILE,
      name: 'Olga Officer',
      mails: false,
    });
    await everybodyGone(h);
    const mail = await mailOf(JOE.email);
    [html, text] = [mail.html as string, mail.text!];
  });
  afterAll(() => h?.stop());

  it('takes two clicks and no sign-in: the link shows the call, the institute and one button, which decides', async () => {
    const [path] = linksIn(html, 'r');
    const b = nobody();
    const page = await b.get(path!);
    expect(page.status).toBe(200);
    const $ = load(page.body);
    const [call] = await h.query("SELECT content->>'title' AS title FROM call WHERE id = $1", [
      await callOf(path!),
    ]);
    expect($('.decide-page .title').text()).toBe(call.title);
    expect($('.decide-page').text()).toContain('Carnot Énergies du futur');
    expect($('.decide-page button').length).toBe(1);
    expect(await reviews()).toEqual([]);
    expect((await press(b, path!)).status).toBe(303);
    expect(await reviews()).toMatchObject([
      { call: await callOf(path!), verdict: 'relevant', reason: null, by: 'Joe', byLink: true },
    ]);
    const after = load((await b.get(path!)).body);
    expect(after('.notice').text()).toBe('Relevant (recorded)');
    expect(after('.decide-page button').text()).toBe('Undo');
  });

  it('is undone by the same link', async () => {
    const [path] = linksIn(html, 'r');
    expect((await press(nobody(), path!)).status).toBe(303);
    expect(await reviews()).toEqual([]);
    expect(load((await nobody().get(path!)).body)('.decide-page button').text()).toBe('Relevant');
  });

  it('is shown to colleagues as made by that link, who can undo it; it stands in the audit log', async () => {
    const [path] = linksIn(html, 'r');
    await press(nobody(), path!);
    const page = `/institutes/${PROFILE}/calls/${await callOf(path!)}`;
    expect(load((await colleague.get(`${page}?lang=en`)).body).text()).not.toContain('Joe’s link');
    expect(load((await colleague.get(page)).body).text()).toContain('by Joe’s link in an e-mail');
    const log = load((await colleague.get('/audit')).body).text();
    expect(log).toMatch(/Decided from an e-mail[^]*Joe[^]*Link in e-mail/);
    await colleague.post(`${page}/verdict/undo`, {});
    expect(await reviews()).toEqual([]);
    // What a colleague changed is not undone by the link.
    expect((await nobody().post(`${path}/undo`)).location).toBe(path);
    expect(await reviews()).toEqual([]);
  });

  it('names the reason of "not for us" with one press, and refuses one without', async () => {
    const [, path] = linksIn(html, 'n');
    const b = nobody();
    expect(load((await b.get(path!)).body)('.decide-page .reasons button').length).toBe(7);
    expect((await press(b, path!)).status).toBe(400);
    expect(await reviews()).toEqual([]);
    expect((await press(b, path!, 'trl')).status).toBe(303);
    expect(await reviews()).toMatchObject([{ verdict: 'not', reason: 'trl', by: 'Joe', byLink: true }]);
    await press(b, path!);
    expect(await reviews()).toEqual([]);
  });

  it('changes nothing while scanners open the links, by whatever method', async () => {
    for (const path of [...linksIn(html, 'r'), ...linksIn(html, 'n')])
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        await nobody().request(path, {
          method,
          headers: { 'user-agent': 'LinkScanner/1.0', purpose: 'prefetch' },
        });
    expect(await reviews()).toEqual([]);
    expect(
      await h.query('SELECT 1 FROM review WHERE seen_at IS NOT NULL AND profile_id = $1', [PROFILE]),
    ).toHaveLength(1);
  });

  it('shows whoever was forwarded the mail nothing but the call, the institute and that decision', async () => {
    const [path, other] = linksIn(html, 'r');
    const call = await callOf(path!);
    const page = `/institutes/${PROFILE}/calls/${call}`;
    await colleague.post(`${page}/notes`, { text: 'Our secret plan' });
    await colleague.post(`${page}/verdict`, { verdict: 'not', reason: 'capacity' });
    const b = nobody();
    const shown = await b.get(path!);
    expect(load(shown.body)('.notice').text()).toBe('Already decided: Not for us.');
    for (const inner of ['Olga', 'Capacity', 'Our secret plan', JOE.email, 'out of 100', 'Joe'])
      expect(shown.body).not.toContain(inner);
    expect([shown.headers.get('referrer-policy'), shown.headers.get('cache-control')]).toEqual([
      'strict-origin',
      'no-store',
    ]);
    // It can be changed, as in the inbox, and the colleague sees by whom.
    expect((await press(b, path!)).status).toBe(303);
    expect(await reviews()).toMatchObject([{ verdict: 'relevant', by: 'Joe', byLink: true }]);
    await colleague.post(`${page}/verdict`, { verdict: 'none' });
    expect(other).not.toBe(path);
  });

  it('is not saved if somebody decides between the page and the press', async () => {
    const [path] = linksIn(html, 'r');
    const page = `/institutes/${PROFILE}/calls/${await callOf(path!)}`;
    const b = nobody();
    const version = load((await b.get(path!)).body)('input[name=version]').attr('value')!;
    await colleague.post(`${page}/verdict`, { verdict: 'study' });
    const late = await b.post(path!, { shown: 'none', version });
    expect([late.status, late.location]).toEqual([303, path]);
    expect((await b.get(path!)).body).toContain('Someone else decided first.');
    expect(await reviews()).toMatchObject([{ verdict: 'study', by: 'Olga Officer', byLink: false }]);
    await colleague.post(`${page}/verdict`, { verdict: 'none' });
  });

  it('is in the name of the link’s owner, whoever is signed in, and no other site sends its form', async () => {
    const [path] = linksIn(html, 'r');
    expect((await press(colleague, path!)).status).toBe(303);
    expect(await reviews()).toMatchObject([{ by: 'Joe', byLink: true }]);
    await press(colleague, path!);
    const forged = await nobody().request(path!, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ shown: 'none', version: '1' }),
    });
    expect(forged.status).toBe(403);
    expect(await reviews()).toEqual([]);
  });

  it('is refused for every change of the link: another call, decision, time, message or person', async () => {
    const [path] = linksIn(html, 'r');
    const [id, use, end, mac] = path!.slice('/decide/'.length).split('.') as [string, string, string, string];
    const { linkKey } = (await h.test.app
      .get(RecipientRepository)
      .byAddress({ channel: 'email', owner: '', address: JOE.email }))!;
    const later = (parseInt(end, 36) + 86_400).toString(36);
    const forgery = mailLinkToken(id, { verdict: 'relevant', items: [0] }, `${linkKey}x`, h.clock.now());
    for (const token of [
      [id, 'r1', end, mac].join('.'),
      [id, use.replace('r', 'n'), end, mac].join('.'),
      [id, use, later, mac].join('.'),
      ['00000000-0000-4000-8000-000000000000', use, end, mac].join('.'),
      [id, use, end, `${mac.slice(0, -2)}AA`].join('.'),
      forgery,
      id,
      'x',
    ]) {
      expect((await nobody().get(`/decide/${token}`)).status).toBe(404);
      expect((await nobody().post(`/decide/${token}`, { shown: 'none', version: '1' })).status).toBe(404);
      expect((await nobody().post(`/decide/${token}/undo`)).status).toBe(404);
    }
    // One that names a call which the message does not have.
    const beyond = mailLinkToken(id, { verdict: 'relevant', items: [999] }, linkKey, h.clock.now());
    expect((await nobody().get(`/decide/${beyond}`)).status).toBe(410);
    expect(await reviews()).toEqual([]);
  });

  it('is one for several calls where the link is: each that is undecided, and all of them are undone', async () => {
    const [path] = linksIn(html, 'r');
    const [id] = path!.slice('/decide/'.length).split('.') as [string];
    const { linkKey } = (await h.test.app
      .get(RecipientRepository)
      .byAddress({ channel: 'email', owner: '', address: JOE.email }))!;
    const [{ items }] = await h.query('SELECT items FROM notification WHERE id = $1', [id]);
    const ids: string[] = items.slice(0, 3).map(({ callId }: { callId: string }) => callId);
    const [, second, third] = ids;
    const link = (verdict: 'relevant' | 'not', at: number[]) =>
      `/decide/${mailLinkToken(id, { verdict, items: at }, linkKey, h.clock.now())}`;
    const many = link('relevant', [0, 1, 2]);
    const b = nobody();
    await colleague.post(`/institutes/${PROFILE}/calls/${second}/verdict`, { verdict: 'study' });
    const shown = load((await b.get(many)).body);
    expect([shown('h1').text(), shown('.decide-page .title').length]).toEqual([
      '3 topics: relevant for us?',
      3,
    ]);
    expect(shown('.notice').text()).toBe('Already decided: To study. This link leaves it so.');
    expect(shown('.decide-page button').text()).toBe('All relevant');
    const fields = (name: string): string[] =>
      shown(`input[name=${name}]`)
        .get()
        .map((e) => shown(e).attr('value')!);
    const form = { shown: fields('shown'), version: fields('version') };
    // What a colleague decides meanwhile stops all of it.
    await colleague.post(`/institutes/${PROFILE}/calls/${third}/verdict`, { verdict: 'not', reason: 'trl' });
    expect((await b.post(many, form)).location).toBe(many);
    expect((await b.get(many)).body).toContain('Someone else decided first.');
    expect((await reviews()).map(({ byLink }: { byLink: boolean }) => byLink)).toEqual([false, false]);
    await colleague.post(`/institutes/${PROFILE}/calls/${third}/verdict`, { verdict: 'none' });
    expect((await b.post(many, form)).status).toBe(303);
    expect((await reviews()).filter(({ byLink }: { byLink: boolean }) => byLink)).toEqual(
      [ids[0], third].map((call) => expect.objectContaining({ call, verdict: 'relevant', by: 'Joe' })),
    );
    // It answers for each of its calls, or not at all.
    expect((await b.post(many, { shown: ['none'], version: ['1'] })).status).toBe(400);
    expect((await b.get(link('relevant', [0, 999]))).status).toBe(410);
    expect((await b.get(many.replace('.r0-1-2.', '.r0-1.'))).status).toBe(404);
    const done = load((await b.get(many)).body);
    expect(done('.decide-page button').text()).toBe('Undo');
    expect((await b.post(`${many}/undo`)).status).toBe(303);
    expect(await reviews()).toMatchObject([{ call: second, verdict: 'study', byLink: false }]);
    await colleague.post(`/institutes/${PROFILE}/calls/${second}/verdict`, { verdict: 'none' });
    const none = link('not', [0, 2]);
    const asked = load((await b.get(none)).body);
    expect([asked('h1').text(), asked('.reasons button').length]).toEqual(['2 topics: not for us?', 7]);
    await b.post(none, { shown: ['none', 'none'], version: ['1', '1'], reason: 'topic' });
    expect(await reviews()).toMatchObject([{ reason: 'topic' }, { reason: 'topic' }]);
    await b.post(`${none}/undo`);
    expect(await reviews()).toEqual([]);
    // One that has been withdrawn meanwhile is said to be, and left alone.
    const withdrawn = (at: Date | null) =>
      h.query('UPDATE call SET withdrawn_at = $1 WHERE id = $2', [at, second]);
    await withdrawn(h.clock.now());
    const two = load((await b.get(many)).body);
    expect(two('.badge').text()).toBe('Withdrawn');
    expect(two('.badge').closest('section').index()).toBe(two('section').eq(1).index());
    await b.post(many, { ...form, shown: ['none', 'none', 'none'] });
    expect((await reviews()).map(({ call }: { call: string }) => call)).toEqual([ids[0], third]);
    await b.post(`${many}/undo`);
    await withdrawn(null);
    expect(await reviews()).toEqual([]);
  });

  it('has links in no row of the database and in no log, and the mail says who can use them', async () => {
    const rows = JSON.stringify(await h.query('SELECT id, text, html FROM notification'));
    expect(rows).toMatch(/\/decide\/decide-[0-9a-f-]{36}-relevant-/);
    expect(rows).not.toMatch(/\/decide\/(?!decide-)/);
    expect(unwrapped(text)).toContain('whoever has this e-mail can use them');
    const said: string[] = [];
    const to = (message: unknown) => said.push(String(message));
    Logger.overrideLogger({ log: to, warn: to, error: to });
    const [path] = linksIn(html, 'r');
    await h.query('ALTER TABLE review RENAME TO gone');
    try {
      expect((await nobody().get(path!)).status).toBe(500);
    } finally {
      await h.query('ALTER TABLE gone RENAME TO review');
    }
    expect(said.join('\n')).toContain('/decide/…');
    expect(said.join('\n')).not.toContain(path!.split('.').at(-1)!);
  });

  it('ends for the links of before when the mail is sent again, which has new ones', async () => {
    const [path] = linksIn(html, 'r');
    const id = path!.slice('/decide/'.length).split('.')[0]!;
    const { status } = await h.call(`/v1/notifications/${id}/resend`, { method: 'POST' });
    expect(status).toBeLessThan(300);
    h.clock.move({ minutes: 1 });
    const again = await mailOf(JOE.email, 2);
    expect((await nobody().get(path!)).status).toBe(410);
    expect((await nobody().post(path!, { shown: 'none', version: '1' })).status).toBe(410);
    html = again.html as string;
    const [fresh] = linksIn(html, 'r');
    expect(fresh).not.toBe(path);
    expect((await press(nobody(), fresh!)).status).toBe(303);
    expect(await reviews()).toMatchObject([{ by: 'Joe', byLink: true }]);
    await press(nobody(), fresh!);
  });

  it('leads on to the list: signed in at once, else by a page that mails the reader a link and does not say where', async () => {
    const [path] = linksIn(html, 'n');
    const shown = load((await nobody().get(path!)).body);
    const onward = shown('.decide-page a:contains("The rest of the list")').attr('href')!;
    const ways = pagesIn(html);
    expect(ways).toContain(onward);
    for (const way of new Set(ways)) {
      const to = new URLSearchParams(way.split('?')[1]).get('next')!;
      expect((await joe.get(way)).location).toBe(to);
      const door = await nobody().get(way);
      expect([door.status, load(door.body)('.sign-in .card button').length]).toEqual([200, 1]);
      expect(door.body).not.toMatch(/energy\.test|Joe/);
    }
    const asked = await nobody().post(onward);
    expect(asked.status).toBe(200);
    expect(asked.body).not.toMatch(/energy\.test|Joe/);
    expect((await nobody().post(await linkTo(h.test, JOE.email))).location).toBe(
      `/institutes/${PROFILE}/inbox`,
    );
    expect((await nobody().get('/sign-in/from-mail/x')).status).toBe(404);
    expect((await nobody().get(`/sign-in/from-mail/${randomUUID()}?next=/calls`)).status).toBe(404);
  });

  it('has a title that leads to its call, with the same sign-in; who has signed in stands where they wanted', async () => {
    const [path] = linksIn(html, 'r');
    const call = `/institutes/${PROFILE}/calls/${await callOf(path!)}`;
    const way = pagesIn(html).find((one) => one.endsWith(`?next=${call}`))!;
    h.clock.move({ minutes: 1 });
    expect((await nobody().post(way)).status).toBe(200);
    expect((await nobody().post(await linkTo(h.test, JOE.email))).location).toBe(call);
    // No other page of ours is linked without it, and none of another site is led to.
    expect(
      html.match(/href="[^"]*\/(?:institutes|calls)\/[^"]*"/g)?.filter((a) => !a.includes('?next=')),
    ).toEqual([]);
    const elsewhere = way.replace(/next=.*/, 'next=https://evil.example');
    expect((await joe.get(elsewhere)).location).toBe(`/institutes/${PROFILE}/inbox`);
  });

  it('ends after 30 days, with a page in the language of its reader that offers to sign in', async () => {
    const [path] = linksIn(html, 'r');
    h.clock.move({ hours: 30 * 24 });
    const late = await new Browser(h.test.url).get(path!);
    expect(late.status).toBe(410);
    const $ = load(late.body);
    expect([$('html').attr('lang'), $('h1').text()]).toEqual(['en', 'This link has expired']);
    expect($('main a.button').attr('href')).toBe(
      `/sign-in/from-mail/${joe.person.id}?next=/institutes/${PROFILE}/inbox`,
    );
    const program = await fetch(new URL(path!, h.test.url), { headers: { accept: 'application/json' } });
    expect([program.status, program.headers.get('content-type')]).toEqual([
      410,
      expect.stringContaining('application/problem+json'),
    ]);
    h.clock.move({ hours: -30 * 24 });
    expect((await nobody().get(path!)).status).toBe(200);
  });

  it('ends where its reader may no longer decide, or leaves; coming back does not bring it back', async () => {
    const [path] = linksIn(html, 'r');
    const people = h.test.app.get(PersonRepository);
    const change = (role: 'reader' | 'officer' | null) =>
      people.change(PROFILE, joe.person.id, { role, keepsOne: false }, h.clock.now(), () => []);
    await change('reader');
    expect((await nobody().get(path!)).status).toBe(410);
    expect((await nobody().post(path!, { shown: 'none', version: '1' })).status).toBe(410);
    await change('officer');
    expect((await nobody().get(path!)).status).toBe(200);
    await change(null);
    expect((await nobody().get(path!)).status).toBe(404);
    await somebody(h.test, { role: 'officer', profile: PROFILE, ...JOE });
    expect((await nobody().get(path!)).status).toBe(404);
    expect((await nobody().post(path!, { shown: 'none', version: '1' })).status).toBe(404);
    expect(await reviews()).toEqual([]);
  });

  it('is offered to nobody who may not decide: a reader, or a contact without an account', async () => {
    await somebody(h.test, { role: 'reader', profile: PROFILE, name: 'Rita', email: 'rita@energy.test' });
    await everybodyGone(h);
    for (const address of ['rita@energy.test', ANNE.email]) {
      const mail = await mailOf(address);
      expect(mail.html).not.toContain('/decide');
      expect(mail.text).not.toContain('/decide');
      expect(mail.text).not.toContain('Not for us');
    }
  });
});
