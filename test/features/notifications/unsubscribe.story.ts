import {
  ANNE,
  BEN,
  digestDate,
  digesting,
  files,
  harvested,
  outbox,
  PROFILE,
  settled,
  withContacts,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { settingsPath } from '../../support/notifications/settings-link.js';
import { tokenOf } from '../../support/notifications/told.js';
import { until } from '../../support/until.js';

let h: Harvesting;
let token: string;
beforeAll(async () => {
  h = await Harvesting.start({ copies: 1, adjust: digesting() });
  await h.ended();
  await withContacts(h, PROFILE, [ANNE, BEN]);
  // Contacts added together are welcomed together.
  await settled(h, 2);
  await withContacts(h, 'list', [ANNE]);
  await settled(h, 3);
  token = await tokenOf(h.test, ANNE.email);
});
afterAll(() => h?.stop());

const open = (method: string, which = token, init: RequestInit = {}) =>
  fetch(new URL(`/unsubscribe/${which}`, h.test.url), { method, ...init });
const stopped = () => h.query('SELECT address, stopped_at FROM recipient WHERE stopped_at IS NOT NULL');

describe('the links of a mail', () => {
  it('open what its reader chooses, and stand in no row of the database', async () => {
    const text = (await files(h))
      .map((mail) => mail.text!)
      .find((words) => words.includes(`/unsubscribe/${token}`))!;
    const [, link] = /(\/notification-preferences\/[\w.-]+)/.exec(text)!;
    expect((await fetch(new URL(link!, h.test.url))).status).toBe(200);
    const rows = (await h.query('SELECT id, text, html FROM notification')) as {
      id: string;
      text: string;
      html: string;
    }[];
    for (const row of rows)
      for (const words of [row.text, row.html])
        expect(words).toContain(`/notification-preferences/settings-${row.id}`);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${token}|/notification-preferences/(?!settings-)`));
  });
});

describe('stopping the mails', () => {
  it('opening the link asks and stops nothing: mail scanners open every link', async () => {
    const answer = await open('GET');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const page = await answer.text();
    expect(page).toContain('<form method="post">');
    expect(page).not.toContain(ANNE.email);
    await open('HEAD');
    expect(await stopped()).toEqual([]);
  });

  it('a link that is not one of ours is not found', async () => {
    for (const method of ['GET', 'POST']) {
      expect((await open(method, 'x'.repeat(32))).status).toBe(404);
      expect((await open(method, `${token}x`)).status).toBe(404);
    }
    expect(await stopped()).toEqual([]);
  });

  it('one click stops them, as a mail program posts it', async () => {
    const answer = await open('POST', token, {
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('You will no longer receive these e-mails.');
    expect(await stopped()).toEqual([{ address: ANNE.email, stopped_at: expect.any(Date) }]);
  });

  it('done again they are stopped still, since the first time; the page says so', async () => {
    const [before] = await stopped();
    h.clock.move({ hours: 1 });
    expect((await open('POST')).status).toBe(200);
    expect(await stopped()).toEqual([before]);
    expect(await (await open('GET')).text()).toContain('You will no longer receive these e-mails.');
  });

  it('the list says who stopped them, and since when', async () => {
    const one = {
      profile: PROFILE,
      contact: ANNE.email,
      reason: expect.stringContaining('They stopped the messages on 6 May 2026'),
    };
    expect((await h.call('/v1/notifications')).body.silent).toContainEqual(one);
    expect((await h.call(`/v1/notifications?profile=${PROFILE}`)).body.silent).toEqual([one]);
    expect((await h.call('/v1/notifications?profile=list')).body.silent).toEqual([
      { ...one, profile: 'list' },
    ]);
  });

  it('who stopped them gets no digest, the others do', async () => {
    h.portal.addLike('90000024TOPICSen', 'new-1');
    await harvested(h);
    await digestDate(h, '2026-05-11T05:00:00Z');
    const digests = (await settled(h, 4)).filter((m) => m.kind === 'digest');
    expect(digests.map((m) => m.to.address)).toEqual([BEN.email]);
  });

  it('being edited, or named again, does not start them again', async () => {
    await withContacts(h, PROFILE, [BEN]);
    await until('Anne to be none of its contacts', async () =>
      (await h.call(`/v1/notifications?profile=${PROFILE}`)).body.silent.length === 0 ? true : null,
    );
    await withContacts(h, PROFILE, [BEN, { ...ANNE, name: 'Anne again' }]);
    h.portal.addLike('90000024TOPICSen', 'new-2');
    await harvested(h);
    await digestDate(h, '2026-05-18T05:00:00Z');
    await settled(h, 5);
    expect((await outbox(h)).filter((m) => m.to.address === ANNE.email)).toHaveLength(2);
  });

  it('nor does it bring back the mails of an institute that one has left alone', async () => {
    const follow = async (address: string) =>
      (
        await h.query(
          'SELECT r.name, f.left_at IS NULL AS following FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE r.address = $1 AND f.target = $2',
          [address, PROFILE],
        )
      )[0] ?? null;
    const bens = await settingsPath(h.test, BEN.email);
    const step = (what: 'leave' | 'join') =>
      fetch(new URL(`${bens}/${what}`, h.test.url), {
        method: 'POST',
        body: new URLSearchParams({ kind: 'profile', target: PROFILE }),
      });
    await step('leave');
    expect(await follow(BEN.email)).toMatchObject({ following: false });
    await withContacts(h, PROFILE, []);
    await until('the profile to have no contacts', async () => (await follow(ANNE.email)) === null);
    // A former contact has nothing to come back to.
    await step('join');
    expect(await follow(BEN.email)).toMatchObject({ following: false });
    expect(await (await fetch(new URL(bens, h.test.url))).text()).not.toContain(`value="${PROFILE}"`);
    await withContacts(h, PROFILE, [{ ...BEN, name: 'Ben again' }]);
    await until('Ben to be taken in again', async () => (await follow(BEN.email))?.name === 'Ben again');
    expect(await follow(BEN.email)).toMatchObject({ following: false });
    await step('join');
    expect(await follow(BEN.email)).toMatchObject({ following: true });
  });
});
