import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { AdminToken } from '../../../src/access/admin-token.js';
import { SettingRepository } from '../../../src/platform/database/setting.repository.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';

describe('the admin token', () => {
  let server: TestApp;
  afterEach(() => server?.stop());
  const status = async (token: string) => (await api(server.url, '/v1/calls', { token })).status;

  it('is made at the first start where the environment names none, and kept as its hash alone', async () => {
    server = await startApp({ ADMIN_TOKEN: '' }, { working: false });
    // Until a token exists, nobody gets in, least of all without one.
    for (const token of ['null', 'undefined', 'x', TOKEN]) expect(await status(token)).toBe(401);
    const token = (await server.app.get(AdminToken).makeAtFirstStart())!;
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await status(token)).toBe(200);
    for (const wrong of [`${token}x`, token.slice(1), token.toUpperCase(), TOKEN])
      expect(await status(wrong)).toBe(401);

    const rows: { key: string; value: unknown }[] = await server.app
      .get(DataSource)
      .query(`SELECT key, value FROM setting WHERE key <> 'needs-migrations'`);
    expect(rows).toEqual([
      { key: 'admin-token-sha256', value: createHash('sha256').update(token).digest('hex') },
    ]);
    expect(await status(rows[0]!.value as string)).toBe(401);
  });

  it('is given once, to one of the processes that start at the same time', async () => {
    server = await startApp({ ADMIN_TOKEN: '' }, { working: false });
    const processes = [1, 2, 3, 4].map(
      () => new AdminToken(server.app.get(SettingRepository), server.wiring.env),
    );
    const made = await Promise.all(processes.map((p) => p.makeAtFirstStart()));
    const [token, ...others] = made.filter((t) => t !== null);
    expect(others).toEqual([]);
    expect(await Promise.all(processes.map((p) => p.makeAtFirstStart()))).toEqual([null, null, null, null]);
    expect(await Promise.all(processes.map((p) => p.accepts(token!)))).toEqual([true, true, true, true]);
    expect(await status(token!)).toBe(200);
  });

  it('is the one of the environment where it names one, whatever was made before', async () => {
    server = await startApp({}, { working: false });
    const without = { ...server.wiring.env, ADMIN_TOKEN: undefined };
    const made = await new AdminToken(server.app.get(SettingRepository), without).makeAtFirstStart();
    expect(await server.app.get(AdminToken).makeAtFirstStart()).toBeNull();
    expect([await status(TOKEN), await status(made!)]).toEqual([200, 401]);
  });
});

describe('another admin token', () => {
  let server: TestApp;
  afterEach(() => server?.stop());
  const status = async (token: string) => (await api(server.url, '/v1/calls', { token })).status;

  it('takes the place of the former one at once, in a process that had accepted that one', async () => {
    server = await startApp({ ADMIN_TOKEN: '' }, { working: false });
    const former = (await server.app.get(AdminToken).makeAtFirstStart())!;
    expect(await status(former)).toBe(200);
    const elsewhere = new AdminToken(server.app.get(SettingRepository), server.wiring.env);
    const made = (await elsewhere.rotate())!;
    expect(made).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect([await status(former), await status(made)]).toEqual([401, 200]);
  });

  it('is not made where the environment names it', async () => {
    server = await startApp({}, { working: false });
    expect(await server.app.get(AdminToken).rotate()).toBeNull();
    expect(await status(TOKEN)).toBe(200);
  });
});
