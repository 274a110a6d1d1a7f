import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { mailPlaceOf } from '../../src/platform/mail/mailer-of.js';
import { environmentNames, readEnvironment } from '../../src/platform/config/environment.js';

type Variables = Record<string, string | undefined>;
interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  container_name?: string;
  volumes?: string[];
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  restart: string;
  stop_grace_period?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  init?: boolean;
  deploy?: { resources: { limits: { cpus: string; memory: string; pids: number } } };
}

const root = resolve(__dirname, '../..');
const text = (name: string): string => readFileSync(resolve(root, name), 'utf8');
const composeText = text('docker-compose.yml');
const compose = parse(composeText, { merge: true }) as { services: Record<string, Service>; volumes: object };
const { certificates, postgres, role, redis, api, worker, backup, mail } = compose.services as Record<
  'certificates' | 'postgres' | 'role' | 'redis' | 'api' | 'worker' | 'backup' | 'mail',
  Service
>;
/** The example settings, without the secrets that each operator generates. */
const example = parseEnv(text('.env.example')) as Record<string, string>;
const steps = text('Dockerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));
const step = (word: string): string[] =>
  steps.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1).trim());
const imageEnv = Object.fromEntries(
  step('ENV')
    .flatMap((line) => line.split(/\s+/))
    .map((pair) => pair.split('=') as [string, string]),
);

const known: readonly string[] = environmentNames;
/** Read only by the images of other services. */
const servers = ['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB'];
const others = [...servers, 'DATABASE_PASSWORD', 'REDIS_PASSWORD'];
/** Read by Node packages, not by our code. */
const packages = ['NODE_ENV'];
/** Read by Node itself. */
const NODE = { NODE_EXTRA_CA_CERTS: '/tls/ca.crt' };
/** What glibc reads in a worker, besides what the API has. */
const GLIBC = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TOP_PAD_: '0' };
/** Set by the image itself, or useless in a container. */
const notHandedOn = ['HOST', 'PORT', 'DATA_DIR', 'EMBEDDING_MODEL_DIR'];
const pinned = /^[a-z0-9./-]+:v?\d+(\.\d+)+(-[a-z0-9]+)*@sha256:[0-9a-f]{64}$/;

/** Set by the operator: secrets shown in our files must not work. */
const password = randomBytes(12).toString('hex');
const SECRET_KEY = randomBytes(32).toString('hex');
const redisPassword = randomBytes(12).toString('hex');
const ADDRESSES = {
  REDIS_URL: `rediss://:${redisPassword}@redis:6379`,
  DATABASE_URL: `postgres://carnot_app:${password}@postgres:5432/carnot?sslmode=verify-full&sslrootcert=/tls/ca.crt`,
};
const secrets = {
  SECRET_KEY,
  DATABASE_PASSWORD: password,
  REDIS_PASSWORD: redisPassword,
  POSTGRES_PASSWORD: randomBytes(12).toString('hex'),
};

/**
 * Substitutes `${NAME}`, `${NAME:-default}`, `${NAME-default}` and `${NAME:?problem}`, nested or not, as
 * compose does.
 */
function interpolate(value: string, env: Variables): string {
  const innermost = /(?<!\$)\$\{(\w+)(?:(:?)([-?])([^${}]*))?\}/;
  const found = innermost.exec(value);
  if (!found) return value.replaceAll('$$', '$');
  const [whole, name, colon, sign, other] = found;
  const given = env[name!];
  const isSet = given !== undefined && (given !== '' || colon !== ':');
  if (!isSet && sign === '?') throw new Error(`${name}: ${other}`);
  return interpolate(
    value.replace(whole, () => (isSet ? given : (other ?? ''))),
    env,
  );
}

const given = (service: Service, env: Variables): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, value]) => [name, interpolate(value, env)]),
  );
/** The environment that the program sees: the image's, overridden by compose. */
const seen = (service: Service, env: Variables) => ({ ...imageEnv, ...given(service, env) });

/** Returns what Prometheus could not parse in an expression. */
function errorsIn(expression: string): string[] {
  const errors: string[] = [];
  promql.parse(expression).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push(`${from}: ${expression.slice(from, to)}`);
    },
  });
  return errors;
}

