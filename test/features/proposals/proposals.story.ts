import { DataSource } from 'typeorm';
import { Bounces } from '../../../src/notifications/bounces.js';
import { DeliveryRepository } from '../../../src/notifications/store/delivery.repository.js';
import { MailJob } from '../../../src/outbox/mail.job.js';
import { TransactionalMailRepository } from '../../../src/outbox/store/transactional-mail.repository.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { readReport } from '../../../src/platform/mail/read-report.js';
import { api } from '../../support/app.js';
import { inDays } from '../../support/matching/calls.js';
import { serviceKey, somebody } from '../../support/access/people.js';
import {
  linkIn,
  MATERIALS,
  OTHER_INSTITUTE,
  PROFILE,
  Proposing,
  WIND,
} from '../../support/institutes/proposing.js';
import { report } from '../../support/notifications/reports.js';
import { eventually, until, worked } from '../../support/until.js';

let p: Proposing;
let [marie, bob]: string[] = [];
beforeAll(async () => {
  p = await Proposing.start();
  marie = await p.researcher('Marie Martin', [WIND, MATERIALS], 'fr');
  bob = await p.researcher('Bob Blade', [MATERIALS], 'en');
  await p.researcher('Olga Ocean', ['Ocean acoustics']);
});
afterAll(() => p?.stop());

const at = (rest: string) => `/calls/${p.callId}/${rest}`;
const send = (body: object, token?: string | null) =>
  p.call(at('proposals'), { method: 'POST', body, ...(token !== undefined && { token }) });
const ID = '5b0c9a0e-8a52-4f57-9d8b-0f3f5d1c7a11';

