import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '../../../src/platform/config/config-error.js';
import {
  Environment,
  environmentNames,
  readEnvironment,
  type Role,
  secretNames,
} from '../../../src/platform/config/environment.js';

const refusal = (env: NodeJS.ProcessEnv, role: Role = 'start'): ConfigError => {
  try {
    readEnvironment(env, role);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('was not refused');
};
const problems = (env: NodeJS.ProcessEnv, role: Role = 'start'): string[] => refusal(env, role).problems;
const password = randomBytes(12).toString('hex');
const database = `postgres://u:${password}@db:5432/carnot`;
const token = `Zq7-._~+/${password}==`;
const [hexKey, base64Key] = [randomBytes(32).toString('hex'), randomBytes(32).toString('base64')];

const RECIPIENT = `age1${'q'.repeat(58)}`;

describe('the environment', () => {
  it('takes no key for the stored secrets that repeats a few characters, as the one does that we show', () => {
    for (const SECRET_KEY of ['1'.repeat(64), 'ab'.repeat(32), Buffer.alloc(32).toString('base64')]) {
      expect(problems({ SECRET_KEY })).toEqual([
        'SECRET_KEY repeats a few characters. Fix: Make one with: openssl rand -base64 32.',
      ]);
    }
  });

  it('needs nothing for npm start and the command line', () => {
    for (const role of ['start'] as const) {
      expect(readEnvironment({}, role)).toEqual({
        BACKUP_BEFORE_UPDATE: 'on',
        BACKUP_SERVICE: 'off',
        HOST: '127.0.0.1',
        PORT: 3000,
        PROXY_HOPS: 0,
        DATA_DIR: resolve('.data'),
        SMTP_TLS: 'required',
        MAIL_FROM: 'carnot-europe@localhost',
        PUBLIC_URL: 'http://127.0.0.1:3000',
        LOG_LEVEL: 'info',
        LOG_FORMAT: 'text',
        OTEL_SERVICE_NAME: 'carnot-europe',
        warnings: [],
      });
    }
  });

  it('takes every variable, without the white space and carriage returns of env files', () => {
    const env = {
      HOST: '::',
      PORT: '0',
      DATA_DIR: '/var/lib/carnot',
      DATABASE_URL: `${database}\r`,
      REDIS_URL: 'rediss://:p%23' + password + '@cache:6380/1',
      SMTP_URL: ' smtps://u:p@mail ',
      SMTP_TLS: 'off',
      MAIL_CATCHER: 'Mail:1025',
      MAIL_FROM: 'Réseau Carnot <appels@example.org>',
      OPERATOR_EMAIL: 'a@example.org, b@example.org,a@example.org',
      SECURITY_CONTACT: 'security@example.org',
      PUBLIC_URL: 'https://example.org/calls',
      PROXY_HOPS: '1',
      ADMIN_TOKEN: token,
      SECRET_KEY: hexKey,
      SECRET_KEY_BEFORE: `${base64Key}, ${hexKey}`,
      SOURCES: 'funding-tenders, anr',
      FUNDING_TENDERS_URL: 'http://LOCALHOST:8080/',
      FUNDING_TENDERS_DATA_URL: 'http://LOCALHOST:8081/',
      WEBHOOK_TRUSTED_ORIGINS:
        'http://HOOKS.internal:8080, https://chat.internal/,http://hooks.internal:8080',
      EMBEDDING_URL: 'http://localhost:11434/v1/embeddings',
      EMBEDDING_MODEL: 'bge-m3',
      EMBEDDING_KEY: 'sk-0123',
      READER_URL: 'http://localhost:11434/v1/chat/completions',
      READER_MODEL: 'mistral-small',
      READER_KEY: 'sk-0124',
      SIGN_ON_SECRETS: 'leti=one\ncetim=two',
      CLOCK: '2026-03-01T09:00:00+01:00',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      METRICS_TOKEN: token,
      HEARTBEAT_URL: 'https://hc-ping.com/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278/',
      WORKER_PORT: '3001',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x=y, x-tenant=100%',
      OTEL_SERVICE_NAME: 'calls',
      HTTPS_PROXY: 'http://u:p@proxy:3128',
      NO_PROXY: 'Models.example.org, .internal.example.org',
      BACKUP_DIR: '/backups',
      BACKUP_RECIPIENTS: `${RECIPIENT} , ${RECIPIENT}`,
      BACKUP_SERVICE: 'on',
      BACKUP_BEFORE_UPDATE: 'off',
    };
    expect(readEnvironment(env, 'api')).toEqual({
      ...env,
      PORT: 0,
      WORKER_PORT: 3001,
      PROXY_HOPS: 1,
      DATABASE_URL: database,
      SMTP_URL: 'smtps://u:p@mail',
      MAIL_CATCHER: 'mail:1025',
      HEARTBEAT_URL: 'https://hc-ping.com/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278',
      OPERATOR_EMAIL: ['a@example.org', 'b@example.org'],
      SECRET_KEY_BEFORE: [base64Key, hexKey],
      SECURITY_CONTACT: 'mailto:security@example.org',
      SOURCES: ['funding-tenders', 'anr'],
      FUNDING_TENDERS_URL: 'http://localhost:8080',
      FUNDING_TENDERS_DATA_URL: 'http://localhost:8081',
      WEBHOOK_TRUSTED_ORIGINS: ['http://hooks.internal:8080', 'https://chat.internal'],
      EMBEDDING_URL: 'http://localhost:11434/v1',
      READER_URL: 'http://localhost:11434/v1',
      NO_PROXY: ['models.example.org', '.internal.example.org'],
      BACKUP_RECIPIENTS: [RECIPIENT, RECIPIENT],
      OTEL_EXPORTER_OTLP_HEADERS: { authorization: 'Bearer x=y', 'x-tenant': '100%' },
      SIGN_ON_SECRETS: new Map([
        ['leti', 'one'],
        ['cetim', 'two'],
      ]),
      warnings: [
        'PUBLIC_URL has a path: the links in mails follow it, but the pages need a host of their own',
      ],
    });
    // A model comes from either a server or a folder.
    expect([...Object.keys(env), 'EMBEDDING_MODEL_DIR'].sort()).toEqual([...environmentNames].sort());
    expect(readEnvironment({ EMBEDDING_MODEL_DIR: 'models/e5' }, 'start').EMBEDDING_MODEL_DIR).toBe(
      resolve('models/e5'),
    );
  });

  it('takes the hosts without a proxy as other programs on the machine are given them', () => {
    const of = (NO_PROXY: string) => readEnvironment({ NO_PROXY }, 'start').NO_PROXY;
    expect(of('*.test.example.com,.example.org,127.0.0.0/8')).toEqual([
      ...['*.test.example.com', '.example.org', '127.0.0.0/8'],
    ]);
    expect(of('localhost 10.0.0.0/8, [::1], ::1,gpu.example.org:8080,')).toEqual([
      ...['localhost', '10.0.0.0/8', '[::1]', '::1', 'gpu.example.org:8080'],
    ]);
    expect(() => of('https://models.example.org')).toThrow('NO_PROXY must be host names');
  });

  it('takes an empty variable for an absent one', () => {
    const empty = Object.fromEntries(environmentNames.map((name) => [name, name === 'PORT' ? ' ' : '']));
    expect(readEnvironment(empty, 'start')).toEqual(readEnvironment({}, 'start'));
  });

  it.each([
    [{ HOST: '0.0.0.0' }, 'http://localhost:3000'],
    [{ HOST: '::', PORT: '80' }, 'http://localhost:80'],
    [{ HOST: '::1' }, 'http://[::1]:3000'],
    [{ HOST: 'calls.local', PORT: '8080' }, 'http://calls.local:8080'],
  ])('makes the public address of %j', (env, url) => {
    expect(readEnvironment(env, 'start').PUBLIC_URL).toBe(url);
  });

  it('lists all problems at once, with name and mend', () => {
    const env = {
      HOST: 'http://localhost',
      PORT: '65536',
      DATABASE_URL: 'mysql://u:secret1@db/x',
      REDIS_URL: 'redis://:sec#ret2@cache:6379',
      SMTP_URL: 'smtp://',
      PUBLIC_URL: 'https://example.org/',
      ADMIN_TOKEN: 'secret3',
      SECRET_KEY: 'secret4',
      FUNDING_TENDERS_URL: 'https://example.org/search',
      CLOCK: '2026-03-01 09:00',
      LOG_LEVEL: 'verbose',
    };
    const error = refusal(env, 'worker');
    expect(error.problems).toEqual([
      'SMTP_URL is set, but not MAIL_FROM: a mail server wants a sender that it knows. Fix: Set MAIL_FROM, or leave SMTP_URL out.',
      'HOST must be a host name or an IP address alone, not "http://localhost". Fix: Write it without scheme and port, as 0.0.0.0.',
      'PORT must be a whole number from 0 to 65535, not "65536". Fix: Write a free port, as 3000.',
      'DATABASE_URL must begin with postgres:// or postgresql://. Fix: Write it as postgres://user:password@host:5432/database.',
      expect.stringMatching(/^REDIS_URL cannot be read as an address\. Fix: Percent-encode .*# as %23/),
      'SMTP_URL names no host. Fix: Write it as smtp://user:password@host:587.',
      'PUBLIC_URL must be an http or https address without a slash, ? or # at the end, not "https://example.org/". Fix: Write it as https://calls.example.org.',
      'ADMIN_TOKEN is shorter than 16 characters. Fix: Make one with: openssl rand -hex 32.',
      'FUNDING_TENDERS_URL must be an http or https address with nothing behind the host and port, not "https://example.org/search". Fix: Write it as http://localhost:8080, or leave it out for the portal itself.',
      'SECRET_KEY is no key of 32 bytes in base64 or hex. Fix: Make one with: openssl rand -base64 32.',
      'CLOCK must be an ISO instant with Z or an offset, not "2026-03-01 09:00". Fix: Write it as 2026-03-01T08:00:00Z or 2026-03-01T09:00:00+01:00.',
      'LOG_LEVEL must be one of error, warn, info, debug, not "verbose". Fix: Write info, or leave it out.',
    ]);
    expect(error.message).toBe(
      ['There are 12 problems in the configuration:', ...error.problems.map((p) => `  - ${p}`)].join('\n'),
    );
    expect(error.stack).toBe(error.message);
  });

  it.each(['api', 'worker'] as const)(
    'refuses to start %s without a database and a key that both have',
    (role) => {
      expect(problems({ SECRET_KEY: hexKey }, role)).toEqual([
        'DATABASE_URL is missing: API and worker need the same. Fix: Set DATABASE_URL=postgres://user:password@host:5432/database; `npm start` brings its own.',
      ]);
      expect(problems({ DATABSE_URL: 'x' }, role)).toContain(
        'DATABSE_URL is set, but nothing reads it: is DATABASE_URL meant?',
      );
      expect(refusal({ SECRET_KEY: hexKey }, role).message).toMatch(
        /^There is 1 problem in the configuration:\n {2}- DATABASE_URL/,
      );
      expect(problems({ DATABASE_URL: database }, role)).toEqual([
        'SECRET_KEY is missing: API and worker need the same. Fix: Make one with: openssl rand -base64 32. Give the same to both; `npm start` makes its own, which it keeps in DATA_DIR/secret.key.',
      ]);
      expect(problems({ SECRET_KEY_BEFORE: hexKey })).toEqual([
        'SECRET_KEY_BEFORE is set, but not SECRET_KEY: a key that takes its place. Fix: Set SECRET_KEY, or leave SECRET_KEY_BEFORE out.',
      ]);
    },
  );

  it.each([
    [
      'HOST',
      ['localhost', '10.0.0.1', 'fe80::1', 'a-b.example'],
      ['localhost:80', '-a', 'a b', 'a..b', '/run/x.sock'],
    ],
    ['PORT', ['0', '65535'], ['-1', '80.5', '0x50', '1e3', 'http', '123456']],
    [
      'DATABASE_URL',
      [database, 'postgresql://db/x', 'postgres:///x?host=/run/postgresql'],
      ['postgres:///x', 'db:5432', 'postgres://u:50%@db/x', 'POSTGRES'],
    ],
    [
      'SECRET_KEY',
      [hexKey, hexKey.toUpperCase(), base64Key],
      [
        'a1'.repeat(16),
        'a1'.repeat(33),
        Buffer.alloc(31).toString('base64'),
        'a password that somebody thought of himself',
      ],
    ],
    [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      ['http://collector:4318', 'https://collector.example.org/otlp/'],
      ['collector:4318', 'https://user:password@collector.example.org', 'https://collector.example.org?a=b'],
    ],
    ['REDIS_URL', ['redis://cache'], ['http://cache', 'redis://', 'redis://a b']],
    [
      'MAIL_FROM',
      ['a@b', 'A B <a.b+c@d-e.fr>', '"Doe, John" <j@d.org>', "L'Institut <l@i.fr>", 'A<a@b>'],
      [
        'a',
        '<a@b>',
        'a@',
        'a@b@c',
        'Doe, John <j@d.org>',
        'A <a@b> x',
        'A\nBcc: x <a@b>',
        'a@b, c@d',
        'A <a@b.>',
      ],
    ],
    [
      'OPERATOR_EMAIL',
      ['a@b', 'a@b.fr,c+d@e.fr', 'x@y, z@y'],
      ['a', 'a@b,', 'a@b;c@d', 'A <a@b>', 'a@b c@d', 'a@b,\nBcc: c@d'],
    ],
    [
      'PUBLIC_URL',
      ['http://localhost:3000', 'https://x.org/a'],
      ['x.org', 'ftp://x.org', 'https://x.org/a/', 'https://x.org?a', 'https://x.org#a', 'https://u:p@x.org'],
    ],
    ['ADMIN_TOKEN', [token, token.slice(-16)], [token.slice(-15), `${password} ${password}`, `=${password}`]],
    [
      'MAIL_CATCHER',
      ['mail:1025', '[::1]:25', '10.0.0.7:25'],
      ['mail', ':25', 'smtp://mail:25', 'a b:25', 'mail:x'],
    ],
    [
      'HEARTBEAT_URL',
      ['https://hc-ping.com/a-uuid', 'http://checks.internal:8000/ping/key/slug'],
      [
        'hc-ping.com/a',
        'https://u:p@hc-ping.com/a',
        'https://hc-ping.com/a?create=1',
        'https://hc-ping.com/a#b',
        'ftp://x/a',
      ],
    ],
    ['SMTP_TLS', ['required', 'off'], ['on', 'OFF', 'true']],
    [
      'SECURITY_CONTACT',
      ['s@x.org', 'mailto:s@x.org', 'https://x.org/report'],
      ['x.org', 'http://x.org', 's@x.org,t@x.org', 'https://x.org\nContact: y'],
    ],
    [
      'FUNDING_TENDERS_URL',
      ['https://x.org', 'https://x.org:8443/'],
      ['https://x.org//', 'https://x.org/?', 'https://x.org/#', 'x.org', 'https://u:p@x.org', 'file:///x'],
    ],
    [
      'WEBHOOK_TRUSTED_ORIGINS',
      ['http://localhost:8080', 'https://x.org/, http://10.0.0.7'],
      [
        'x.org',
        'http://x.org,',
        'http://x.org;http://y.org',
        'http://x.org/a',
        'http://u:p@x.org',
        'ftp://x.org',
      ],
    ],
    ['EMBEDDING_MODEL_DIR', ['x', '/x', '../x'], ['a\0b']],
    [
      'CLOCK',
      ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.5-05:30', '2028-02-29T00:00:00Z'],
      [
        '2026-03-01T08:00Z',
        '2026-03-01T08:00:00',
        '2026-03-01T08:00:00+99:00',
        '2026-02-30T00:00:00Z',
        '2026-03-01',
        'now',
        '1772352000',
      ],
    ],
    ['LOG_LEVEL', ['error', 'warn', 'info', 'debug'], ['INFO', 'trace']],
    ['DATA_DIR', ['x', '/x', '../x'], ['a\0b']],
  ] as const)('knows what %s may be', (name, good, bad) => {
    for (const value of good) expect(() => readEnvironment({ [name]: value }, 'start')).not.toThrow();
    for (const value of bad)
      expect([value, problems({ [name]: value })]).toEqual([
        value,
        [expect.stringMatching(`^${name} .*\\. Fix: `)],
      ]);
  });

  it('takes vectors from one model, and wants to know which', () => {
    const server = { EMBEDDING_URL: 'https://x.org/v1/', EMBEDDING_MODEL: 'm' };
    for (const EMBEDDING_URL of [
      'http://10.0.0.7:8080',
      'http://[::1]:8080/',
      'https://x.org/a/b/embeddings',
    ])
      expect(() => readEnvironment({ ...server, EMBEDDING_URL }, 'start')).not.toThrow();
    expect(readEnvironment({ ...server, EMBEDDING_KEY: 'k' }, 'start')).toMatchObject({
      EMBEDDING_URL: 'https://x.org/v1',
      EMBEDDING_KEY: 'k',
    });
    for (const EMBEDDING_URL of [
      'x.org/v1',
      'ftp://x.org',
      'https://u:p@x.org/v1',
      'https://x.org/v1?a=b',
      'https://x.org/v1#a',
    ]) {
      expect(problems({ ...server, EMBEDDING_URL })).toEqual([
        expect.stringMatching(
          /^EMBEDDING_URL must be an http or https address without \? or #, not .* Fix: /,
        ),
      ]);
    }
    expect(problems({ EMBEDDING_URL: 'https://x.org', EMBEDDING_MODEL_DIR: 'm', PORT: 'x' })).toEqual([
      expect.stringMatching(/^EMBEDDING_URL is set, but not EMBEDDING_MODEL: .* Fix: Set EMBEDDING_MODEL/),
      expect.stringMatching(/^EMBEDDING_URL and EMBEDDING_MODEL_DIR are both set.* Fix: Keep one/),
      expect.stringMatching(/^PORT /),
    ]);
    expect(problems({ EMBEDDING_MODEL: 'm', EMBEDDING_KEY: 'k' })).toEqual([
      expect.stringMatching(/^EMBEDDING_MODEL is set, but not EMBEDDING_URL or EMBEDDING_MODEL_DIR: /),
      expect.stringMatching(/^EMBEDDING_KEY is set, but not EMBEDDING_URL: /),
    ]);
    expect(problems({ ...server, EMBEDDING_MODEL: 'm'.repeat(201), EMBEDDING_KEY: 'a b' })).toHaveLength(2);
  });

  it('asks of a language model that reads that it is named whole', () => {
    expect(problems({ READER_URL: 'http://localhost:11434/v1' })).toEqual([
      expect.stringMatching(/^READER_URL is set, but not READER_MODEL: .* Fix: Set READER_MODEL/),
    ]);
    expect(problems({ READER_MODEL: 'm', READER_KEY: 'k' })).toEqual([
      expect.stringMatching(/^READER_MODEL is set, but not READER_URL: /),
      expect.stringMatching(/^READER_KEY is set, but not READER_URL: /),
    ]);
    expect(problems({ READER_URL: 'ftp://x.org', READER_MODEL: 'm' })).toEqual([
      expect.stringMatching(/^READER_URL must be an http or https address/),
    ]);
  });

  it('never prints a secret, not even one in the wrong place', () => {
    for (const name of secretNames) {
      for (const value of [
        'hunter2',
        'ftp://u:hunter2@x',
        'postgres://u:hunter2%@x',
        'redis://u:hun#hunter2@x',
        'hunter2 hunter2 hunter2',
      ]) {
        const error = refusal({ [name]: value, MAIL_FROM: 'a@b' });
        expect(error.message).toContain(name);
        expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain('hunter2');
      }
    }
    expect(problems({ PUBLIC_URL: 'postgres://u:hun/hunter2@db' })[0]).toContain('not "postgres://…@db"');
    for (const name of ['PUBLIC_URL', 'READER_URL', 'EMBEDDING_URL', 'WEBHOOK_TRUSTED_ORIGINS'])
      for (const value of ['u:hunter2@host/v1', 'https://u:hun?hunter2@x', 'https://x.org/v1?key=hunter2']) {
        const [said] = problems({ [name]: value, READER_MODEL: 'm', EMBEDDING_MODEL: 'm' }).filter((p) =>
          p.startsWith(`${name} must`),
        );
        expect([value, said]).toEqual([value, expect.not.stringContaining('hunter2')]);
      }
    expect(readEnvironment({ ADMIN_TOKN: 'hunter2' }, 'start').warnings.join()).not.toContain('hunter2');
  });

  it('says that quotes are taken for a part of the value', () => {
    expect(problems({ DATABASE_URL: `"${database}"` })[0]).toMatch(/leave the quotes out\.$/);
    expect(problems({ LOG_LEVEL: "'info'" })[0]).toMatch(/leave the quotes out\.$/);
  });

  it('warns of misspelt names and leaves those of others alone', () => {
    const others = {
      HOSTNAME: 'x',
      HOME: '/',
      PATH: '/',
      PWD: '/',
      SHELL: 'x',
      PORTS: '1',
      HTTP_URL: 'x',
      LOGNAME: 'x',
      MAIL: 'x',
      TERM: 'x',
    };
    const ours = { DATABSE_URL: 'x', ADMIN_TOKN: 'x', LOGLEVEL: 'x', PROT: '1', redis_url: 'x' };
    expect(readEnvironment({ ...others, ...ours }, 'start').warnings).toEqual([
      'DATABSE_URL is set, but nothing reads it: is DATABASE_URL meant?',
      'ADMIN_TOKN is set, but nothing reads it: is ADMIN_TOKEN meant?',
      'LOGLEVEL is set, but nothing reads it: is LOG_LEVEL meant?',
      'PROT is set, but nothing reads it: is PORT meant?',
      'redis_url is set, but nothing reads it: is REDIS_URL meant?',
    ]);
  });

  it('warns of mails whose links lead to this machine only, and of failures that nobody would hear of', () => {
    const env = { SMTP_URL: 'smtp://mail', MAIL_FROM: 'a@b' };
    expect(readEnvironment({ ...env, OPERATOR_EMAIL: 'o@x.org' }, 'start').warnings).toEqual([
      expect.stringMatching(/^PUBLIC_URL is not set/),
    ]);
    expect(readEnvironment({ ...env, PUBLIC_URL: 'https://x.org' }, 'start').warnings).toEqual([
      expect.stringMatching(/^OPERATOR_EMAIL is not set: nobody hears of a source that fails/),
    ]);
    expect(
      readEnvironment({ ...env, PUBLIC_URL: 'https://x.org', OPERATOR_EMAIL: 'o@x.org' }, 'start').warnings,
    ).toEqual([]);
  });

  it('reads each secret from a file that is named in its place, as containers hand them in', () => {
    const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-secrets-'));
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      const values: Record<string, string> = {
        DATABASE_URL: database,
        REDIS_URL: `redis://:${password}@cache:6379`,
        SMTP_URL: `smtp://u:${password}@mail:587`,
        ADMIN_TOKEN: token,
        METRICS_TOKEN: token,
        HEARTBEAT_URL: 'https://hc-ping.com/a-uuid',
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=${password}`,
        HTTPS_PROXY: `http://u:${password}@proxy:3128`,
        SECRET_KEY: hexKey,
        SECRET_KEY_BEFORE: base64Key,
        EMBEDDING_KEY: 'sk-0123',
        READER_KEY: 'sk-0124',
        SIGN_ON_SECRETS: 'leti=one',
      };
      expect(Object.keys(values).sort()).toEqual([...secretNames].sort());
      const rest = {
        MAIL_FROM: 'a@b.eu',
        PUBLIC_URL: 'https://x.org',
        OPERATOR_EMAIL: 'o@x.org',
        EMBEDDING_URL: 'http://localhost/v1',
        EMBEDDING_MODEL: 'm',
        READER_URL: 'http://localhost/v1',
        READER_MODEL: 'm',
      };
      const files = Object.fromEntries(
        secretNames.map((name) => [`${name}_FILE`, file(name, `${values[name]}\n`)]),
      );
      expect(readEnvironment({ ...rest, ...files }, 'api')).toEqual(
        readEnvironment({ ...rest, ...values }, 'api'),
      );
      const both = problems({
        ADMIN_TOKEN: token,
        ADMIN_TOKEN_FILE: file('t', token),
        SECRET_KEY_FILE: join(folder, 'none'),
      });
      expect(both).toEqual([
        'ADMIN_TOKEN and ADMIN_TOKEN_FILE are both set. Fix: Keep one of the two.',
        'SECRET_KEY_FILE names a file that cannot be read (ENOENT). Fix: Correct the path, or let the user that starts carnot-europe read it.',
      ]);
      // A new key in place of one that is there could not open what is stored.
      const unread = problems({ SECRET_KEY_FILE: join(folder, 'none'), SECRET_KEY_BEFORE: base64Key }, 'api');
      expect(unread.map((problem) => problem.split(' ')[0])).toEqual(['SECRET_KEY_FILE', 'DATABASE_URL']);
      // Taken for absent, another database would be used, or another token made.
      expect(problems({ DATABASE_URL_FILE: file('empty', '\n') })).toEqual([
        'DATABASE_URL_FILE names an empty file. Fix: Write the value into it, or leave DATABASE_URL_FILE out.',
      ]);
      expect(problems({ ADMIN_TOKEN_FILE: file('short', 'x') })).toEqual([
        'ADMIN_TOKEN is shorter than 16 characters. Fix: Make one with: openssl rand -hex 32.',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('describes every variable', () => {
    for (const name of environmentNames)
      expect(Environment.shape[name].description).toMatch(/^[A-Z].{20,}[.]$/);
  });
});