describe('docker-compose.yml and .env.example', () => {
  it('names no variable that nothing reads', () => {
    const interpolated = [...composeText.matchAll(/(?<!\$)\$\{?(\w+)/g)].map(([, name]) => name!);
    expect(new Set([...interpolated, ...known])).toEqual(new Set([...known, ...others]));
    expect(Object.keys(api.environment!).filter((name) => !known.includes(name))).toEqual(Object.keys(NODE));
    expect(Object.keys(example).filter((name) => !known.includes(name) && !others.includes(name))).toEqual(
      [],
    );
    expect(Object.keys(postgres.environment!)).toEqual(servers);
    // A variable set in .env but not passed on would silently have no effect.
    const handedOn = Object.keys(api.environment!);
    expect(known.filter((name) => !handedOn.includes(name))).toEqual(notHandedOn);
    expect(Object.keys(imageEnv).filter((name) => !known.includes(name))).toEqual(packages);
  });

  it('tells every variable, the unused ones as comments that can be put in force', () => {
    const all = parseEnv(text('.env.example').replace(/^# (?=[A-Z_]+=)/gm, ''));
    expect(new Set(Object.keys(all))).toEqual(new Set([...known, ...others]));
    // A model comes from either a server or a folder, and the example shows both.
    const own = {
      SECRET_KEY,
      DATABASE_URL: `postgres://u:${password}@host/database`,
      REDIS_URL: `rediss://:${password}@host:6379`,
      SMTP_URL: `smtp://u:${password}@mail.example.org`,
    };
    expect(() => readEnvironment({ ...all, ...own, EMBEDDING_MODEL_DIR: undefined }, 'api')).not.toThrow();
  });

  it.each(['api', 'worker'] as const)("starts the %s with the example and secrets of one's own", (name) => {
    const values = readEnvironment(seen(compose.services[name]!, { ...example, ...secrets }), name);
    expect(values).toMatchObject({
      HOST: '0.0.0.0',
      PORT: 3000,
      DATA_DIR: '/data',
      ...ADDRESSES,
      SMTP_URL: 'smtp://mail:1025?requireTLS=false',
      MAIL_CATCHER: 'mail:1025',
      PUBLIC_URL: `http://localhost:${example['PORT']}`,
      warnings: [],
    });
  });

  it.each(['api', 'worker'] as const)('starts the %s with nothing but the secrets', (name) => {
    const values = readEnvironment(seen(compose.services[name]!, secrets), name);
    expect(values).toMatchObject(ADDRESSES);
    expect(() => given(compose.services[name]!, { SECRET_KEY })).toThrow('DATABASE_PASSWORD');
    expect(() => given(compose.services[name]!, { ...secrets, REDIS_PASSWORD: '' })).toThrow(
      'REDIS_PASSWORD',
    );
    // A key in one of our files would be known to everybody.
    const withoutKey = { ...example, DATABASE_PASSWORD: password, REDIS_PASSWORD: redisPassword };
    expect(() => given(compose.services[name]!, withoutKey)).toThrow('SECRET_KEY');
  });

  it('has the backups made by a service that knows the database, its keys and nothing else, and by no worker', () => {
    const env = { ...example, ...secrets, ADMIN_TOKEN: password, SMTP_URL: 'smtp://u:p@relay:587' };
    const values = readEnvironment(seen(backup, env), 'worker');
    expect(values).toMatchObject({
      DATABASE_URL: ADDRESSES.DATABASE_URL,
      BACKUP_DIR: '/backups',
      WORKER_PORT: 3001,
      warnings: [],
    });
    expect([values.ADMIN_TOKEN, values.SMTP_URL, values.REDIS_URL]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(readEnvironment(seen(worker, env), 'worker').BACKUP_SERVICE).toBe('on');
    // Else a backup that is made while a key is replaced does not name the one before.
    const replaced = { ...env, SECRET_KEY_BEFORE: '5f'.repeat(32) };
    expect(readEnvironment(seen(backup, replaced), 'worker').SECRET_KEY_BEFORE).toEqual(
      readEnvironment(seen(worker, replaced), 'worker').SECRET_KEY_BEFORE,
    );
    expect(backup.volumes).toContain('backups:/backups');
    expect(backup.healthcheck).toEqual(worker.healthcheck);
    expect(
      existsSync(resolve(root, backup.command!.at(-1)!.replace('dist/', 'src/').replace('.js', '.ts'))),
    ).toBe(true);
  });

  it('starts with no secret that one of our files shows, and says which', () => {
    const shown = [
      '.env.example',
      'README.md',
      'config/README.md',
      'src/app/README.md',
      'docker-compose.yml',
    ].flatMap((name) => [
      ...text(name).matchAll(/(?:_PASSWORD|ADMIN_TOKEN)=([^\s$|`]+)|:\/\/\w+:([^\s@$`]+)@/g),
    ]);
    const examples = shown.map(([, set, inAddress]) => set ?? inAddress!);
    expect(examples.length).toBeGreaterThan(2);
    for (const secret of [...examples, 'change-me-openssl-rand-hex-24']) {
      expect(() => readEnvironment({ DATABASE_URL: `postgres://carnot:${secret}@db/carnot` }, 'api')).toThrow(
        /DATABASE_URL has a password that is an example of ours/,
      );
    }
  });

  it('lets other services take the place of its own', () => {
    const database = `postgres://u:${password}@db/x`;
    const elsewhere = {
      ...example,
      ...secrets,
      DATABASE_URL: database,
      REDIS_URL: '',
      SMTP_URL: 'smtp://u:p@relay:587',
    };
    for (const service of [api, worker]) {
      const values = readEnvironment(seen(service, elsewhere), 'worker');
      expect([values.DATABASE_URL, values.REDIS_URL, values.SMTP_URL]).toEqual([
        database,
        undefined,
        'smtp://u:p@relay:587',
      ]);
    }
  });

  it('lets the program know whether e-mails reach anybody: not in the catcher of compose, and not in files', () => {
    const placeOf = (more: Variables) =>
      mailPlaceOf(readEnvironment(seen(api, { ...example, ...secrets, ...more }), 'api'));
    expect([placeOf({}), placeOf({ SMTP_URL: '' }), placeOf({ SMTP_URL: 'smtp://u:p@relay:1025' })]).toEqual([
      'catcher',
      'files',
      'server',
    ]);
    expect(Object.keys(compose.services)).toContain(given(api, secrets)['MAIL_CATCHER']!.split(':')[0]);
  });

  it('gives the program a role beside the superuser, with the database and the password that its address has', () => {
    const server = { POSTGRES_USER: 'u', POSTGRES_PASSWORD: 'p', POSTGRES_DB: 'd' };
    const env = { ...secrets, ...server, DATABASE_PASSWORD: 'q' };
    expect(given(postgres, env)).toEqual(server);
    expect(given(role, env)).toEqual({
      PGHOST: 'postgres',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/tls/ca.crt',
      PGUSER: 'u',
      PGPASSWORD: 'p',
      PGDATABASE: 'd',
      DATABASE_USER: 'carnot_app',
      DATABASE_PASSWORD: 'q',
    });
    expect(given(api, env)['DATABASE_URL']).toMatch(/^postgres:\/\/carnot_app:q@postgres:5432\/d\?/);
    expect(worker.environment).toEqual({ ...api.environment, ...GLIBC });
  });

  it('keeps the queue safe in Redis: nothing is evicted, all is appended to a file on a volume', () => {
    const command = redis.command!.join(' ');
    expect(command).toContain('--maxmemory-policy noeviction');
    expect(command).toContain('--appendonly yes');
    expect(redis.volumes).toContain('redis:/data');
    expect(postgres.volumes).toContain('postgres:/var/lib/postgresql/data');
    for (const { volumes = [] } of Object.values(compose.services)) {
      for (const from of volumes.map((volume) => volume.split(':')[0]!)) {
        if (from.startsWith('./')) expect(existsSync(resolve(root, from))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(from);
      }
    }
  });

  it('speaks to PostgreSQL and Redis by TLS and password alone, each of which has its own key and the program none', () => {
    /** Returns the path at which a service mounts a folder or volume. */
    const placeOf = (service: Service, from: string) =>
      service.volumes!.find((volume) => volume.startsWith(`${from}:`))?.split(':')[1];
    const files = (service: Service) =>
      [...service.command!.join(' ').matchAll(/(\/(?:tls|servers|role)\/\S+)/g)].map(([, path]) => path!);
    expect(certificates.command).toEqual(['sh', '/servers/certificates.sh', '/tls', '999:999']);
    expect(certificates.volumes).toEqual(
      expect.arrayContaining(['ca:/tls/ca', 'postgres-tls:/tls/postgres', 'redis-tls:/tls/redis']),
    );
    expect([files(postgres), placeOf(postgres, 'postgres-tls')]).toEqual([
      ['/tls/server.crt', '/tls/server.key', '/servers/pg_hba.conf'],
      '/tls',
    ]);
    expect([files(redis), placeOf(redis, 'redis-tls')]).toEqual([
      ['/tls/server.crt', '/tls/server.key'],
      '/tls',
    ]);
    expect(text('config/servers/pg_hba.conf').replace(/^#.*\n/gm, '')).toMatch(
      /^local +all +all +trust\nhostssl +all +all +all +scram-sha-256\n$/,
    );
    expect(redis.command!.join(' ')).toMatch(
      /--port 0 --tls-port 6379 .*--requirepass \$\{REDIS_PASSWORD:\?/,
    );
    for (const service of [api, worker]) {
      expect(service.environment).toMatchObject(NODE);
      expect(service.volumes!.filter((volume) => volume.includes('tls'))).toEqual(['ca:/tls:ro']);
    }
  });

  it('publishes the API and the mail catcher on this machine only, and lets the worker be scaled', () => {
    for (const env of [{}, example])
      expect(api.ports!.map((port) => interpolate(port, env))).toEqual(['127.0.0.1:3000:3000']);
    expect(mail.ports).toEqual(['127.0.0.1:8025:8025']);
    for (const service of [worker, postgres, redis]) expect(service.ports).toBeUndefined();
    for (const service of Object.values(compose.services)) expect(service.container_name).toBeUndefined();
    expect(worker.image).toBe(api.image);
  });

  it('is scraped by Prometheus at every process, on the port where it listens', () => {
    const scraped = parse(text('config/monitoring/prometheus.yaml')) as {
      rule_files: string[];
      scrape_configs: { job_name: string; dns_sd_configs: { names: string[]; port: number }[] }[];
    };
    expect(
      scraped.scrape_configs.map(({ job_name, dns_sd_configs }) => [
        job_name,
        ...dns_sd_configs.map(({ names, port }) => `${names.join()}:${port}`),
      ]),
    ).toEqual([
      ['carnot-europe-api', `api:${imageEnv['PORT']}`],
      ['carnot-europe-worker', `worker:${given(worker, secrets)['WORKER_PORT']}`],
    ]);
    expect(scraped.rule_files).toEqual(['alerts.yaml']);
  });

  it('alarms by rules that Prometheus can read, of which one notices that no process of a role is left', () => {
    const { groups } = parse(text('config/monitoring/alerts.yaml')) as {
      groups: {
        rules: { alert: string; expr: string; for?: string; labels: object; annotations: object }[];
      }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, expr, for: lasting = '0m', labels, annotations } of rules) {
      expect([alert, errorsIn(expr)]).toEqual([alert, []]);
      expect([alert, lasting, labels]).toEqual([
        alert,
        expect.stringMatching(/^\d+[mhd]$/),
        { severity: expect.stringMatching(/^(warning|critical)$/) },
      ]);
      expect([alert, Object.keys(annotations)]).toEqual([alert, ['summary', 'fix']]);
    }
    expect(errorsIn('absent(up{job="carnot-europe-api"} == ')).not.toEqual([]);
    for (const job of ['carnot-europe-api', 'carnot-europe-worker'])
      expect(rules.map(({ expr }) => expr)).toContain(`absent(up{job="${job}"})`);
  });

  it('starts in order, starts again, and gives the program time to end', () => {
    for (const service of Object.values(compose.services)) {
      // One-off services are not restarted, and others wait for their completion.
      const ends = ({ restart }: Service): boolean => restart === 'no';
      expect(ends(service)).toBe([role, certificates].includes(service));
      if (!ends(service)) expect(service.restart).toBe('unless-stopped');
      for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
        const other = compose.services[name]!;
        expect(condition).toBe(ends(other) ? 'service_completed_successfully' : 'service_healthy');
        // The API has that of the image.
        if (!ends(other) && other !== api) expect(other.healthcheck!.test).toBeDefined();
      }
    }
    for (const service of [api, worker]) {
      expect(Object.keys(service.depends_on!)).toEqual(['role', 'redis']);
      expect(parseInt(service.stop_grace_period!, 10)).toBeGreaterThan(10);
    }
  });

  it('takes rights away', () => {
    for (const service of [api, worker])
      expect(service).toMatchObject({ init: true, read_only: true, cap_drop: ['ALL'] });
    for (const service of Object.values(compose.services))
      expect(service.security_opt).toEqual(['no-new-privileges:true']);
  });

  it('leaves each no more processors, memory and processes than it needs', () => {
    for (const [name, { deploy }] of Object.entries(compose.services)) {
      const { cpus, memory, pids } = deploy!.resources.limits;
      expect({ name, enough: Number(cpus) >= 1 }).toEqual({ name, enough: true });
      expect(memory).toMatch(/^\d+[MG]$/);
      expect(pids).toBeGreaterThanOrEqual(100);
    }
    // The heap must fit next to the rest of the process's memory.
    expect(parseInt(api.deploy!.resources.limits.memory, 10)).toBeGreaterThanOrEqual(1024);
    expect(worker.deploy).toEqual(api.deploy);
  });

  it('pins every image that is not built here by version and digest, PostgreSQL once for all that use it', () => {
    for (const { image } of [certificates, postgres, role, redis, mail]) expect(image).toMatch(pinned);
    expect(new Set([certificates, postgres, role].map(({ image }) => image)).size).toBe(1);
    // A later major could not read the volume, so only minors are proposed.
    const { updates } = parse(text('.github/dependabot.yml')) as { updates: { ignore?: object[] }[] };
    expect(updates.flatMap(({ ignore = [] }) => ignore)).toEqual([
      { 'dependency-name': 'postgres', 'update-types': ['version-update:semver-major'] },
    ]);
  });
});

describe('Dockerfile', () => {
  it('builds on one pinned Node with glibc, and runs as a user who is not root', () => {
    const bases = new Set(step('FROM').map((line) => line.split(' ')[0]!));
    expect([...bases]).toEqual([expect.stringMatching(pinned)]);
    expect([...bases][0]).toMatch(/^node:24\.\d+\.\d+-[a-z]+-slim@/);
    expect(step('USER')).toEqual(['node']);
    expect(steps.findIndex((line) => line.startsWith('USER'))).toBeGreaterThan(
      steps.findLastIndex((line) => /^(FROM|RUN|COPY) /.test(line)),
    );
    expect(step('VOLUME')).toEqual([`["${imageEnv['DATA_DIR']}", "/backups"]`]);
  });

  it('runs programs that exist, on files that the build is given', () => {
    const commands = [JSON.parse(step('CMD')[0]!) as string[], worker.command!];
    for (const [node, ...others] of commands) {
      const program = others.at(-1);
      expect(node).toBe('node');
      expect(existsSync(resolve(root, program!.replace('dist/', 'src/').replace('.js', '.ts')))).toBe(true);
    }
    const ignored = text('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    const copied = step('COPY')
      .filter((line) => !line.startsWith('--'))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect(ignored[0]).toBe('*');
    expect(new Set(ignored.filter((line) => line.startsWith('!')))).toEqual(
      new Set(copied.map((name) => `!${name}`)),
    );
    for (const name of copied) expect(existsSync(resolve(root, name))).toBe(true);
  });

  it.each([
    ['the API', 'PORT', JSON.parse(step('HEALTHCHECK')[0]!.replace(/^.*? CMD /, '')) as string[]],
    ['a worker', 'WORKER_PORT', worker.healthcheck!.test!.slice(1)],
  ])('calls %s healthy where it answers well, and nothing else', async (_, portName, [node, ...rest]) => {
    expect(node).toBe('node');
    const check = (port: number) =>
      new Promise((done) => {
        spawn(process.execPath, rest, { env: { ...process.env, [portName]: String(port) } }).on('exit', done);
      });
    const serve = (status: number) =>
      new Promise<Server>((done) => {
        const server = createServer((request, response) =>
          response.writeHead(request.url === '/health' ? status : 404).end(),
        );
        server.listen(0, '127.0.0.1', () => done(server));
      });
    for (const [status, code] of [
      [200, 0],
      [503, 1],
    ] as const) {
      const server = await serve(status);
      const { port } = server.address() as AddressInfo;
      expect(await check(port)).toBe(code);
      await new Promise((done) => server.close(done));
      expect(await check(port)).toBe(1);
    }
  });
});

it('is licensed under the EUPL 1.2, as package.json says', () => {
  expect((JSON.parse(text('package.json')) as { license: string }).license).toBe('EUPL-1.2');
  expect(text('LICENSE')).toMatch(
    /^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\nEUPL © the European Union 2007, 2016\n/,
  );
  const articles = [...text('LICENSE').matchAll(/^(\d+)\.[A-Z]/gm)].map(([, number]) => Number(number));
  expect(articles).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
  expect(text('LICENSE')).toContain('‘Compatible Licences’ according to Article 5 EUPL are:');
});