describe('proposing a call', () => {
  it('suggests those behind the competences that brought points, with a message in the language of each', async () => {
    const { status, body } = await p.call(at('candidates'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 2,
      next: null,
      items: [
        { researcher: { id: marie, name: 'Marie Martin', language: 'fr' }, asked: false },
        { researcher: { id: bob } },
      ],
    });
    const [first, second] = body.items;
    expect(first.why.map((w: any) => w.competence)).toEqual([WIND, MATERIALS]);
    expect(first.why[0].terms).toEqual(expect.arrayContaining(['offshore wind', 'wind turbine']));
    expect(first.points).toBeGreaterThan(second.points);
    expect(first.draft.text).toMatch(
      /^Bonjour,[^]*Forfait \(lump sum\)\u00a0: oui[^]*https:\/\/example\.org\/calls\/wind-01[^]*Odile Officer, Carnot Air$/,
    );
    expect(second.draft.text).toMatch(/^Hello,[^]*a composite blade that lasts/);
    expect(
      (
        await p.call(
          `${at('candidates')}?limit=1&cursor=${(await p.call(`${at('candidates')}?limit=1`)).body.next}`,
        )
      ).body,
    ).toMatchObject({ next: null, items: [{ researcher: { id: bob } }] });
  });

  it('sends the message as it was left, with the link under it; a reply goes to the officer', async () => {
    const { status, body } = await send({
      id: ID,
      researcher: marie,
      subject: 'Un appel pour vous',
      text: 'Bonjour Marie,\n\nvoici <un> appel.',
    });
    expect({ status, body }).toMatchObject({
      status: 202,
      body: {
        id: ID,
        researcher: { id: marie, name: 'Marie Martin', email: 'marie.martin@lab.example' },
        call: { id: p.callId, title: 'Larger offshore wind farms' },
        askedBy: 'Odile Officer',
        answer: null,
        word: null,
      },
    });
    const [mail] = await p.mails(1);
    expect({
      to: mail!.envelopeTo,
      subject: mail!.subject,
      replyTo: mail!.replyTo?.value[0]?.address,
    }).toEqual({
      to: ['marie.martin@lab.example'],
      subject: 'Un appel pour vous',
      replyTo: 'odile@air.example',
    });
    expect(mail!.text).toMatch(
      /^Bonjour Marie,\n\nvoici <un> appel\.\n\n--\nPour répondre, ouvrez cette page/,
    );
    expect((await fetch(new URL(linkIn(mail!.text!), p.test.url))).status).toBe(200);
    expect(mail!.html).toContain(`http://calls.test${linkIn(mail!.text!)}`);
  });

  it('sends once what is sent twice under one id, at the same time too', async () => {
    const again = await send({
      id: ID,
      researcher: marie,
      subject: 'Un appel pour vous',
      text: 'Bonjour Marie,\r\n\r\nvoici <un> appel. ',
    });
    expect(again).toMatchObject({
      status: 202,
      body: { id: ID, text: 'Bonjour Marie,\n\nvoici <un> appel.' },
    });
    const id = '0d9b6c3a-5a0e-4c1f-9f0e-6a2b8a6a9d22';
    const both = await Promise.all(
      [1, 2, 3].map(() => send({ id, researcher: bob, subject: 'S', text: 'T' })),
    );
    expect(both.map((b) => [b.status, b.body.id])).toEqual([
      [202, id],
      [202, id],
      [202, id],
    ]);
    await p.mails(2);
    await worked();
    expect(p.sink.mails.map((m) => m.envelopeTo[0])).toEqual([
      'marie.martin@lab.example',
      'bob.blade@lab.example',
    ]);
    expect((await send({ id, researcher: marie, subject: 'S', text: 'T', again: true })).status).toBe(409);
  });

  it('sends no other words under an id that left, and says so', async () => {
    for (const other of [{ text: 'Bonjour' }, { subject: 'Autre' }]) {
      const { status, body } = await send({
        id: ID,
        researcher: marie,
        subject: 'Un appel pour vous',
        text: 'Bonjour Marie,\n\nvoici <un> appel.',
        ...other,
      });
      expect({ status, detail: body.detail }).toEqual({
        status: 409,
        detail: expect.stringContaining('This id has already been used for another message'),
      });
    }
    expect(p.sink.mails).toHaveLength(2);
  });

  it('asks nobody twice for one call unless it is meant', async () => {
    expect((await p.call(at('candidates'))).body.items.map((c: any) => c.asked)).toEqual([true, true]);
    const refused = await send({ researcher: bob, subject: 'S', text: 'T' });
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('again') } });
    expect((await send({ researcher: bob, subject: 'Once more', text: 'T', again: true })).status).toBe(202);
    await p.mails(3);
  });

  it('tells who was asked and whether the mail left, newest first, by call and in all', async () => {
    const all = await until('the mails to be known as sent', async () => {
      const { body } = await p.call('/proposals');
      return body.items.every((i: any) => i.mail.state === 'sent') && body;
    });
    expect(all).toMatchObject({
      total: 3,
      items: [{ subject: 'Once more' }, { researcher: { id: bob } }, { researcher: { id: marie } }],
    });
    const first = (await p.call(`${at('proposals')}?limit=2`)).body;
    expect([first.items.length, first.total]).toEqual([2, 3]);
    expect((await p.call(`${at('proposals')}?limit=2&cursor=${first.next}`)).body).toMatchObject({
      next: null,
      items: [{ id: ID, mail: { state: 'sent', error: null, sentAt: expect.any(String) } }],
    });
  });

  it('leaves once, also where our own database fails once it has left', async () => {
    const database = p.test.app.get(DataSource);
    await database.query(
      "CREATE FUNCTION no_mark() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$",
    );
    await database.query(
      "CREATE TRIGGER no_mark BEFORE UPDATE ON transactional_mail FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION no_mark()",
    );
    const { body } = await send({ researcher: bob, subject: 'Full disk', text: 'T', again: true });
    const sending = worked();
    await eventually('the mail', async () => p.sink.mails.length === 4);
    await database.query('DROP TRIGGER no_mark ON transactional_mail');
    await sending;
    const mark = () =>
      database.query(
        'SELECT state, attempts, error FROM transactional_mail WHERE id = (SELECT mail_id FROM proposal WHERE id = $1)',
        [body.id],
      );
    await until('the mail to be known as sent', async () => (await mark())[0].state === 'sent');
    expect(await mark()).toEqual([{ state: 'sent', attempts: 1, error: null }]);
    expect(p.sink.mails.splice(3)).toHaveLength(1);
    await database.query('DELETE FROM proposal WHERE id = $1', [body.id]);
  });

  it('that could not leave before the last deadline says so, and speaks of no link', async () => {
    p.sink.refuse({ code: 451, text: 'greylisted' });
    const { body } = await send({ researcher: bob, subject: 'Late', text: 'T', again: true });
    const database = p.test.app.get(DataSource);
    const transactionalMail = async () =>
      (
        await database.query(
          'SELECT l.id, l.state, l.error FROM transactional_mail l JOIN proposal p ON p.mail_id = l.id WHERE p.id = $1',
          [body.id],
        )
      )[0];
    await until('a try', async () => (await transactionalMail()).error);
    await database.query('UPDATE transactional_mail SET next_try_at = NULL WHERE id = $1', [
      (await transactionalMail()).id,
    ]);
    p.clock.set(inDays(61));
    await p.test.app.get(MailJob, { strict: false }).run({ mailId: (await transactionalMail()).id });
    p.clock.set(inDays(0));
    p.sink.refuse(null);
    expect(await transactionalMail()).toMatchObject({
      state: 'failed',
      error: 'the last deadline of the call had passed before it could leave',
    });
    await database.query('DELETE FROM proposal WHERE id = $1', [body.id]);
  });

  it('keeps no link: neither the database nor an answer of the API holds the secret', async () => {
    const secrets = p.sink.mails.map((m) => linkIn(m.text!).split('/').at(-1)!);
    const told = JSON.stringify([
      await p.call('/proposals'),
      await p.call(at('proposals')),
      await p.call(at('candidates')),
    ]);
    const kept = await p.everything();
    expect(secrets).toHaveLength(3);
    for (const secret of secrets)
      expect([kept.includes(secret), told.includes(secret)]).toEqual([false, false]);
    expect(told).not.toContain('/answer/');
  });

  it('says what is wrong with a message', async () => {
    const { status, body } = await send({ researcher: 'x', subject: ' ', text: 'x'.repeat(10_001), cc: 1 });
    expect({ status, paths: body.errors.map((e: any) => e.path).sort() }).toEqual({
      status: 400,
      paths: ['cc', 'researcher', 'subject', 'text'],
    });
    expect((await send({ researcher: ID, subject: 'S', text: 'T' })).status).toBe(404);
    expect(
      (
        await p.call(`/calls/${ID}/proposals`, {
          method: 'POST',
          body: { researcher: marie, subject: 'S', text: 'T' },
        })
      ).status,
    ).toBe(404);
    expect((await p.call(`/calls/${ID}/candidates`)).status).toBe(404);
  });

  it('stays inside the institute: the coordinator, the operator and other institutes get 403 and learn no name', async () => {
    const strangers = [
      null,
      await (await somebody(p.test, { role: 'coordinator' })).key('write'),
      await serviceKey(p.test, 'write'),
      await (await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE })).key('write'),
    ];
    for (const token of strangers) {
      const refused = [
        await p.call(at('candidates'), { token }),
        await p.call(at('proposals'), { token }),
        await p.call('/proposals', { token }),
        await send({ researcher: marie, subject: 'S', text: 'T', again: true }, token),
      ];
      expect(refused.map((r) => r.status)).toEqual([403, 403, 403, 403]);
      expect(JSON.stringify(refused)).not.toMatch(/Marie|Odile|lab\.example/);
    }
    // Asking a researcher is not shown to sister institutes as an interest; an interest is opened explicitly.
    expect(
      (await api(p.test.url, `/v1/calls/${p.callId}/interest`, { token: strangers[3]! })).body,
    ).toMatchObject({ items: [], total: 0 });
    const reader = await (await somebody(p.test, { role: 'reader', profile: PROFILE.id })).key('read');
    expect((await p.call(at('proposals'), { token: reader })).status).toBe(200);
    expect((await send({ researcher: marie, subject: 'S', text: 'T', again: true }, reader)).status).toBe(
      403,
    );
    expect(p.sink.mails).toHaveLength(3);
  });

  it('keeps what was asked when somebody is taken off the list', async () => {
    await p.call(`/researchers/${bob}`, { method: 'DELETE' });
    const { body } = await p.call(at('proposals'));
    expect(body.items.map((i: any) => [i.researcher.id, i.researcher.name])).toEqual([
      [null, 'Bob Blade'],
      [null, 'Bob Blade'],
      [marie, 'Marie Martin'],
    ]);
  });

  it('that came back later is not said to have been sent', async () => {
    const id = await p.researcher('Rita Returned', [WIND]);
    await p.asked(id);
    const { app } = p.test;
    const [{ messageId }] = await app
      .get(DataSource)
      .query(`SELECT message_id AS "messageId" FROM transactional_mail WHERE to_name = 'Rita Returned'`);
    const mails = app.get(TransactionalMailRepository);
    const bounces = new Bounces(app.get(DeliveryRepository), mails, p.clock);
    const raw = report('postfix-unknown', { messageId, address: 'rita.returned@lab.example' });
    const back = (await readReport(raw))!;
    expect(await acrossInstitutes('a report of a test', () => bounces.take(back))).toMatchObject([
      { messageId, consequence: 'lost' },
    ]);
    const { items } = (await p.call('/proposals')).body;
    expect(items.find((one: any) => one.researcher.name === 'Rita Returned').mail).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('User unknown'),
    });
  });

  it('proposes no call that is closed', async () => {
    p.clock.set(inDays(61));
    const later = await (await somebody(p.test, { role: 'officer', profile: PROFILE.id })).key('write');
    const { status, body } = await send({ researcher: marie, subject: 'S', text: 'T', again: true }, later);
    expect({ status, detail: body.detail }).toEqual({
      status: 409,
      detail: expect.stringContaining('closed'),
    });
  });
});
