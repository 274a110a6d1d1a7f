import { load } from 'cheerio';
import { runJob } from '../../support/queue/run-job.js';
import { DataSource } from 'typeorm';
import { REMIND_RESEARCHER, RemindResearcherJob } from '../../../src/proposals/remind-researcher.job.js';
import { keptOf } from '../../../src/proposals/domain/answer.js';
import { ProposalRepository } from '../../../src/proposals/store/proposal.repository.js';
import { newTransactionalMail } from '../../../src/outbox/store/transactional-mail.repository.js';
import { ProposalEntity } from '../../../src/proposals/store/proposal.entity.js';
import { MailJob } from '../../../src/outbox/mail.job.js';
import { Browser, somebody } from '../../support/access/people.js';
import {
  linkIn,
  MATERIALS,
  OTHER_INSTITUTE,
  PROFILE,
  Proposing,
  WIND,
} from '../../support/institutes/proposing.js';

const DAY = 86_400_000;
const NOT_ALL = 'Envoyé, sauf aux personnes déjà sollicitées ou retirées de la liste.';

describe('a call proposed to several, and reminders to who has not answered', () => {
  let p: Proposing;
  beforeEach(async () => {
    p = await Proposing.start();
    // Nobody is reminded before seven in Brussels.
    p.clock.set(`${p.clock.now().toISOString().slice(0, 10)}T09:00:00Z`);
  });
  afterEach(() => p?.stop());

  const PEOPLE = `/institutes/${PROFILE.id}/people`;
  const propose = () => `/institutes/${PROFILE.id}/calls/${p.callId}/propose`;
  /** Returns what the page says afterwards. */
  async function several(form: Record<string, string | string[]>, by: Browser = p.officer): Promise<string> {
    const { location } = await by.post(`${propose()}/several`, form);
    expect(location).toBe(propose());
    return load((await by.get(location!)).body)('[role=status]').text();
  }
  const remindsAfter = async () => load((await p.officer.get(PEOPLE)).body)('[name=remindAfterDays]').val();
  const proposals = async (): Promise<any[]> => (await p.call('/proposals')).body.items;
  const app = () => p.test.app;
  /** Runs a tick and returns how many were reminded. */
  async function tick(): Promise<number> {
    const jobs = await app().get(RemindResearcherJob).due();
    let count = 0;
    for (const { data } of jobs) {
      const next = await runJob(app(), REMIND_RESEARCHER, data as never);
      for (const { data: mail } of next)
        await app()
          .get(MailJob)
          .run(mail as never);
      count += next.length;
    }
    return count;
  }
  const later = (days: number): void =>
    p.clock.set(new Date(p.clock.now().getTime() + days * DAY).toISOString());

  it('goes to each in their language, with what concerns them and the officer’s own words, and to nobody twice', async () => {
    const marie = await p.researcher('Marie Martin', [WIND], 'fr');
    const bob = await p.researcher('Bob Blade', [MATERIALS], 'en');
    const form = '5b2f5a86-3c43-4b8e-9f0e-0f0d8f4b2a11';
    const sent = { id: form, researchers: [marie, bob, marie], word: 'Let us talk.\r\nO.' };
    expect(await several(sent)).toBe('Envoyé.');
    await p.mails(2);
    const said = Object.fromEntries(
      p.sink.mails.map((m) => [(m.to as unknown as { text: string }).text, m.text!] as [string, string]),
    );
    const [toBob, toMarie] = Object.entries(said)
      .sort()
      .map(([, text]) => text);
    expect(toMarie).toMatch(/^Bonjour,\n\nLet us talk\.\nO\.\n\n[^]*Wind energy/);
    expect(toBob).toMatch(/^Hello,\n\nLet us talk\.[^]*Composite materials/);
    expect(linkIn(toBob!)).not.toBe(linkIn(toMarie!));
    // The button pressed twice, and another form to the same people.
    expect(await several(sent)).toBe('Envoyé.');
    for (const who of [marie, form]) expect(await several({ researchers: [who] })).toBe(NOT_ALL);
    expect(await proposals()).toHaveLength(2);
  });

  it('is refused for more than twenty, and to another institute', async () => {
    const many = await p.officer.post(`${propose()}/several`, { researchers: Array(21).fill(p.callId) });
    expect(many.status).toBe(422);
    const other = await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE });
    expect((await other.post(`${propose()}/several`, { researchers: [p.callId] })).status).toBe(403);
  });

  it('reminds once after the days that the institute set, by a link that answers too', async () => {
    const first = await p.asked(await p.researcher('Marie Martin', [WIND], 'fr'));
    expect(await remindsAfter()).toBe('7');
    const [one] = await proposals();
    expect(one.remindOn).toBe(new Date(p.clock.now().getTime() + 7 * DAY).toISOString().slice(0, 10));
    later(6);
    expect(await tick()).toBe(0);
    later(1);
    p.clock.set(`${p.clock.now().toISOString().slice(0, 10)}T03:00:00Z`);
    expect(await tick()).toBe(0);
    p.clock.set(`${p.clock.now().toISOString().slice(0, 10)}T09:00:00Z`);
    expect(await tick()).toBe(1);
    expect(await tick()).toBe(0);
    later(3);
    expect(await tick()).toBe(0);
    const mail = p.sink.mails.at(-1)!;
    expect(mail.subject).toBe('Rappel\u00a0: Larger offshore wind farms');
    expect(mail.text).toMatch(/Je vous ai écrit le [^]*Date limite/);
    const link = linkIn(mail.text!);
    expect(link).not.toBe(first);
    const page = new Browser(p.test.url);
    for (const at of [first, link]) expect((await page.get(at)).status).toBe(200);
    expect((await page.post(link, { answer: 'interested' })).status).toBe(303);
    expect((await page.get(first)).body).toContain('checked');
    expect((await proposals())[0]).toMatchObject({
      answer: 'interested',
      canRemind: false,
      remindedBy: null,
    });
  });

  it('reminds nobody who answered, was taken off the list, or once the call is over', async () => {
    const links = new Map<string, string>();
    for (const name of ['Ada A', 'Bea B', 'Cleo C'])
      links.set(name, await p.asked(await p.researcher(name, [WIND])));
    await new Browser(p.test.url).post(links.get('Ada A')!, { answer: 'not-for-me' });
    const { body } = await p.call('/researchers');
    const bea = body.items.find((r: { name: string }) => r.name === 'Bea B');
    await p.call(`/researchers/${bea.id}`, { method: 'DELETE' });
    later(8);
    await p.withdrawn(true);
    expect(await tick()).toBe(0);
    await p.withdrawn(false);
    expect(await tick()).toBe(1);
    // An answer that arrives after the job was scheduled but before it runs.
    const [cleo] = (await proposals()).filter((x) => x.researcher.name === 'Cleo C');
    expect(await runJob(app(), REMIND_RESEARCHER, { profileId: PROFILE.id, proposalId: cleo.id })).toEqual(
      [],
    );
  });

  it('reminds who was asked twice of the last message only, and of none once they answered one', async () => {
    const [ada, bea] = [await p.researcher('Ada A', [WIND]), await p.researcher('Bea B', [WIND])];
    await p.asked(ada);
    const first = await p.asked(bea);
    later(2);
    for (const researcher of [ada, bea]) {
      const body = { researcher, subject: 'Once more', text: 'Have you seen it?', again: true };
      expect((await p.call(`/calls/${p.callId}/proposals`, { method: 'POST', body })).status).toBe(202);
    }
    await p.mails(4);
    await new Browser(p.test.url).post(first, { answer: 'not-for-me' });
    later(5);
    expect(await tick()).toBe(0);
    later(2);
    expect(await tick()).toBe(1);
    expect((await proposals()).filter((one) => one.remindedAt).map((one) => one.researcher.name)).toEqual([
      'Ada A',
    ]);
    later(9);
    expect(await tick()).toBe(0);
  });

  it('takes the answers to two messages about one call at the same time', async () => {
    const ada = await p.researcher('Ada A', [WIND]);
    await p.asked(ada);
    const body = { researcher: ada, subject: 'Once more', text: 'Have you seen it?', again: true };
    await p.call(`/calls/${p.callId}/proposals`, { method: 'POST', body });
    const [second, first] = (await proposals()).map(({ id }) => id as string) as [string, string];
    const [database, answers] = [app().get(DataSource), app().get(ProposalRepository)];
    const given = keptOf({ answer: 'interested', word: '', other: '' });
    const mail = newTransactionalMail(
      { PUBLIC_URL: p.test.url },
      {
        ...{
          kind: 'answer',
          profileId: PROFILE.id,
          toName: 'Ann',
          toAddress: 'ann@lab.example',
          replyTo: null,
        },
        ...{ subject: 'Answer', text: 'Yes', html: '<p>Yes</p>', createdAt: p.clock.now() },
      },
    );
    const keeper = database.createQueryRunner();
    try {
      await keeper.startTransaction();
      await keeper.query('LOCK TABLE transactional_mail IN SHARE MODE');
      const written: Promise<string | null>[] = [];
      await new Promise<void>((resolve) => {
        written.push(
          answers.answer(first, given, p.clock.now(), () => {
            resolve();
            return mail;
          }),
        );
      });
      // The other message is locked from the start: whoever answers it waits, and holds nothing.
      expect(
        await database.query('SELECT id FROM proposal WHERE id = $1 FOR UPDATE SKIP LOCKED', [second]),
      ).toEqual([]);
      written.push(answers.answer(second, given, p.clock.now(), () => null));
      await keeper.rollbackTransaction();
      expect(await Promise.all(written)).toEqual([mail.id, null]);
    } finally {
      await keeper.release();
    }
  });

  it('reminds nobody after the last deadline', async () => {
    await p.asked(await p.researcher('Ada A', [WIND]));
    later(61);
    expect(await tick()).toBe(0);
  });

  it('has nothing to do for a call that its source closed without a deadline: other reminders do not wait behind it', async () => {
    await p.asked(await p.researcher('Ada A', [WIND]));
    later(8);
    const due = async () => (await app().get(RemindResearcherJob).due()).length;
    expect(await due()).toBe(1);
    await app()
      .get(DataSource)
      .query(`UPDATE call SET last_deadline_at = NULL, source_status = 'closed' WHERE id = $1`, [p.callId]);
    expect(await due()).toBe(0);
  });

  it('takes for asked who was asked and then entered anew under the same address', async () => {
    const ada = await p.researcher('Ada A', [WIND]);
    await p.asked(ada);
    await p.call(`/researchers/${ada}`, { method: 'DELETE' });
    const anew = await p.researcher('Ada A', [WIND]);
    expect(await several({ researchers: [anew] })).toBe(NOT_ALL);
    expect(await proposals()).toHaveLength(1);
    const { items } = (await p.call(`/calls/${p.callId}/candidates`)).body;
    expect(items).toMatchObject([{ researcher: { id: anew }, asked: true }]);
    const page = `/institutes/${PROFILE.id}/calls/${p.callId}/propose?to=${anew}`;
    expect((await p.officer.get(page)).body).toContain('name="again"');
  });

  it('reminds at once by the button, and then never again', async () => {
    await p.asked(await p.researcher('Ada A', [WIND]));
    const [one] = await proposals();
    expect(one.canRemind).toBe(true);
    const page = `/institutes/${PROFILE.id}/people/asked`;
    expect((await p.officer.get(page)).body).toContain(`${page}/${one.id}/remind`);
    expect((await p.officer.post(`${page}/${one.id}/remind`, { back: page })).location).toBe(page);
    await p.mails(2);
    expect((await proposals())[0]).toMatchObject({
      remindedBy: 'Odile Officer',
      canRemind: false,
      remindOn: null,
    });
    await p.officer.post(`${page}/${one.id}/remind`, { back: page });
    expect((await p.officer.get(page)).body).not.toContain('Envoyé.');
    later(8);
    expect(await tick()).toBe(0);
    expect(p.sink.mails).toHaveLength(2);
  });

  it('is set by the institute, for what is proposed from then on', async () => {
    await p.asked(await p.researcher('Ada A', [WIND]));
    expect(
      (await p.officer.post(`/institutes/${PROFILE.id}/proposal-settings`, { remindAfterDays: '' })).location,
    ).toBe(PEOPLE);
    expect(await remindsAfter()).toBe('');
    await p.asked(await p.researcher('Bea B', [WIND]));
    expect((await proposals()).map((x) => x.remindOn !== null)).toEqual([false, true]);
    for (const remindAfterDays of ['0', '91'])
      await p.officer.post(`/institutes/${PROFILE.id}/proposal-settings`, { remindAfterDays });
    expect(await remindsAfter()).toBe('');
  });

  it('has a form for several, which says what is wrong and keeps what was typed', async () => {
    const [ada, bea] = [await p.researcher('Ada A', [WIND]), await p.researcher('Bea B', [MATERIALS])];
    const path = `/institutes/${PROFILE.id}/calls/${p.callId}/propose`;
    expect((await p.officer.get(path)).body).toContain(`action="${path}/several"`);
    const id = '5b2f5a86-3c43-4b8e-9f0e-0f0d8f4b2a12';
    const none = await p.officer.post(`${path}/several`, { id, word: '<b>mine</b>' });
    expect([none.status, none.body.includes('&lt;b>mine&lt;/b>')]).toEqual([422, true]);
    const sent = await p.officer.post(`${path}/several`, { id, researchers: [ada, bea], word: '' });
    expect([sent.status, sent.location]).toEqual([303, path]);
    expect(await proposals()).toHaveLength(2);
    expect((await p.officer.get(path)).body).not.toContain(`action="${path}/several"`);
  });

  it('keeps nothing by which the link of a reminder could be made', async () => {
    await p.asked(await p.researcher('Ada A', [WIND]));
    later(7);
    await tick();
    const secret = linkIn(p.sink.mails.at(-1)!.text!).split('/').at(-1)!;
    expect(await p.everything()).not.toContain(secret);
    const [row] = await app().get(DataSource).getRepository(ProposalEntity).find();
    expect(row!.reminderTokenHash).not.toBeNull();
  });
});
