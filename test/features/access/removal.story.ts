import { api } from '../../support/app.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { PROFILE, Proposing } from '../../support/institutes/proposing.js';
import { round } from '../../support/queue/round.js';
import { worked } from '../../support/until.js';
import { LeaveJob } from '../../../src/access/departure/leave.job.js';

const DAY_MS = 86_400_000;

let p: Proposing;
let coordinator: Somebody;
beforeEach(async () => {
  p = await Proposing.start();
  coordinator = await somebody(p.test, { role: 'coordinator', name: 'Coco', email: 'coco@carnot.test' });
});
afterEach(() => p?.stop());

const team = `/institutes/${PROFILE.id}/team`;
const people = `/v1/profiles/${PROFILE.id}/people`;
const json = (who: Somebody, method: string, path: string, body?: unknown) =>
  api(p.test.url, path, { method, token: who, body });
/** Sends a request as the network's coordinator, who has just signed in. */
const asCoordinator = async (method: string, path: string, body?: unknown) => {
  await coordinator.signInAgain();
  return json(coordinator, method, path, body);
};
const remove = (who: Somebody) => asCoordinator('DELETE', `${people}/${who.person.id}`);
const stillIn = async (who: Somebody): Promise<boolean> => (await who.get('/v1/me')).status === 200;
/** Signs in again, since earlier sessions have expired, and returns whether access remains. */
const comesBack = async (who: Somebody): Promise<boolean> => {
  await who.signInAgain();
  return stillIn(who);
};
/** Moves the clock by a number of days and runs what was due. */
const after = async (days: number): Promise<void> => {
  p.clock.set(new Date(p.clock.now().getTime() + days * DAY_MS));
  await round(p.test.app, [LeaveJob]);
  await worked();
};

describe('the last officer of an institute', () => {
  it('is not removed by the network, which is told to ask the operator, nor by removing several one by one', async () => {
    const { status, body } = await remove(p.officer);
    expect([status, body.detail]).toEqual([409, expect.stringContaining('remove-officer')]);
    expect((await coordinator.post(`${team}/${p.officer.person.id}/remove`)).body).toContain(
      'the network cannot remove them',
    );
    const second = await somebody(p.test, {
      role: 'officer',
      profile: PROFILE.id,
      email: 'second@air.example',
    });
    // An invitation that nobody used is no officer to rely on.
    await json(p.officer, 'POST', people, { name: 'Third', email: 'third@air.example' });
    expect((await remove(second)).status).toBe(200);
    expect((await remove(p.officer)).status).toBe(409);
    await worked();
    // One who was to leave stays, if the others left by their own word meanwhile.
    expect((await json(p.officer, 'DELETE', `${people}/${p.officer.person.id}`)).status).toBe(200);
    for (const days of [6, 1, 1]) await after(days);
    expect(await comesBack(second)).toBe(true);
    expect((await json(second, 'GET', people)).body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: second.person.id, leavesAt: null })]),
    );
  });
});

