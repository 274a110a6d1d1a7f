import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { startMonitoring } from '../../../src/app/process.js';
import { Heartbeat } from '../../../src/monitoring/heartbeat.js';
import { Monitoring } from '../../support/queue/watching.js';

const PATH = '/ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278';

/** A server that answers as Healthchecks does. */
class Checks {
  readonly told: [path: string, said: string][] = [];
  status = 200;
  private readonly server = http.createServer(async (request, response) => {
    let said = '';
    for await (const chunk of request) said += String(chunk);
    this.told.push([`${request.method} ${request.url}`, said]);
    response.writeHead(this.status, { location: '/elsewhere' }).end('OK');
    this.server.emit('told');
  });

  async listen(port = 0): Promise<void> {
    await once(this.server.listen(port, '127.0.0.1'), 'listening');
  }
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  next(): Promise<unknown> {
    return once(this.server, 'told');
  }
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('the service in HEARTBEAT_URL', () => {
  const checks = new Checks();
  let api: Monitoring;
  let worker: Monitoring;
  beforeAll(async () => {
    await checks.listen();
    const HEARTBEAT_URL = `http://127.0.0.1:${checks.port}${PATH}/`;
    api = await Monitoring.start({ HEARTBEAT_URL });
    worker = await Monitoring.start({ HEARTBEAT_URL }, { beside: api });
  });
  afterAll(async () => {
    await worker?.stop();
    await api?.stop();
    await checks.close();
  });
  beforeEach(async () => {
    await api.forget();
    await api.query(`DELETE FROM setting WHERE key IN ('heartbeat', 'sending-held')`);
    checks.told.length = 0;
    checks.status = 200;
  });
  afterEach(() => jest.restoreAllMocks());

  const look = ({ test }: Monitoring) => test.app.get(Heartbeat, { strict: false }).due();
  /** Both processes look at the same moment; returns what they told. */
  const looked = async (): Promise<Checks['told']> => {
    await Promise.all([look(api), look(worker)]);
    return checks.told.splice(0);
  };
  const aMinuteLater = async (): Promise<void> => {
    api.clock.move({ seconds: 61 });
    await api.query(
      `UPDATE setting SET value = to_jsonb(now() - interval '61 seconds') WHERE key = 'heartbeat'`,
    );
  };
  const WELL: Checks['told'] = [[`POST ${PATH}`, '']];

  it('is told once a minute that all is well, by one process for all', async () => {
    expect(await looked()).toEqual(WELL);
    expect(await looked()).toEqual([]);
    await aMinuteLater();
    expect(await looked()).toEqual(WELL);
  });

  it('is told so again after the clock of the database was set back', async () => {
    await looked();
    await api.query(`UPDATE setting SET value = to_jsonb(now() + interval '1 hour') WHERE key = 'heartbeat'`);
    expect(await looked()).toEqual(WELL);
  });

  it('is told by a process as soon as it is monitored', async () => {
    const { HEARTBEAT_URL } = api.test.wiring.env;
    const other = await Monitoring.start({ HEARTBEAT_URL: HEARTBEAT_URL! }, { beside: api });
    try {
      const told = checks.next();
      startMonitoring(other.test.app, { ...other.test.wiring, works: false });
      await told;
      expect(checks.told).toEqual(WELL);
    } finally {
      await other.stop();
    }
  });

  it('is told of trouble that hinders harvests or deliveries, without the reason, until it is over or acknowledged', async () => {
    await api.seen('broken', 'anne@example.fr was in it');
    await api.seen('failing', 'the last answer: no such user bob@example.fr', 'delivery/email');
    expect(await looked()).toEqual([
      [`POST ${PATH}/fail`, 'Delivery (E-mail): failing\nEU Funding & Tenders Portal: broken'],
    ]);
    await api.seen('ok', null, 'delivery/email');
    await aMinuteLater();
    expect(await looked()).toEqual([[`POST ${PATH}/fail`, 'EU Funding & Tenders Portal: broken']]);
    await api.acknowledge((await api.alarms('&open=true'))[0]!.id);
    await aMinuteLater();
    expect(await looked()).toEqual(WELL);
  });

  it('hears nothing of what hinders nobody yet', async () => {
    await api.seen('quiet');
    await api.seen('differs', null, 'check/funding-tenders');
    await api.seen('nearly-full', null, 'disk/data');
    expect(await looked()).toEqual(WELL);
  });

  it('hears nothing of a restored copy: the original may have fallen silent', async () => {
    await api.query(`INSERT INTO setting (key, value) VALUES ('sending-held', '{}')`);
    expect(await looked()).toEqual([]);
  });

  it('is told by each process that the database is away, once that has lasted a minute', async () => {
    const name = new URL(api.test.wiring.env.DATABASE_URL!).pathname.slice(1);
    const client = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL'] });
    for (const stream of [process.stderr, process.stdout])
      jest.spyOn(stream, 'write').mockImplementation(() => true);
    expect(await looked()).toEqual(WELL);
    await client.connect();
    try {
      await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      expect(await looked()).toEqual([]);
      api.clock.move({ seconds: 61 });
      const away = [`POST ${PATH}/fail`, expect.stringContaining('the database does not respond')];
      expect(await looked()).toEqual([away, away]);
      expect(await looked()).toEqual([]);
    } finally {
      await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await client.end();
    }
    await aMinuteLater();
    expect(await looked()).toEqual(WELL);
  });

  it.each([404, 302, 503])('may answer %i, which is logged once, without its address', async (status) => {
    const [warned, logged] = (['warn', 'log'] as const).map((level) =>
      jest.spyOn(Logger.prototype, level).mockImplementation(),
    );
    checks.status = status;
    for (let i = 0; i < 2; i += 1) {
      await look(api);
      await aMinuteLater();
    }
    expect(checks.told.splice(0)).toHaveLength(2);
    expect(warned!.mock.calls).toEqual([
      [expect.stringContaining(`HEARTBEAT_URL (127.0.0.1:${checks.port})`)],
    ]);
    expect(JSON.stringify(warned!.mock.calls)).not.toMatch(/ping|5bf66975/);
    checks.status = 200;
    await look(api);
    expect(logged!.mock.calls).toEqual([[expect.stringContaining('is reached again')]]);
  });

  it('may be gone, which breaks nothing and is logged without its address', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const { port } = checks;
    await checks.close();
    try {
      await look(api);
    } finally {
      await checks.listen(port);
    }
    expect(warned.mock.calls).toEqual([[expect.stringContaining('ConnectFailed')]]);
    expect(JSON.stringify(warned.mock.calls)).not.toMatch(/ping|5bf66975/);
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
    await aMinuteLater();
    expect(await looked()).toContainEqual(WELL[0]);
  });
});

it('is asked by nobody where HEARTBEAT_URL is not set', async () => {
  const alone = await Monitoring.start();
  try {
    await alone.test.app.get(Heartbeat, { strict: false }).due();
    expect(await alone.query(`SELECT key FROM setting WHERE key = 'heartbeat'`)).toEqual([]);
  } finally {
    await alone.stop();
  }
});
