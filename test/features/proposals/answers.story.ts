import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { MailJob } from '../../../src/outbox/mail.job.js';
import { inDays } from '../../support/matching/calls.js';
import { Browser, somebody } from '../../support/access/people.js';
import { MATERIALS, PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';
import { until, worked } from '../../support/until.js';

let p: Proposing;
let link: string;
let marie: string;
beforeAll(async () => {
  p = await Proposing.start();
  marie = await p.researcher('Marie Martin', [WIND], 'fr');
  link = await p.asked(marie);
});
afterAll(() => p?.stop());

const anybody = () => new Browser(p.test.url);
const stands = async () =>
  (await p.call(`/calls/${p.callId}/proposals`)).body.items.find((i: any) => i.researcher.id === marie);

/** Returns the officer's mails from the outbox. */
const told = (): Promise<{ id: string; state: string; error: string | null }[]> =>
  p.test.app
    .get(DataSource)
    .query("SELECT id, state, error FROM transactional_mail WHERE kind = 'answer' ORDER BY created_at");
const allSent = () =>
  until('all mails to have left', async () => (await told()).every((l) => l.state === 'sent'));

describe('the answer to a proposed call', () => {
  it('is not given by opening the link: scanners do', async () => {
    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await anybody().request(link, { method })).status).toBe(200);
    expect(await stands()).toMatchObject({ answer: null, word: null, answeredAt: null });
    await worked();
    expect(p.sink.mails).toHaveLength(1);
  });

  it('stands with the call and is told to the officer who asked, in their language', async () => {
    expect(
      await anybody().post(link, { answer: 'interested', word: 'Oui, avec plaisir\r\nMarie', other: '' }),
    ).toMatchObject({ status: 303, location: link });
    expect(await stands()).toMatchObject({
      answer: 'interested',
      word: 'Oui, avec plaisir\nMarie',
      other: null,
      answeredAt: expect.any(String),
    });
    const mail = (await p.mails(2))[1]!;
    expect({ to: mail.envelopeTo, replyTo: mail.replyTo?.value[0]?.address }).toEqual({
      to: ['odile@air.example'],
      replyTo: 'marie.martin@lab.example',
    });
    expect(mail.subject).toBe('Marie Martin\u00a0: cela m’intéresse – Larger offshore wind farms');
    expect(mail.text).toContain('Oui, avec plaisir\nMarie');
    expect(mail.text).toMatch(
      new RegExp(
        `http://calls\\.test/sign-in/from-mail/[\\w-]+\\?next=/institutes/${PROFILE.id}/calls/${p.callId}\\s`,
      ),
    );
    expect(mail.text).not.toContain('/answer/');
  });

  it('given twice is told once', async () => {
    await anybody().post(link, { answer: 'interested', word: 'Oui, avec plaisir\r\nMarie' });
    await worked();
    expect(p.sink.mails).toHaveLength(2);
  });

  it('may be changed, and the officer hears of it', async () => {
    await anybody().post(link, { answer: 'ask-other', other: 'Jean, du labo B' });
    expect(await stands()).toMatchObject({ answer: 'ask-other', other: 'Jean, du labo B', word: null });
    expect((await p.mails(3))[2]!.text).toContain('Cette réponse remplace la précédente.');
  });

  it('is refused without a choice, or without saying whom to ask', async () => {
    const before = await stands();
    for (const form of [
      {},
      { answer: 'maybe' },
      { answer: 'ask-other' },
      { answer: 'interested', word: 'x'.repeat(2_001) },
    ]) {
      expect((await anybody().post(link, form as Record<string, string>)).status).toBe(422);
    }
    expect(await stands()).toEqual(before);
  });

  it('has a secret that none can guess or cut: others are not found', async () => {
    for (const path of [`/answer/${'A'.repeat(43)}`, link.slice(0, -1), `${link}A`]) {
      expect([
        (await anybody().get(path)).status,
        (await anybody().post(path, { answer: 'interested' })).status,
      ]).toEqual([404, 404]);
    }
  });

  it("is not taken from another site's form", async () => {
    const answer = await anybody().request(link, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ answer: 'not-for-me' }),
    });
    expect(answer.status).toBe(403);
    expect((await stands()).answer).toBe('ask-other');
  });

  it('pressed several times at once is told once', async () => {
    const before = (await told()).length;
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => anybody().post(link, { answer: 'not-for-me', word: 'At once' })),
    );
    expect(answers.map((a) => a.status)).toEqual([303, 303, 303, 303]);
    expect(await told()).toHaveLength(before + 1);
  });

  it('changed while its mail still waits is told once, as it stands', async () => {
    await allSent();
    const other = await p.asked(await p.researcher('Wanda Waits', [WIND]));
    p.sink.refuse({ code: 451, text: 'greylisted' });
    const before = await told();
    for (const word of ['First', 'Second', 'Third']) {
      await anybody().post(other, { answer: 'interested', word });
      await until('a try that did not get through', async () => (await told()).at(-1)!.error);
    }
    p.sink.refuse(null);
    const { id } = (await told()).at(-1)!;
    await p.test.app
      .get(DataSource)
      .query('UPDATE transactional_mail SET next_try_at = NULL WHERE id = $1', [id]);
    await p.test.app.get(MailJob, { strict: false }).run({ mailId: id });
    await allSent();
    const text = p.sink.mails.at(-1)!.text!;
    expect([(await told()).length, text.includes('Third'), text.includes('First')]).toEqual([
      before.length + 1,
      true,
      false,
    ]);
  });

  it('is not taken any number of times in an hour, and says when to come back with what was typed', async () => {
    const often = await p.asked(await p.researcher('Otto Often', [WIND]));
    const answers = [];
    for (let i = 0; i < 11; i += 1)
      answers.push(await anybody().post(often, { answer: 'interested', word: `Word ${i}` }));
    expect(answers.map((a) => a.status)).toEqual([...Array<number>(10).fill(303), 429]);
    const { headers, body } = answers.at(-1)!;
    const $ = load(body);
    expect([Number(headers.get('retry-after')) > 600, $('[role=alert]').text(), $('#word').val()]).toEqual([
      true,
      expect.stringMatching(/minutes/),
      'Word 10',
    ]);
    expect((await anybody().post(link, { answer: 'interested' })).status).toBe(303);
    await anybody().post(link, { answer: 'ask-other', other: 'Jean' });
    await allSent();
  });

  it('reaches nobody where the officer is gone, and still stands', async () => {
    const bob = await p.researcher('Bob Blade', [MATERIALS]);
    const leaving = await somebody(p.test, { role: 'officer', profile: PROFILE.id, name: 'Luc Leaving' });
    const before = p.sink.mails.length;
    await p.call(`/calls/${p.callId}/proposals`, {
      method: 'POST',
      token: await leaving.key('write'),
      body: { researcher: bob, subject: 'S', text: 'T' },
    });
    const [path] = /\/answer\/[\w-]+/.exec((await p.mails(before + 1)).at(-1)!.text!)!;
    await p.leave(leaving.person.id);
    expect((await anybody().post(path, { answer: 'not-for-me' })).status).toBe(303);
    await worked();
    expect(p.sink.mails).toHaveLength(before + 1);
    expect((await p.call('/proposals')).body.items[0]).toMatchObject({
      askedBy: 'Luc Leaving',
      answer: 'not-for-me',
    });
  });

  it('is not taken any more once the last deadline has passed', async () => {
    p.clock.set(inDays(61));
    expect((await anybody().get(link)).status).toBe(200);
    expect((await anybody().post(link, { answer: 'interested' })).status).toBe(409);
    p.clock.set(inDays(0));
    expect((await stands()).answer).toBe('ask-other');
  });
});
