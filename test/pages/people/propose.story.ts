import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { inDays } from '../../support/matching/calls.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import {
  linkIn,
  MATERIALS,
  OTHER_INSTITUTE,
  PROFILE,
  Proposing,
  WIND,
} from '../../support/institutes/proposing.js';
import { worked } from '../../support/until.js';

let p: Proposing;
let reader: Somebody;
let propose: string;
beforeAll(async () => {
  p = await Proposing.start();
  reader = await somebody(p.test, { role: 'reader', profile: PROFILE.id, mails: false });
  propose = `/institutes/${PROFILE.id}/calls/${p.callId}/propose`;
});
afterAll(() => p?.stop());

const page = async (path = propose, who: Somebody = p.officer) => load((await who.get(path)).body);
/** Returns the fields of the message form, ready to be sent. */
const held = ($: Awaited<ReturnType<typeof page>>): Record<string, string> =>
  Object.fromEntries(
    $('form.message [name]')
      .toArray()
      .map((e) => [$(e).attr('name')!, String($(e).val())]),
  );

describe('proposing a call from its page', () => {
  it('offers to add somebody where nobody is behind its competences, and goes on to the message', async () => {
    const $ = await page();
    expect($('form.message')).toHaveLength(0);
    expect($('.add-here').attr('open')).toBeDefined();
    expect($('.add-here p').first().text()).toContain(`${WIND}, ${MATERIALS}`);
    expect(
      $('.add-here input[name=competences]:checked')
        .toArray()
        .map((i) => $(i).val()),
    ).toEqual([WIND]);
    const wrong = await p.officer.post(`${propose}/person`, {
      name: 'Marie Martin',
      email: 'x',
      language: 'fr',
      competences: [WIND],
    });
    expect([wrong.status, load(wrong.body)('#name').val()]).toEqual([422, 'Marie Martin']);
    const { status, location } = await p.officer.post(`${propose}/person`, {
      name: 'Marie Martin',
      email: 'marie@lab.example',
      language: 'fr',
      competences: [WIND],
    });
    expect(status).toBe(303);
    expect((await page(location!))('#message-to').text()).toBe('Message à Marie Martin');
  });

  it("has the best candidate's message ready; another one's by a link, or as a part for the script", async () => {
    const bob = await p.researcher('Bob Blade', [MATERIALS]);
    const olga = await p.researcher('Olga Ocean', ['Ocean acoustics']);
    const $ = await page();
    expect(
      $('.whom > .ones > li > a')
        .toArray()
        .map((a) => $(a).text()),
    ).toEqual(['Marie Martin', 'Bob Blade']);
    expect($('.whom [aria-current]').text()).toBe('Marie Martin');
    expect($('.whom details .one > a').text()).toBe('Olga Ocean');
    expect($('.why').first().text()).toMatch(/Wind energy \(.*offshore wind.*\).*points/);
    expect(held($).text).toContain('Bonjour,');
    expect($('form.message button').text()).toBe('Envoyer à Marie Martin');
    expect(held(await page(`${propose}?to=${bob}`)).text).toMatch(/^Hello,/);
    expect((await page(`${propose}?to=${olga}`))('#text').attr('lang')).toBe('en');
    const part = await p.officer.request(`${propose}?to=${bob}`, { headers: { 'hx-request': 'true' } });
    expect(part.body).toMatch(/^<div id="propose"/);
  });

  it('keeps what was typed where something is wrong', async () => {
    const { status, body } = await p.officer.post(propose, {
      ...held(await page()),
      subject: ' ',
      text: 'My own words',
    });
    expect({ status, text: load(body)('#text').val(), wrong: load(body)('#subject-error').length }).toEqual({
      status: 422,
      text: 'My own words',
      wrong: 1,
    });
  });

  it('sends the edited message once, however often the button is pressed, and says so', async () => {
    const form = { ...held(await page()), text: 'Bonjour Marie,\r\nà toi de voir.' };
    const answers = await Promise.all([p.officer.post(propose, form), p.officer.post(propose, form)]);
    expect(answers.map((a) => [a.status, a.location])).toEqual([
      [303, propose.replace('/propose', '')],
      [303, propose.replace('/propose', '')],
    ]);
    const [mail] = await p.mails(1);
    expect(mail!.text).toMatch(/^Bonjour Marie,\nà toi de voir\.\n\n--\n/);
    await worked();
    expect(p.sink.mails).toHaveLength(1);
  });

  it('says that a second message from the same form, with other words, did not leave, and sends it as another', async () => {
    const lucie = await p.researcher('Lucie Lame', [MATERIALS]);
    const form: Record<string, string> = {
      ...held(await page(`${propose}?to=${lucie}`)),
      subject: 'S',
      text: 'First',
    };
    expect((await p.officer.post(propose, form)).status).toBe(303);
    const second = await p.officer.post(propose, { ...form, text: 'Second' });
    const $ = load(second.body);
    expect([second.status, $('#text').val(), $('form.message [role=alert]').text()]).toEqual([
      409,
      'Second',
      expect.stringContaining('n’a pas été envoyé'),
    ]);
    expect(held($)['id']).not.toBe(form['id']);
    expect((await p.officer.post(propose, held($))).status).toBe(303);
    expect((await p.mails(3)).slice(1).map((m) => m.text!.split('\n')[0])).toEqual(['First', 'Second']);
  });

  it('keeps the message where whoever it was written to is gone, says so, and addresses it to nobody by itself', async () => {
    const gone = await p.researcher('Guy Gone', [WIND]);
    const form = { ...held(await page(`${propose}?to=${gone}`)), subject: 'S', text: 'For Guy alone' };
    await p.call(`/researchers/${gone}`, { method: 'DELETE' });
    for (const [researcher, status, why] of [
      [gone, 409, 'retiré de la liste'],
      ['unreadable', 422, 'choisissez'],
      ['', 422, 'choisissez'],
    ] as const) {
      const answer = await p.officer.post(propose, { ...form, researcher });
      const $ = load(answer.body);
      expect([
        answer.status,
        $('#text').val(),
        $('#researcher-error').text(),
        $('.whom [aria-current]').length,
      ]).toEqual([status, 'For Guy alone', expect.stringContaining(why), 0]);
      expect([
        $('#researcher option[selected]').length,
        $('#researcher option')
          .toArray()
          .map((o) => $(o).text()),
      ]).toEqual([0, expect.arrayContaining([expect.stringContaining('Bob Blade')])]);
    }
    expect(p.sink.mails).toHaveLength(3);
  });

  it('says who was asked already, and asks once more only by its own button', async () => {
    const $ = await page();
    expect($('form.message .notice').text()).toContain('a déjà été proposé à Marie Martin');
    expect($('form.message button').text()).toBe('Envoyer de nouveau à Marie Martin');
    const form = held($);
    delete form['again'];
    const refused = await p.officer.post(propose, { ...form, text: 'kept' });
    expect([refused.status, load(refused.body)('#text').val()]).toEqual([409, 'kept']);
    expect(p.sink.mails).toHaveLength(3);
    expect((await p.officer.post(propose, held($))).status).toBe(303);
    await p.mails(4);
  });

  it('shows the answers, on the page and in the list of all', async () => {
    await fetch(new URL(linkIn(p.sink.mails[0]!.text!), p.test.url), {
      method: 'POST',
      body: new URLSearchParams({ answer: 'ask-other', other: 'Jean', word: 'Il <sait>' }),
    });
    const $ = await page();
    expect($('.asked').text()).toMatch(/voir avec Jean.*Il <sait>/);
    const all = await page(`/institutes/${PROFILE.id}/people/asked`);
    expect(all('.asked-all tbody tr').length).toBe(4);
    expect(all('.asked-all').text()).toMatch(
      /Marie Martin.*Larger offshore wind farms.*pas encore de réponse.*voir avec Jean/,
    );
  });

  it('shows readers who was asked, and lets them send nothing', async () => {
    const $ = await page(propose, reader);
    expect($('.asked').text()).toContain('Marie Martin');
    expect($('main form')).toHaveLength(0);
    expect((await reader.post(propose, held(await page()))).status).toBe(403);
  });

  it('is no page of others', async () => {
    for (const who of [
      await somebody(p.test, { role: 'coordinator' }),
      await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE }),
    ]) {
      const { status, body } = await who.get(propose);
      expect([status, body.includes('Marie')]).toEqual([403, false]);
    }
  });

  it('shows the newest of many proposals, and all of them on a page of their own', async () => {
    // As if the first message had been sent to thirty more.
    await p.test.app.get(DataSource).query(
      `INSERT INTO proposal SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'token_hash', 'hash ' || n, 'name', 'Nora ' || n))).*
         FROM (SELECT * FROM proposal LIMIT 1) one JOIN proposal p ON p.id = one.id CROSS JOIN generate_series(1, 30) n`,
    );
    const $ = await page();
    expect($('.asked > li')).toHaveLength(20);
    const all = $('.asked').next().find('a');
    expect(all.text()).toBe('Afficher les 34 propositions');
    const listed = await page(all.attr('href')!);
    expect(listed('.asked-all tbody tr')).toHaveLength(34);
    const other = await page(`/institutes/${PROFILE.id}/people/asked?call=${randomUUID()}`);
    expect(other('.asked-all')).toHaveLength(0);
  });

  it('says that a closed call cannot be proposed', async () => {
    const form = held(await page());
    p.clock.set(inDays(61));
    const late = await somebody(p.test, { role: 'officer', profile: PROFILE.id, mails: false });
    const $ = await page(propose, late);
    expect($('main form')).toHaveLength(0);
    expect($('.notice').text()).toContain('closed');
    const before = p.sink.mails.length;
    expect((await late.post(propose, form)).status).toBe(409);
    expect(p.sink.mails).toHaveLength(before);
  });
});
