import { LeavingDue } from '../../../src/access/departure/leaving-due.js';
import { api } from '../../support/app.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { PROFILE, Proposing } from '../../support/institutes/proposing.js';
import { round } from '../../support/queue/round.js';
import { worked } from '../../support/until.js';

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
  await round(p.test.app, [LeavingDue]);
  await worked();
};

describe('the last officer of an institute, whom the network removes', () => {
  it('is mailed, stays for seven days, and then is gone; until then the network lets nobody else in', async () => {
    const { status, body } = await remove(p.officer);
    expect([status, body.leavesAt]).toEqual([
      200,
      new Date(p.clock.now().getTime() + 7 * DAY_MS).toISOString(),
    ]);
    const [mail] = await p.mails(1);
    expect(mail!.envelopeTo).toEqual(['odile@air.example']);
    expect(mail!.subject).toMatch(/^Votre accès au Carnot Air prend fin le /);
    expect(mail!.text).toContain(`http://calls.test${team}`);
    await after(6.9);
    expect(await comesBack(p.officer)).toBe(true);
    expect((await asCoordinator('POST', people, { name: 'Me', email: 'me@carnot.test' })).status).toBe(403);
    await after(0.2);
    expect([await stillIn(p.officer), await comesBack(p.officer)]).toEqual([false, false]);
    expect((await asCoordinator('POST', people, { name: 'Next', email: 'next@air.example' })).status).toBe(
      200,
    );
  });

  it('keeps their place by a button, and is asked anew where it is wanted again', async () => {
    await remove(p.officer);
    expect((await coordinator.get(team)).body).not.toContain('Garder mon accès');
    expect((await coordinator.post(`${team}/${p.officer.person.id}/keep`)).status).toBe(403);
    expect((await p.officer.get(team)).body).toContain('Garder mon accès');
    expect((await p.officer.post(`${team}/${p.officer.person.id}/keep`)).status).toBe(303);
    await after(8);
    expect(await comesBack(p.officer)).toBe(true);
    expect((await p.officer.get(team)).body).not.toContain('Garder mon accès');
    expect((await remove(p.officer)).body.leavesAt).toBe(
      new Date(p.clock.now().getTime() + 7 * DAY_MS).toISOString(),
    );
    await p.mails(2);
  });

  it('is asked once however often the network asks, and the days go on', async () => {
    const first = await remove(p.officer);
    await after(3);
    expect((await remove(p.officer)).body.leavesAt).toBe(first.body.leavesAt);
    await worked();
    expect(p.sink.mails).toHaveLength(1);
  });

  it('is not removed while the mail waits to leave', async () => {
    p.sink.refuse({ code: 451, text: 'later' });
    await remove(p.officer);
    await after(8);
    expect(await comesBack(p.officer)).toBe(true);
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
    expect((await p.mails(1))[0]!.envelopeTo).toEqual(['second@air.example']);
    expect(await works()).toBe(true);
    await after(7.1);
    expect(await works()).toBe(false);
    const told = (await p.mails(2)).find((mail) => mail.envelopeTo[0] === 'odile@air.example')!;
    expect(told.text!.replace(/\s+/g, ' ')).toContain('Coco a retiré l’accès de Sami (Carnot Air)');
    expect(told.text).toContain('Intranet');
  });
});
