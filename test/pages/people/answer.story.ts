import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { MailJob } from '../../../src/outbox/mail.job.js';
import { inDays } from '../../support/matching/calls.js';
import { Browser } from '../../support/access/people.js';
import { PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';
import { until } from '../../support/until.js';

let p: Proposing;
let link: string;
beforeAll(async () => {
  p = await Proposing.start();
  link = await p.asked(await p.researcher('Marie Martin', [WIND], 'fr'));
  await p.researcher('Never Named', [WIND]);
});
afterAll(() => p?.stop());

const page = async (who = new Browser(p.test.url)) => load((await who.get(link)).body);

describe('the page behind the mail', () => {
  it('says who asks, the call in short and the message, and offers three answers and a word', async () => {
    const $ = await page();
    expect($('h1').text()).toBe('Cet appel est-il pour vous\u00a0?');
    expect($('main').text()).toMatch(/Odile Officer vous a proposé cet appel, Marie Martin/);
    expect($('h2[lang=en]').text()).toBe('Larger offshore wind farms');
    expect($('dd').text()).toContain('(heure de Bruxelles)');
    expect($('.sent-text').text()).toContain('Pourquoi vous');
    expect(
      $('input[type=radio]')
        .toArray()
        .map((i) => $(i).val()),
    ).toEqual(['interested', 'not-for-me', 'ask-other']);
    expect($('textarea[name=word]')).toHaveLength(1);
  });

  it('speaks as the mail did until another language is chosen, whoever else is signed in there', async () => {
    const english = new Browser(p.test.url);
    expect((await page(english))('html').attr('lang')).toBe('fr');
    const other = (await page(english))('.head-end a').attr('href')!;
    expect(other).toBe(`${link}?lang=en`);
    expect((await english.get(other)).location).toBe(link);
    const wrong = await new Browser(p.test.url).request(link, {
      method: 'POST',
      // All that browsers say of a page that keeps its address to itself.
      headers: { referer: `${p.test.url}/` },
      body: new URLSearchParams({ answer: 'ask-other' }),
    });
    expect([wrong.status, load(wrong.body)('.head-end a').attr('href')]).toEqual([422, other]);
    expect((await page(english))('h1').text()).toBe('Is this call for you?');
    const signedIn = load((await p.officer.get(link)).body);
    expect([signedIn('.menu').length, signedIn('.whose').length, signedIn('.head-end form').length]).toEqual([
      0, 0, 0,
    ]);
  });

  it('tells no more than the mail did, and sends nobody its address', async () => {
    const { body, headers } = await new Browser(p.test.url).get(link);
    expect([
      headers.get('referrer-policy'),
      headers.get('x-robots-tag'),
      headers.get('cache-control'),
      headers.getSetCookie(),
    ]).toEqual(['strict-origin', 'noindex, nofollow', 'no-store', []]);
    for (const secret of [
      'Never Named',
      'odile@air.example',
      'marie.martin@lab.example',
      `/institutes/${PROFILE.id}`,
      'Composite materials',
    ]) {
      expect([secret, body.includes(secret) && !p.sink.mails[0]!.text!.includes(secret)]).toEqual([
        secret,
        false,
      ]);
    }
    expect(body).toContain('rel="noreferrer"');
  });

  it('takes an answer without a script, thanks, and says what was answered', async () => {
    const marie = new Browser(p.test.url);
    const wrong = await marie.post(link, { answer: 'ask-other', word: 'Essayez <Jean>' });
    const $ = load(wrong.body);
    expect([wrong.status, $('#word').val(), $('#other-error').text(), $('input:checked').val()]).toEqual([
      422,
      'Essayez <Jean>',
      'Indiquez avec qui voir.',
      'ask-other',
    ]);
    expect(
      (await marie.post(link, { answer: 'ask-other', other: 'Jean', word: 'Essayez <Jean>' })).location,
    ).toBe(link);
    const after = await page(marie);
    expect(after('.flash').text()).toBe('Merci, votre réponse a été transmise.');
    expect(after('.notice').text()).toMatch(
      /Vous avez répondu le .*Voir avec quelqu’un d’autre\. \(Jean\)Essayez <Jean>Vous pouvez la modifier/,
    );
    expect([after('input:checked').val(), after('#other').val(), after('form button').text()]).toEqual([
      'ask-other',
      'Jean',
      'Modifier la réponse',
    ]);
    expect((await page(marie))('.flash')).toHaveLength(0);
  });

  it('takes it from a browser that says only by the origin which site sent it, and tells others in a page that nothing was changed', async () => {
    const sent = (origin: string) =>
      fetch(new URL(link, p.test.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { accept: 'text/html', origin },
        body: new URLSearchParams({ answer: 'ask-other', other: 'Jean', word: 'Essayez <Jean>' }),
      });
    expect((await sent(p.test.url)).status).toBe(303);
    for (const origin of ['null', 'http://elsewhere.test']) {
      const refused = await sent(origin);
      const $ = load(await refused.text());
      expect([
        refused.status,
        refused.headers.get('content-type'),
        $('h1').text(),
        $('h2').attr('lang'),
      ]).toEqual([403, 'text/html; charset=utf-8', 'Cette demande vient d’un autre site', 'en']);
    }
    const program = await fetch(new URL(link, p.test.url), {
      method: 'POST',
      headers: { origin: 'null' },
      body: new URLSearchParams({ answer: 'interested' }),
    });
    expect([program.status, program.headers.get('content-type')]).toEqual([
      403,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('says that the call was withdrawn meanwhile', async () => {
    await p.withdrawn(true);
    const $ = await page();
    expect($('.notice.warn').text()).toContain('retiré de sa source');
    expect($('form.answer-form')).toHaveLength(1);
    await p.withdrawn(false);
  });

  it('says that the last deadline has passed, and takes no answer any more', async () => {
    p.clock.set(inDays(61));
    const $ = await page();
    expect([$('.notice.warn').text(), $('form.answer-form').length]).toEqual([
      expect.stringContaining('dernière échéance'),
      0,
    ]);
    const late = await new Browser(p.test.url).post(link, { answer: 'interested' });
    expect([late.status, load(late.body)('.notice').text()]).toEqual([409, expect.stringContaining('Jean')]);
    p.clock.set(inDays(0));
  });

  it('is friendly about a link that is cut off', async () => {
    const { status, body } = await new Browser(p.test.url).get(link.slice(0, -3));
    expect([status, load(body)('h1').text()]).toEqual([404, 'Ce lien n’est pas valable']);
    expect(body).not.toContain('Marie');
  });
});

describe('whoever wants no more calls', () => {
  it('is asked before, is taken off the list, and cannot be put back on it', async () => {
    const paul = { name: 'Paul', email: 'Paul@lab.example', language: 'fr', competences: [WIND] };
    const stop = `${await p.asked(await p.researcher('Paul', [WIND], 'fr'))}/stop`;
    const browser = new Browser(p.test.url);
    const shown = await browser.get(stop);
    expect([shown.status, load(shown.body)('h1').text()]).toEqual([
      200,
      'Ne plus recevoir de propositions d’appels\u00a0?',
    ]);
    const listed = async () =>
      (await p.call<{ items: { email: string }[] }>('/researchers')).body.items.map((r) => r.email);
    expect(await listed()).toContain('paul@lab.example');
    // Doing it twice has the same effect as once.
    for (let i = 0; i < 2; i += 1) await browser.post(stop);
    expect(load((await browser.get(stop.replace('/stop', ''))).body)('.flash').text()).toMatch(/C’est fait/);
    expect(await listed()).not.toContain('paul@lab.example');
    const again = await p.call('/researchers', { method: 'POST', body: paul });
    expect([again.status, again.body.errors]).toEqual([
      400,
      [expect.objectContaining({ path: 'email', message: 'has asked to receive no more proposals' })],
    ]);
    const pasted = await p.officer.post(`/institutes/${PROFILE.id}/people/paste`, {
      lines: 'Paul <paul@lab.example>',
    });
    expect([pasted.status, load(pasted.body)('.notice').text()]).toEqual([
      422,
      expect.stringMatching(/Line 1|Ligne 1/),
    ]);
    expect(await listed()).not.toContain('paul@lab.example');
    expect((await browser.get('/answer/nothing/stop')).status).toBe(404);
  });

  it('is taken off the list under the address that they have by now, and is sent nothing that still waits', async () => {
    const vera = { name: 'Vera', email: 'vera@new.example', language: 'fr', competences: [WIND] };
    const id = await p.researcher('Vera', [WIND], 'fr');
    const link = await p.asked(id);
    await p.call(`/researchers/${id}`, { method: 'PUT', body: vera });
    p.sink.refuse({ code: 451, text: 'greylisted' });
    const { body } = await p.call(`/calls/${p.callId}/proposals`, {
      method: 'POST',
      body: { researcher: id, subject: 'Again', text: 'Again', again: true },
    });
    const mail = async () =>
      (
        await p.test.app
          .get(DataSource)
          .query(
            'SELECT m.id, m.state, m.error FROM transactional_mail m JOIN proposal p ON p.mail_id = m.id WHERE p.id = $1',
            [body.id],
          )
      )[0];
    await until('a try', async () => (await mail()).error);
    p.sink.refuse(null);
    await new Browser(p.test.url).post(`${link}/stop`);
    expect((await p.call('/researchers', { method: 'POST', body: vera })).body.errors).toMatchObject([
      { path: 'email' },
    ]);
    await p.test.app
      .get(DataSource)
      .query('UPDATE transactional_mail SET next_try_at = NULL WHERE id = $1', [(await mail()).id]);
    await p.test.app.get(MailJob, { strict: false }).run({ mailId: (await mail()).id });
    expect(await mail()).toMatchObject({
      state: 'failed',
      error: 'its reader has left, is not on the list, or wants no calls',
    });
  });
});