describe('an officer of several, whom the network removes', () => {
  let second: Somebody;
  beforeEach(async () => {
    second = await somebody(p.test, {
      role: 'officer',
      profile: PROFILE.id,
      name: 'Sami',
      email: 'second@air.example',
      language: 'fr',
      mails: false,
    });
    await somebody(p.test, {
      role: 'reader',
      profile: PROFILE.id,
      email: 'reader@air.example',
      mails: false,
    });
  });
  const subjects = async (n: number) =>
    (await p.mails(n)).map((mail) => [mail.envelopeTo[0], mail.subject] as [string, string]).sort();

  it('is mailed, stays for seven days, and then is gone; everybody at the institute is told at once, and again on the day before', async () => {
    const { status, body } = await remove(second);
    expect([status, body.leavesAt]).toEqual([
      200,
      new Date(p.clock.now().getTime() + 7 * DAY_MS).toISOString(),
    ]);
    const told = await subjects(3);
    expect(told.map(([to]) => to)).toEqual(['odile@air.example', 'reader@air.example', 'second@air.example']);
    expect(told.map(([, subject]) => subject)).toEqual([
      expect.stringMatching(/^Le .*, Sami doit quitter l’équipe \(Carnot Air\)$/),
      expect.stringMatching(/^Sami is to leave Carnot Air on /),
      expect.stringMatching(/^Votre accès au Carnot Air prend fin le /),
    ]);
    const own = (await p.mails(3)).find((mail) => mail.envelopeTo[0] === 'second@air.example')!;
    expect(own.text).toMatch(new RegExp(`http://calls\\.test/sign-in/from-mail/[\\w-]+\\?next=${team}\\s`));
    await after(5.9);
    expect(await subjects(3)).toHaveLength(3);
    await after(0.2);
    const again = (await subjects(6)).filter(([, subject]) => /quitter l’équipe|is to leave/.test(subject));
    expect(again.map(([to]) => to)).toEqual([
      'odile@air.example',
      'odile@air.example',
      'reader@air.example',
      'reader@air.example',
      'second@air.example',
    ]);
    await after(0.8);
    expect(await comesBack(second)).toBe(true);
    expect((await asCoordinator('POST', people, { name: 'Me', email: 'me@carnot.test' })).status).toBe(403);
    await after(0.3);
    expect([await stillIn(second), await comesBack(second)]).toEqual([false, false]);
  });

  it('keeps their place by a button, and is asked anew where it is wanted again', async () => {
    await remove(second);
    expect((await coordinator.get(team)).body).not.toContain('Garder mon accès');
    expect((await coordinator.post(`${team}/${second.person.id}/keep`)).status).toBe(403);
    expect((await second.get(team)).body).toContain('Garder mon accès');
    expect((await second.post(`${team}/${second.person.id}/keep`)).status).toBe(303);
    for (const days of [6, 1, 1]) await after(days);
    expect(await comesBack(second)).toBe(true);
    expect((await second.get(team)).body).not.toContain('Garder mon accès');
    expect((await remove(second)).body.leavesAt).toBe(
      new Date(p.clock.now().getTime() + 7 * DAY_MS).toISOString(),
    );
    await p.mails(6);
  });

  it('is asked once however often the network asks, and the days go on', async () => {
    const first = await remove(second);
    await after(3);
    expect((await remove(second)).body.leavesAt).toBe(first.body.leavesAt);
    await worked();
    expect(p.sink.mails).toHaveLength(3);
  });

  it('is not removed while the mail waits to leave', async () => {
    p.sink.refuse({ code: 451, text: 'later' });
    await remove(second);
    for (const days of [6, 1, 1]) await after(days);
    expect(await comesBack(second)).toBe(true);
  });
});

describe('one of several officers', () => {
  it('has the same days, so that the network cannot remove them one by one unseen; a colleague removes them at once', async () => {
    const second = await somebody(p.test, {
      role: 'officer',
      profile: PROFILE.id,
      email: 'second@air.example',
    });
    await remove(second);
    expect(await stillIn(second)).toBe(true);
    expect((await json(p.officer, 'DELETE', `${people}/${second.person.id}`)).body).toMatchObject({
      id: second.person.id,
      leavesAt: null,
    });
    expect(await stillIn(second)).toBe(false);
  });

  it('takes along by then what is theirs, and the officers who stay are told; until then all of it works', async () => {
    const second = await somebody(p.test, {
      role: 'officer',
      profile: PROFILE.id,
      name: 'Sami',
      email: 'second@air.example',
    });
    const { body: made } = await json(second, 'POST', `/v1/profiles/${PROFILE.id}/keys`, {
      name: 'Intranet',
    });
    const works = async (): Promise<boolean> =>
      (await api(p.test.url, '/v1/me', { token: made.key })).status === 200;
    expect((await remove(second)).body).toMatchObject({
      id: second.person.id,
      leavesAt: expect.any(String),
      serviceKeys: [],
    });
    expect((await p.mails(2)).map((mail) => mail.envelopeTo[0])).toContain('second@air.example');
    expect(await works()).toBe(true);
    for (const days of [6, 1.1]) await after(days);
    expect(await works()).toBe(false);
    const told = (await p.mails(5)).at(-1)!;
    expect(told.envelopeTo).toEqual(['odile@air.example']);
    expect(told.text!.replace(/\s+/g, ' ')).toContain('Coco a retiré l’accès de Sami (Carnot Air)');
    expect(told.text).toContain('Intranet');
  });
});
