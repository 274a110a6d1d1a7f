import { DataSource } from 'typeorm';
import { MatchJob } from '../../../src/matching/match.job.js';
import { api } from '../../support/app.js';
import { Browser, somebody, type Somebody } from '../../support/access/people.js';
import { linkIn, OTHER_INSTITUTE, PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';
import { round } from '../../support/queue/round.js';
import { until, worked } from '../../support/until.js';
import { ContactsJob } from '../../../src/notifications/contacts.job.js';
import { PlanJob } from '../../../src/notifications/plan.job.js';
import { NotifyJob } from '../../../src/notifications/notify.job.js';
import { DeliverJob } from '../../../src/notifications/deliver.job.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ANNE = { name: 'Anne', email: 'anne@both.example', language: 'en' };
const COCO = { name: 'Coco', email: 'coco@carnot.test', language: 'en' };

interface Message {
  id: string;
  kind: string;
  profile: { id: string };
  text: string | null;
}

let p: Proposing;
let link: string;
let officers: Record<string, Somebody>;
beforeAll(async () => {
  p = await Proposing.start();
  await query(`INSERT INTO source (id, state, last_good_run_at) VALUES ('read', 'healthy', $1)`, [
    p.clock.now(),
  ]);
  const sam = await somebody(p.test, {
    role: 'officer',
    profile: OTHER_INSTITUTE,
    name: 'Sam',
    email: 'sam@sea.example',
    mails: false,
  });
  officers = { [PROFILE.id]: p.officer, [OTHER_INSTITUTE]: sam };
  // The other institute first: Anne's messages belong to it.
  for (const id of [OTHER_INSTITUTE, PROFILE.id]) {
    await contacts(id, [ANNE]);
    await confirmed(ANNE.email);
    await p.test.app.get(MatchJob).run({ profileId: id });
    gone();
    await until(`Anne to follow ${id}`, async () => {
      await tick();
      return (await query('SELECT 1 FROM follow WHERE target = $1 AND welcomed_at IS NOT NULL', [id])).length;
    });
  }
  // The officer who proposes is a recipient too: she follows her own institute, as its people do.
  expect(
    (await api(p.test.url, `/v1/me/follows/profile/${PROFILE.id}`, { method: 'PUT', token: p.officer }))
      .status,
  ).toBe(200);
  gone();
  await until('the officer to be welcomed', async () => {
    await tick();
    return (
      await query(
        "SELECT 1 FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE r.address = 'odile@air.example' AND f.welcomed_at IS NOT NULL",
      )
    ).length;
  });
  await until(
    'what they are told first to have left',
    async () => (await query("SELECT 1 FROM notification WHERE state <> 'sent'")).length === 0,
  );
  link = await p.asked(await p.researcher('Marie Martin', [WIND]));
});
afterAll(() => p?.stop());

const query = (sql: string, values: unknown[] = []): Promise<any[]> =>
  p.test.app.get(DataSource).query(sql, values);
const tick = () => round(p.test.app, [ContactsJob, PlanJob, NotifyJob, DeliverJob]);
/** The officers are no longer here, so nobody is waited for who may be deciding on the first calls. */
const gone = (): void => p.clock.set(new Date(p.clock.now().getTime() + 31 * MINUTE_MS));
/** Moves the clock by eight days and signs the officers in again, since their sessions have expired. */
const aWeekLater = async (): Promise<void> => {
  p.clock.set(new Date(p.clock.now().getTime() + 8 * DAY_MS));
  for (const officer of Object.values(officers)) await officer.signInAgain();
};
const contacts = async (id: string, list: object[]) => {
  const profile = (await api(p.test.url, `/v1/profiles/${id}`)).body;
  await officers[id]!.signInAgain();
  expect(
    (
      await api(p.test.url, `/v1/profiles/${id}`, {
        method: 'PUT',
        body: { ...profile, contacts: list },
        token: officers[id]!,
      })
    ).body.contacts,
  ).toEqual(list);
};
/** Confirms the contact through the link in the latest mail to the address. */
const confirmed = async (address: string) => {
  await worked();
  const mail = p.sink.mails.filter((m) => m.envelopeTo.includes(address)).at(-1)!;
  expect((await new Browser(p.test.url).post(/\/contact\/[\w-]{43}/.exec(mail.text!)![0])).status).toBe(200);
};
const messages = async (): Promise<Message[]> =>
  (await api(p.test.url, '/v1/notifications', { token: officers[OTHER_INSTITUTE]! })).body.items;
const waiting = (): Promise<{ state: string }[]> =>
  query("SELECT state, why FROM notification_item WHERE kind = 'answer' ORDER BY made_at");

describe('the answer of a researcher, in the digest of a contact of two institutes', () => {
  it('is told, and not shown to those of the institute that did not ask', async () => {
    await new Browser(p.test.url).post(link, { answer: 'interested', word: 'With pleasure' });
    await until('the answer to wait', async () => {
      await tick();
      return (await waiting()).length;
    });
    await aWeekLater();
    const digest = await until('the digest', async () => {
      await tick();
      return (await messages()).find((m) => m.kind === 'digest');
    });
    const [{ text }] = await query('SELECT text FROM notification WHERE id = $1', [digest.id]);
    expect(text).toContain('With pleasure');
    expect(
      (await api(p.test.url, `/v1/notifications/${digest.id}`, { token: officers[OTHER_INSTITUTE]! })).body,
    ).toMatchObject({ profile: { id: OTHER_INSTITUTE }, text: null, html: null, payload: null });
    for (let i = 0; i < 3; i += 1) {
      await tick();
      await worked();
    }
    // By the mail sent at once to the officer who asked, and only once.
    expect(
      p.sink.mails.filter(
        (m) => m.envelopeTo.includes('odile@air.example') && m.text!.includes('With pleasure'),
      ),
    ).toHaveLength(1);
    const first = (await messages()).find((m) => m.kind === 'first')!;
    expect(
      (await api(p.test.url, `/v1/notifications/${first.id}`, { token: officers[OTHER_INSTITUTE]! })).body
        .text,
    ).toContain('Anne');
  });

  it('is not told to whoever left the institute before the digest', async () => {
    await new Browser(p.test.url).post(link, { answer: 'not-for-me', word: 'Not this year' });
    await until('the answer to wait', async () => {
      await tick();
      return (await waiting()).length === 2;
    });
    await contacts(PROFILE.id, []);
    await until(
      'Anne to follow it no more',
      async () =>
        (
          await query(
            'SELECT 1 FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE f.target = $1 AND r.address = $2',
            [PROFILE.id, ANNE.email],
          )
        ).length === 0,
    );
    await aWeekLater();
    await until('the digest to be past', async () => {
      await tick();
      return (await waiting())[1]!.state !== 'waiting';
    });
    expect((await waiting())[1]).toMatchObject({
      state: 'dropped',
      why: expect.stringContaining('follow the institute'),
    });
    expect(JSON.stringify(await query('SELECT text, html FROM notification'))).not.toContain('Not this year');
  });
});

describe('the answer of a researcher, where the network named itself as a contact before anybody was there', () => {
  let answers: string;
  /** Whether the recipient was mailed these words. */
  const read = async (words: string): Promise<boolean> => {
    for (let i = 0; i < 4; i += 1) {
      await tick();
      await worked();
    }
    return p.sink.mails.some((m) => m.envelopeTo.includes(COCO.email) && m.text!.includes(words));
  };
  const answer = (word: string) => new Browser(p.test.url).post(answers, { answer: 'interested', word });

  beforeAll(async () => {
    const coordinator = await somebody(p.test, { role: 'coordinator', ...COCO, language: 'en' });
    const late = `/v1/profiles/${OTHER_INSTITUTE}`;
    await query(`UPDATE person SET role = 'reader' WHERE email = 'sam@sea.example'`);
    const profile = (await api(p.test.url, late)).body;
    const put = await api(p.test.url, late, {
      method: 'PUT',
      body: { ...profile, contacts: [COCO] },
      token: coordinator,
    });
    expect(put.body.contacts).toEqual([COCO]);
    await confirmed(COCO.email);
    await query(`UPDATE person SET role = 'officer' WHERE email = 'sam@sea.example'`);
    gone();
    await read('');
    await officers[OTHER_INSTITUTE]!.signInAgain();
    const token = officers[OTHER_INSTITUTE]!;
    const marie = await api(p.test.url, `${late}/researchers`, {
      method: 'POST',
      token,
      body: { name: 'Rémi', email: 'remi@lab.example', language: 'en', competences: [] },
    });
    await api(p.test.url, `${late}/calls/${p.callId}/proposals`, {
      method: 'POST',
      token,
      body: { researcher: marie.body.id, subject: 'S', text: 'T' },
    });
    await worked();
    answers = linkIn(p.sink.mails.at(-1)!.text!);
  });

  it('is not told to the network, though it is written to about calls', async () => {
    const told = p.sink.mails.find(
      (m) => m.envelopeTo.includes(COCO.email) && m.text!.includes('Larger offshore wind farms'),
    )!;
    // The network has no inbox, whichever institute lists its people.
    expect(told.text).toMatch(
      /See all calls:?\s+http:\/\/calls\.test\/sign-in\/from-mail\/[\w-]+\?next=\/calls\s/,
    );
    expect(told.text).not.toContain('/inbox');
    await answer('Between us');
    await read('');
    await aWeekLater();
    expect(await read('Between us')).toBe(false);
    expect(JSON.stringify(await query('SELECT text, html FROM notification'))).not.toContain('Between us');
  });

  it('is told once an officer says that this contact may know', async () => {
    const admitted = (by: Somebody) =>
      by.post(`/institutes/${OTHER_INSTITUTE}/contacts/admit`, { email: COCO.email });
    expect((await admitted(await somebody(p.test, { role: 'coordinator' }))).status).toBe(403);
    await officers[OTHER_INSTITUTE]!.signInAgain();
    expect((await admitted(officers[OTHER_INSTITUTE]!)).status).toBe(303);
    await answer('For all of us');
    await read('');
    await aWeekLater();
    expect(await read('For all of us')).toBe(true);
  });
});
