import { Logger } from '@nestjs/common';
import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { Bounces } from '../../../src/notifications/bounces.js';
import { DeliveryRepository } from '../../../src/notifications/store/delivery.repository.js';
import { HELD, HeldSending } from '../../../src/outbox/store/sending.js';
import { TransactionalMailRepository } from '../../../src/outbox/store/transactional-mail.repository.js';
import { readReport } from '../../../src/platform/mail/read-report.js';
import { report } from '../../support/notifications/reports.js';
import { NewsletterReaders } from '../../../src/newsletters/newsletter-readers.js';
import { NewsletterSender } from '../../../src/newsletters/newsletter-sender.js';
import { SendNewsletterJob } from '../../../src/newsletters/send-newsletter.job.js';
import { NewsletterRepository } from '../../../src/newsletters/store/newsletter.repository.js';
import { MailDelivery } from '../../../src/outbox/mail.job.js';
import { RateLimit } from '../../../src/platform/access/rate-limit.js';
import { SETTINGS } from '../../../src/platform/tokens.js';
import { RetentionRepository } from '../../../src/privacy/store/retention.repository.js';
import { Queues } from '../../../src/platform/queue/job.js';
import { requestLine } from '../../../src/platform/telemetry/requests.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { type Answer, Browser, somebody, type Somebody } from '../../support/access/people.js';
import { OTHER_INSTITUTE, PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';
import { worked } from '../../support/until.js';

const PATH = `/institutes/${PROFILE.id}/newsletters`;
/** What a mail provider posts for its user. */
const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

describe('a newsletter that is sent', () => {
  let world: Proposing;
  let officer: Somebody;
  let lists = 0;
  beforeAll(async () => {
    world = await Proposing.start();
    officer = await somebody(world.test, {
      ...{ role: 'officer', profile: PROFILE.id, name: 'Odile Officer', language: 'en', mails: false },
    });
  });
  afterAll(() => world?.stop());
  beforeEach(async () => {
    // Each may send as much as an officer in an hour.
    await sql('DELETE FROM sign_in_rate_limit');
    world.sink.mails.length = 0;
    world.sink.refuse(null);
    world.sink.misbehave(null);
  });

  const sql = <T = any>(text: string, values: unknown[] = []): Promise<T[]> =>
    acrossInstitutes('the rows of a test', () => world.test.app.get(DataSource).query(text, values));
  const newList = (): string => `List ${(lists += 1)}`;
  const add = (list: string, ...addresses: string[]) =>
    officer.post(`${PATH}/readers`, { list, lines: addresses.join('\n') });
  const readersOf = (list: string) =>
    acrossInstitutes('the readers of a test', () =>
      world.test.app.get(NewsletterReaders).list({ profileId: PROFILE.id, list }, 2_000, null),
    );
  const outcomeOf = ({ body }: Answer): string => load(body)('[role=status]').text();
  /** Writes a newsletter with the call; returns its id. */
  async function written(list: string, told: Record<string, string> = {}): Promise<string> {
    const { callId } = world;
    const begun = await officer.post(PATH, { list, title: 'June', language: 'en', ...told });
    const id = begun.location!.split('/').at(-1)!;
    const saved = await officer.post(begun.location!, {
      ...{ title: 'June', language: 'en', intro: 'Dear all,', version: '1', ...told },
      ...{ call: callId, [`line-${callId}`]: 'Ask Paul.' },
    });
    expect(saved.status).toBe(303);
    return id;
  }
  const send = (id: string, version = 2) =>
    world.officer.post(`${PATH}/${id}/send`, { version: String(version) });
  /** Sends one to a list, and returns its id once nothing more is to be done. */
  async function sent(list: string, told?: Record<string, string>): Promise<string> {
    const id = await written(list, told);
    expect(await send(id)).toMatchObject({ status: 303 });
    await worked();
    return id;
  }
  const reached = (id: string) =>
    acrossInstitutes('the copies of a test', () => world.test.app.get(NewsletterSender).reached(id));
  const had = (): string[] => world.sink.mails.flatMap(({ envelopeTo }) => envelopeTo).sort();
  const mailTo = (address: string) => world.sink.mails.find((mail) => mail.envelopeTo.includes(address))!;
  const linkTo = (address: string): string =>
    /http:\/\/calls\.test(\/newsletter\/[\w-]{43})\s/.exec(mailTo(address).text!)![1]!;
  const provider = () => new Browser(world.test.url);

  it('reaches each reader in a copy of their own, from the institute, with replies to the officer', async () => {
    const list = newList();
    await add(list, 'ann1@lab.example', 'Bob1@lab.example');
    const id = await sent(list, { title: 'A <b>June</b>', intro: 'Dear <all>,' });
    expect(had()).toEqual(['ann1@lab.example', 'bob1@lab.example']);
    expect(await reached(id)).toMatchObject({ had: 2, waiting: 0, failed: 0 });
    const mail = mailTo('ann1@lab.example');
    expect([mail.subject, mail.from!.value[0], mail.replyTo!.value[0]!.address]).toEqual([
      'A <b>June</b>',
      { name: 'Carnot Air', address: 'calls@carnot.test' },
      'odile@air.example',
    ]);
    const link = linkTo('ann1@lab.example');
    const headers = Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, line]));
    expect([headers['list-unsubscribe'], headers['list-unsubscribe-post']]).toEqual([
      `List-Unsubscribe: <http://calls.test${link}>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ]);
    expect(mail.text!.replace(/\s+/g, ' ')).toContain(
      `You receive this e-mail because Carnot Air has put your address on its list “${list}”. Replies go to Odile Officer.`,
    );
    const $ = load(mail.html as string);
    expect($('b, all')).toHaveLength(0);
    expect($('h1').text()).toBe('A <b>June</b>');
    expect($(`a[href="http://calls.test${link}"]`).text()).toBe('Leave this list');
    expect(linkTo('bob1@lab.example')).not.toBe(link);
  });

  it('is written in its own language', async () => {
    const list = newList();
    await add(list, 'ann2@lab.example');
    await sent(list, { language: 'fr' });
    expect(mailTo('ann2@lab.example').text!.replace(/\s/g, ' ').replace(/ +/g, ' ')).toContain(
      `Le Carnot Air vous adresse cet e-mail parce que votre adresse figure sur sa liste « ${list} ».`,
    );
    const page = await provider().get(linkTo('ann2@lab.example'));
    expect(load(page.body)('html').attr('lang')).toBe('fr');
  });

  it('is sent once by a double click, and again by nothing', async () => {
    const list = newList();
    await add(list, 'ann3@lab.example');
    const id = await written(list);
    const clicked = await Promise.all(
      [1, 2, 3].map(() => officer.post(`${PATH}/${id}/send`, { version: '2' })),
    );
    expect(clicked.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await send(id)).status).toBe(303);
    await worked();
    expect(had()).toEqual(['ann3@lab.example']);
    const [{ n }] = await sql(
      `SELECT count(*)::int AS n FROM audit WHERE action = 'newsletter.sent' AND subject = $1`,
      [`newsletter/${id}`],
    );
    expect(n).toBe(1);
  });

  it('reaches everybody once, though its process dies in the middle and others go on', async () => {
    const list = newList();
    const addresses = Array.from({ length: 45 }, (_, i) => `reader-${i + 10}@lab.example`);
    await add(list, ...addresses);
    const id = await written(list);
    await send(id);
    await world.test.queue!.clear();
    const job = world.test.app.get(SendNewsletterJob);
    const data = { profileId: PROFILE.id, newsletterId: id };
    const run = () => acrossInstitutes('the job of a test', () => job.run(data));
    // It wrote some copies, and was gone before it had queued their e-mails.
    await run();
    expect(await acrossInstitutes('what is due in a test', () => job.due())).toMatchObject([{ data }]);
    const next = (await Promise.all([run(), run(), run()])).flat();
    await world.test.app.get(Queues).add(next);
    await worked();
    const [{ ids }] = await sql(
      `SELECT array_agg(m.id) AS ids FROM newsletter_copy c JOIN transactional_mail m ON m.id = c.mail_id WHERE c.newsletter_id = $1 AND m.state = 'pending'`,
      [id],
    );
    const mails = world.test.app.get(MailDelivery);
    for (const mailId of ids ?? [])
      await acrossInstitutes('the job of a test', () => mails.deliver(mailId as string));
    expect(had()).toEqual(addresses);
    expect(await reached(id)).toMatchObject({ had: 45, waiting: 0 });
  });

  it('lets each reader leave with one click, which no scanner does for them', async () => {
    const list = newList();
    await add(list, 'ann5@lab.example', 'bob5@lab.example');
    await sent(list);
    const link = linkTo('ann5@lab.example');
    const asked = await provider().get(link);
    expect([asked.status, asked.headers.get('x-robots-tag')]).toEqual([200, 'noindex, nofollow']);
    expect(load(asked.body)('h1').text()).toBe('Leave this list?');
    expect(load(asked.body)('main').text()).not.toContain('ann5@lab.example');
    world.sink.mails.length = 0;
    const second = await sent(list);
    expect(had()).toEqual(['ann5@lab.example', 'bob5@lab.example']);
    // A provider posts what RFC 8058 says, from elsewhere and without cookies.
    const left = await provider().request(link, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://mail.example' },
      body: new URLSearchParams(ONE_CLICK),
    });
    expect([left.status, load(left.body)('h1').text()]).toEqual([200, 'You have left this list']);
    expect(load(left.body)('title').text()).toContain('You have left this list');
    world.sink.mails.length = 0;
    const third = await sent(list);
    expect(had()).toEqual(['bob5@lab.example']);
    expect(await reached(third)).toMatchObject({ had: 1, leftOut: { left: 1 } });
    expect(await reached(second)).toMatchObject({
      had: 2,
      leftOut: expect.not.objectContaining({ left: expect.anything() }),
    });
    const page = load((await officer.get(`${PATH}/${third}`)).body);
    expect(page('#reached').parent().text()).toContain('1 reader had left the list');
    // The link goes on to say so.
    expect(load((await provider().get(link)).body)('h1').text()).toBe('You have left this list');
  });

  it('has a page for a link that is nobody’s, as that of the copy which the institute keeps', async () => {
    const asked = await provider().request(`/newsletter/${'x'.repeat(43)}`, {
      headers: { 'accept-language': 'en' },
    });
    const page = load(asked.body);
    expect(asked.status).toBe(404);
    expect(page('main').text()).toContain('the copy that the sender keeps');
    expect(page('main').text()).not.toContain('proposal');
  });

  it('has the secret of its links in no row of the database and in no log', async () => {
    const list = newList();
    await add(list, 'logged@lab.example');
    const id = await written(list);
    world.sink.misbehave({ code: 451, text: 'come back later' });
    await send(id);
    await worked();
    expect(world.sink.mails).toEqual([]);
    const rows = async (): Promise<string> =>
      JSON.stringify([
        await sql('SELECT * FROM transactional_mail'),
        await sql('SELECT * FROM newsletter_copy'),
        await sql('SELECT * FROM newsletter'),
      ]);
    const waiting = await rows();
    world.sink.misbehave(null);
    const [{ mail }] = await sql('SELECT mail_id AS mail FROM newsletter_copy WHERE newsletter_id = $1', [
      id,
    ]);
    await sql('UPDATE transactional_mail SET next_try_at = NULL WHERE id = $1', [mail]);
    await acrossInstitutes('the job of a test', () => world.test.app.get(MailDelivery).deliver(mail));
    const link = linkTo('logged@lab.example');
    const secret = link.split('/').at(-1)!;
    expect([waiting.includes(secret), (await rows()).includes(secret)]).toEqual([false, false]);
    expect(requestLine({ method: 'POST', path: `${link}/back` })).toBe('POST /newsletter/…');
  });

  it('is not sent again to who left, whatever an officer does, until they come back by their own click', async () => {
    const list = newList();
    await add(list, 'ann6@lab.example');
    await sent(list);
    const link = linkTo('ann6@lab.example');
    await provider().post(link, ONE_CLICK);
    for (const other of [list, list.toUpperCase(), newList()])
      expect(outcomeOf(await add(other, 'ann6@lab.example'))).toContain('only come back by their own click');
    const shown = load((await officer.get(`${PATH}/readers?list=${encodeURIComponent(list)}`)).body);
    expect(shown('.newsletters .badge').text()).toContain('left on');
    // They are no reader, on the page of this list as on that of all.
    expect(shown('main').text()).toContain('no reader');
    const id = await written(list);
    expect((await send(id)).status).toBe(409);
    const reader = provider();
    const back = await reader.post(`${link}/back`);
    expect(back.location).toBe(link);
    const shownBack = load((await reader.get(link)).body);
    expect([shownBack('[role=status]').text(), shownBack('h1').text()]).toEqual([
      'You are on this list again.',
      'Leave this list?',
    ]);
    expect((await send(id)).status).toBe(303);
    world.sink.mails.length = 0;
    await worked();
    expect(had()).toEqual(['ann6@lab.example']);
    const actions = (
      await sql(
        `SELECT action, actor FROM audit WHERE action ~ '^newsletter-reader' ORDER BY position DESC LIMIT 2`,
      )
    ).map(({ action, actor }) => [action, actor]);
    expect(actions).toEqual([
      ['newsletter-reader.returned', null],
      ['newsletter-reader.left', null],
    ]);
  });

  it('lets who was removed leave by an old link, so that they are not put back', async () => {
    const list = newList();
    await add(list, 'cleo@lab.example');
    await sent(list);
    const link = linkTo('cleo@lab.example');
    const path = `${PATH}/readers/${(await readersOf(list)).readers[0]!.id}/remove`;
    expect((await officer.post(path)).status).toBe(303);
    expect((await officer.post(path)).status).toBe(404);
    expect(
      JSON.stringify(await sql('SELECT * FROM newsletter_reader WHERE list = $1', [list])),
    ).not.toContain('cleo');
    await provider().post(link, ONE_CLICK);
    expect(outcomeOf(await add(list, 'cleo@lab.example'))).toContain('only come back by their own click');
    expect(load((await provider().get(link)).body)('form')).toHaveLength(0);
  });

  it('is not sent to who left while their copy waited for a mail server', async () => {
    const list = newList();
    await add(list, 'dora8@lab.example');
    await sent(list);
    const link = linkTo('dora8@lab.example');
    world.sink.mails.length = 0;
    world.sink.misbehave({ code: 451, text: 'come back later' });
    const id = await sent(list);
    expect(await reached(id)).toMatchObject({ had: 0, waiting: 1 });
    world.sink.misbehave(null);
    await provider().post(link, ONE_CLICK);
    const [{ mail }] = await sql('SELECT mail_id AS mail FROM newsletter_copy WHERE newsletter_id = $1', [
      id,
    ]);
    await sql('UPDATE transactional_mail SET next_try_at = NULL WHERE id = $1', [mail]);
    await acrossInstitutes('the job of a test', () => world.test.app.get(MailDelivery).deliver(mail));
    expect(had()).toEqual([]);
    expect(await reached(id)).toMatchObject({ had: 0, waiting: 0, leftOut: { left: 1 } });
  });

  it('is not sent to who asked for no more calls while their copy waited for a mail server', async () => {
    const list = newList();
    await add(list, 'otto8@lab.example');
    world.sink.misbehave({ code: 451, text: 'come back later' });
    const id = await sent(list);
    world.sink.misbehave(null);
    await sql(
      `INSERT INTO researcher_objection SELECT $1, address_hash, now() FROM newsletter_reader WHERE list = $2`,
      [PROFILE.id, list],
    );
    const [{ mail }] = await sql('SELECT mail_id AS mail FROM newsletter_copy WHERE newsletter_id = $1', [
      id,
    ]);
    await sql('UPDATE transactional_mail SET next_try_at = NULL WHERE id = $1', [mail]);
    await acrossInstitutes('the job of a test', () => world.test.app.get(MailDelivery).deliver(mail));
    expect(had()).toEqual([]);
    expect(await reached(id)).toMatchObject({ had: 0, failed: 0, leftOut: { objects: 1 } });
  });

  it('is not sent to an address that a mail server said does not exist, whoever wrote there', async () => {
    const list = newList();
    await add(list, 'gone9@lab.example', 'stopped9@lab.example', 'here9@lab.example');
    await sql(
      `INSERT INTO recipient (id, channel, address, language, profile_id, token, since, planned_seq, last_slot_at, token_hash, link_key, stopped_at, stopped_why)
       VALUES (gen_random_uuid(), 'email', 'stopped9@lab.example', 'fr', $1, 't', now(), 0, now(), 'h', 'k', now(), '550 5.1.1 no such user')`,
      [OTHER_INSTITUTE],
    );
    const id = await written(list);
    await send(id);
    world.sink.refuse({ code: 550, text: '5.1.1 no such user' });
    await worked();
    expect(await reached(id)).toMatchObject({ had: 0, failed: 2, leftOut: { stopped: 1 } });
    const { readers } = await readersOf(list);
    expect(readers.map((r) => [r.address, r.stoppedWhy?.includes('no such user') ?? null])).toEqual([
      ['gone9@lab.example', true],
      ['here9@lab.example', true],
      ['stopped9@lab.example', null],
    ]);
    world.sink.refuse(null);
    const again = await written(list);
    expect((await send(again)).status).toBe(303);
    await worked();
    expect(await reached(again)).toMatchObject({ had: 0, leftOut: { stopped: 3 } });
  });

  it('is sent again to an address that did not exist once an officer, who is told so, removes and adds it', async () => {
    const list = newList();
    await add(list, 'moved@lab.example');
    world.sink.refuse({ code: 550, text: '5.1.1 no such user' });
    await sent(list);
    world.sink.refuse(null);
    const told = outcomeOf(await add(list, 'moved@lab.example', 'new@lab.example'));
    expect(told).toContain('1 reader added.');
    expect(told).toContain(
      'moved@lab.example is on the list, but its mail server said that it does not exist.',
    );
    const [reader] = (await readersOf(list)).readers;
    expect((await officer.post(`${PATH}/readers/${reader!.id}/remove`, { list })).status).toBe(303);
    expect(outcomeOf(await add(list, 'moved@lab.example'))).toContain('1 reader added.');
    await sent(list);
    expect(had()).toEqual(['moved@lab.example', 'new@lab.example']);
  });

  it('leaves the address of a reader in no log, whatever a mail server answers', async () => {
    const list = newList();
    await add(list, 'quoted@lab.example');
    const logged: string[] = [];
    Logger.overrideLogger({
      log: (words: string) => logged.push(words),
      warn: (words: string) => logged.push(words),
      error: (words: string) => logged.push(words),
    });
    world.sink.refuse({ code: 550, text: '5.1.1 <QUOTED@lab.example> no such user' });
    try {
      await sent(list);
    } finally {
      Logger.overrideLogger(false);
    }
    const rows = await sql(
      `SELECT m.error, r.stopped_why AS why FROM newsletter_reader r JOIN newsletter_copy c ON c.reader_id = r.id JOIN transactional_mail m ON m.id = c.mail_id WHERE r.list = $1`,
      [list],
    );
    const said = [...logged, JSON.stringify(rows)];
    expect(said.filter((words) => words.includes('no such user'))).toHaveLength(2);
    expect(said.join().toLowerCase()).not.toContain('quoted@lab.example');
  });

  it('is not sent again to an address of which a mail server said later that it does not exist', async () => {
    const list = newList();
    await add(list, 'returned@lab.example', 'kept@lab.example');
    const id = await sent(list);
    const take = async (name: string, address: string) => {
      const [{ messageId }] = await sql(
        `SELECT message_id AS "messageId" FROM transactional_mail WHERE to_address = $1`,
        [address],
      );
      const { app } = world.test;
      const bounces = new Bounces(
        app.get(DeliveryRepository),
        app.get(TransactionalMailRepository),
        world.clock,
      );
      const read = await readReport(report(name, { messageId, address }));
      return acrossInstitutes('a report of a test', () => bounces.take(read!));
    };
    expect(await take('postfix-delayed', 'kept@lab.example')).toMatchObject([{ consequence: 'delayed' }]);
    expect(await reached(id)).toMatchObject({ had: 2, failed: 0 });
    expect(await take('postfix-expired', 'kept@lab.example')).toMatchObject([{ consequence: 'lost' }]);
    expect(await take('postfix-unknown', 'returned@lab.example')).toMatchObject([{ consequence: 'gone' }]);
    expect(await reached(id)).toMatchObject({ had: 0, failed: 2 });
    world.sink.mails.length = 0;
    const again = await sent(list);
    expect(had()).toEqual(['kept@lab.example']);
    expect(await reached(again)).toMatchObject({ leftOut: { stopped: 1 } });
  });

  it('is sent on no list of the institute to an address that does not exist, until it is added anew', async () => {
    const [one, other] = [newList(), newList()];
    await add(one, 'gone-twice@lab.example');
    await add(other, 'gone-twice@lab.example', 'here-twice@lab.example');
    world.sink.refuse({ code: 550, text: '5.1.1 no such user' });
    await sent(one);
    world.sink.refuse(null);
    const id = await written(other);
    const page = load((await officer.get(`${PATH}/${id}`)).body);
    expect(page('form[action$="/send"] button').text()).toBe('Send to 1 reader');
    await send(id);
    await worked();
    expect(had()).toEqual(['here-twice@lab.example']);
    // A year later it is forgotten: somebody new may have it.
    await sql(`UPDATE newsletter_reader SET stopped_at = '2020-01-01' WHERE stopped_at IS NOT NULL`);
    await acrossInstitutes('the job of a test', () =>
      new RetentionRepository(world.test.app.get(DataSource)).remove(
        world.test.app.get(SETTINGS).retention,
        world.clock.now(),
      ),
    );
    expect(outcomeOf(await add(other, 'gone-twice@lab.example'))).toContain('1 reader added.');
    world.sink.mails.length = 0;
    await sent(other);
    expect(had()).toEqual(['gone-twice@lab.example', 'here-twice@lab.example']);
  });

  it('is not sent from a restored copy where the operator skips what waited', async () => {
    const list = newList();
    await add(list, 'restored@lab.example');
    const id = await written(list);
    await sql(`INSERT INTO setting (key, value) VALUES ($1, '{}')`, [HELD]);
    await send(id);
    expect(
      await acrossInstitutes('the operator of a test', () => world.test.app.get(HeldSending).resume(true)),
    ).toBe(1);
    await worked();
    expect(had()).toEqual([]);
    expect(await reached(id)).toMatchObject({ had: 0, waiting: 0, leftOut: { skipped: 1 } });
  });

  it('is not put back on a list by an officer who was let in later, and does not see that they left', async () => {
    const list = newList();
    await add(list, 'early@lab.example');
    await sent(list);
    await provider().post(linkTo('early@lab.example'), ONE_CLICK);
    const successor = await somebody(world.test, { role: 'officer', profile: PROFILE.id, language: 'en' });
    await sql(`UPDATE person SET inside_from = now() + interval '1 second' WHERE id = $1`, [
      successor.person.id,
    ]);
    const other = newList();
    const added = await successor.post(`${PATH}/readers`, { list: other, lines: 'early@lab.example' });
    expect(load(added.body)('[role=status]').text()).toContain('only come back by their own click');
    expect(await sql('SELECT FROM newsletter_reader WHERE list = $1', [other])).toEqual([]);
  });

  it('has one list however its name is written by an officer who was let in later, and does not see who is on it', async () => {
    const list = newList();
    await add(list, 'once@lab.example');
    const successor = await somebody(world.test, { role: 'officer', profile: PROFILE.id, language: 'en' });
    await sql(`UPDATE newsletter_reader SET added_at = now() - interval '2 days' WHERE list = $1`, [list]);
    await sql(`UPDATE person SET inside_from = now() - interval '1 day' WHERE id = $1`, [
      successor.person.id,
    ]);
    for (const lines of ['once@lab.example', 'twice@lab.example'])
      await successor.post(`${PATH}/readers`, { list: list.toUpperCase(), lines });
    await sent(list);
    expect(had()).toEqual(['once@lab.example', 'twice@lab.example']);
  });

  it('is taken away as it was sent, without the link, which is of each reader alone', async () => {
    const list = newList();
    await add(list, 'ann12@lab.example');
    const id = await sent(list);
    const took = async (name: string) => (await officer.get(`${PATH}/${id}/newsletter.${name}`)).body;
    const [html, text] = [await took('html'), await took('txt')];
    for (const copy of [html, text]) {
      expect(copy.replace(/\s+/g, ' ')).toContain('Replies go to Odile Officer.');
      expect(copy).not.toMatch(/reader-of|Leave this list/);
    }
    const linked = (html: string): string[] =>
      load(html)('a')
        .map((_, a) => a.attribs['href'])
        .get();
    expect(linked(html)).toEqual(linked(mailTo('ann12@lab.example').html as string).slice(0, -1));
    expect(text).toMatch(/Officer\.\n$/);
  });

  it('stays as it was sent, whatever becomes of its calls, and is neither changed nor deleted', async () => {
    const list = newList();
    await add(list, 'ann10@lab.example');
    const id = await sent(list);
    const shown = async (what: string) => (await officer.get(`${PATH}/${id}/${what}`)).body;
    const before = [await shown('mail'), await shown('newsletter.txt')];
    expect(load(before[0]!)('h2').text()).toBe('Larger offshore wind farms');
    await sql(
      `UPDATE call SET content = jsonb_set(content, '{title}', '"Other"'), summary = jsonb_set(summary, '{title}', '"Other"')`,
    );
    try {
      expect([await shown('mail'), await shown('newsletter.txt')]).toEqual(before);
    } finally {
      await sql(
        `UPDATE call SET content = jsonb_set(content, '{title}', '"Larger offshore wind farms"'), summary = jsonb_set(summary, '{title}', '"Larger offshore wind farms"')`,
      );
    }
    expect((await officer.post(`${PATH}/${id}/remove`)).status).toBe(409);
    // Nor by who had asked for it just before it was sent.
    const newsletters = world.test.app.get(NewsletterRepository);
    expect(await acrossInstitutes('a late click of a test', () => newsletters.remove(PROFILE.id, id))).toBe(
      false,
    );
    expect((await send(await written(list), 1)).status).toBe(409);
  });

  it('is refused beyond what an institute may send in a day, and nothing of it is stored', async () => {
    const list = newList();
    await add(list, 'ann11@lab.example', 'bob11@lab.example');
    const id = await written(list);
    const limits = world.test.app.get(RateLimit);
    const most = { what: 'copies of newsletters of an institute', who: PROFILE.id, points: 3_000 } as const;
    await limits.take(most.what, most.who, most.points).catch(() => undefined);
    try {
      const clicked = await officer.post(`${PATH}/${id}/send`, { version: '2' });
      expect([clicked.status, clicked.headers.get('retry-after')]).toEqual([429, expect.any(String)]);
      expect(await sql('SELECT FROM newsletter_copy WHERE newsletter_id = $1', [id])).toEqual([]);
    } finally {
      await limits.giveBack([most]);
    }
    expect((await send(id)).status).toBe(303);
    await worked();
  });

  it('goes to researchers and contacts that are chosen, but to none who wants no calls from the institute', async () => {
    const list = newList();
    const [ida, otto] = [
      await world.researcher('Ida Known', [WIND]),
      await world.researcher('Otto Gone', [WIND]),
    ];
    const contact = { name: 'Connie Contact', email: 'Connie@air.example', language: 'en' };
    await sql(`UPDATE profile SET content = jsonb_set(content, '{contacts}', $2) WHERE id = $1`, [
      PROFILE.id,
      JSON.stringify([contact]),
    ]);
    const page = load((await officer.get(`${PATH}/readers?list=${encodeURIComponent(list)}`)).body);
    expect(
      page('input[name=researchers]')
        .map((_, box) => box.attribs['value'])
        .get(),
    ).toEqual(expect.arrayContaining([ida, otto]));
    const refused = await officer.post(`${PATH}/readers`, {
      ...{ list, researchers: ida, all: 'contacts', lines: 'no address' },
    });
    expect(
      load(refused.body)('input[type=checkbox][checked]')
        .map((_, box) => box.attribs['value'])
        .get(),
    ).toEqual([ida, 'contacts']);
    const added = await officer.post(`${PATH}/readers`, {
      ...{ list, researchers: [ida, otto], contacts: contact.email.toLowerCase() },
      lines: 'Zoe Typed <zoe@lab.example>\nida.known@lab.example',
    });
    expect(load(added.body)('[role=status]').text()).toContain('4 readers added.');
    await sql(
      `INSERT INTO researcher_objection SELECT $1, address_hash, now() FROM newsletter_reader WHERE list = $2 AND address ~ '^otto'`,
      [PROFILE.id, list],
    );
    const id = await sent(list);
    expect(had()).toEqual(['ida.known@lab.example', 'zoe@lab.example', contact.email.toLowerCase()].sort());
    expect(await reached(id)).toMatchObject({ had: 3, leftOut: { objects: 1 } });
    const { readers } = await readersOf(list);
    expect(readers.map((r) => [r.name, r.origin, r.addedBy]).sort()).toEqual(
      [
        [contact.name, 'contact', 'Odile Officer'],
        ['Ida Known', 'researcher', 'Odile Officer'],
        ['Otto Gone', 'researcher', 'Odile Officer'],
        ['Zoe Typed', 'typed', 'Odile Officer'],
      ].sort(),
    );
  });

  it('says before it is sent how many it goes to: not to who has asked for no more calls', async () => {
    const list = newList();
    await add(list, 'asked@lab.example', 'reads@lab.example');
    await sql(
      `INSERT INTO researcher_objection SELECT $1, address_hash, now() FROM newsletter_reader WHERE list = $2 AND address ~ '^asked'`,
      [PROFILE.id, list],
    );
    const id = await written(list);
    const page = load((await officer.get(`${PATH}/${id}`)).body);
    expect(page('form[action$="/send"] button').text()).toBe('Send to 1 reader');
    expect((await send(id)).status).toBe(303);
    await worked();
    expect([had(), await reached(id)]).toMatchObject([['reads@lab.example'], { leftOut: { objects: 1 } }]);
  });

  it('has no more readers than a list holds, and none without an address', async () => {
    const list = newList();
    const many = Array.from({ length: 1_001 }, (_, i) => `many-${i}@lab.example`);
    expect(outcomeOf(await add(list, ...many.slice(0, 1_000)))).toContain('1,000 readers added.');
    expect((await add(list, many[1_000]!)).status).toBe(409);
    expect((await readersOf(list)).total).toBe(1_000);
    const pasted = await add(newList(), ...many);
    expect([pasted.status, load(pasted.body)('[role=alert]').text()]).toEqual([
      422,
      expect.stringContaining('A list holds at most 1,000 readers') as string,
    ]);
    const typed = await add(newList(), 'x@lab.example', 'no address');
    expect(typed.status).toBe(422);
    const $ = load(typed.body);
    expect([$('[role=alert] li').text(), $('#lines').text()]).toEqual([
      'Line 2 is not an address: no address',
      'x@lab.example\nno address',
    ]);
  });

  it('is sent by officers alone', async () => {
    const list = newList();
    await add(list, 'ann14@lab.example');
    const id = await written(list);
    const reader = await somebody(world.test, { role: 'reader', profile: PROFILE.id });
    expect((await reader.post(`${PATH}/${id}/send`, { version: '2' })).status).toBe(403);
    expect((await reader.post(`${PATH}/readers`, { list, lines: 'x@lab.example' })).status).toBe(403);
    const page = load((await reader.get(`${PATH}/readers?list=${encodeURIComponent(list)}`)).body);
    expect([page('main form').length, page('.newsletters li').length]).toEqual([0, 1]);
    const stranger = await somebody(world.test, { role: 'officer', profile: OTHER_INSTITUTE });
    expect((await stranger.post(`${PATH}/${id}/send`, { version: '2' })).status).toBe(403);
    expect(
      (await stranger.post(`${PATH.replace(PROFILE.id, OTHER_INSTITUTE)}/${id}/send`, { version: '2' }))
        .status,
    ).toBe(404);
    expect(had()).toEqual([]);
  });
});
