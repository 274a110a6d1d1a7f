import { resolve } from 'node:path';
import { z } from 'zod';
import { readFileSync } from 'node:fs';
import {
  areAddresses,
  areOrigins,
  isContact,
  isEndpoint,
  isHost,
  isHostAndPort,
  isInstant,
  isPort,
  isPublicUrl,
  isSender,
  partsOf,
  rule,
  serviceUrl,
  without,
} from './environment-rules.js';
import { bearerToken, ours, oursInUrl, SecretVariables, weakElsewhere } from './environment-secrets.js';
import { nearest } from '../../kernel/nearest.js';
import { isOrigin } from '../../kernel/web-address.js';
import { refuse } from './config-error.js';

/** The variables of a server with the OpenAI API. An address that ends with the path below it is accepted. */
const server = (path: string, model: string) => ({
  url: rule(
    isEndpoint,
    'must be an http or https address without ? or #',
    `Write it as https://api.example.org/v1, what stands before ${path}.`,
  )
    .transform((value) => {
      const address = value.replace(/\/+$/, '');
      return address.endsWith(path) ? address.slice(0, -path.length) : address;
    })
    .optional(),
  model: rule(
    (value) => value.length <= 200,
    'is longer than 200 characters',
    `Write the name by which the server knows it, as ${model}.`,
  ).optional(),
  key: rule(
    (value) => /^[\x21-\x7e]+$/.test(value),
    'holds characters that a bearer token cannot have',
    'Write it as the server gave it, without spaces.',
  )
    .superRefine(without(ours))
    .optional(),
});

const embeddings = server('/embeddings', 'multilingual-e5-small');
const reader = server('/chat/completions', 'mistral-small-latest');

/** The models that make vectors and read calls, if not the built-in one and none. */
const ModelVariables = {
  EMBEDDING_URL: embeddings.url.describe(
    'A server of embeddings with the OpenAI API: its address without /embeddings. Default: the built-in model.',
  ),
  EMBEDDING_MODEL: embeddings.model.describe(
    'The model to use at EMBEDDING_URL; changing it rebuilds all vectors. Required if EMBEDDING_URL is set.',
  ),
  EMBEDDING_KEY: embeddings.key.describe('The bearer token for EMBEDDING_URL, if it needs one.'),
  EMBEDDING_MODEL_DIR: rule(
    (value) => !value.includes('\0'),
    'must be a path',
    'Write the folder that holds config.json, tokenizer.json and onnx/model.onnx.',
  )
    .transform((value) => resolve(value))
    .optional()
    .describe(
      'A folder with an ONNX sentence model, run in this process by @huggingface/transformers. Default: the built-in model.',
    ),
  READER_URL: reader.url.describe(
    'A server of language models with the OpenAI API: its address without /chat/completions. It reads calls for the institutes. Default: none.',
  ),
  READER_MODEL: reader.model.describe(
    'The model to use at READER_URL; changing it reads everything again. Required if READER_URL is set.',
  ),
  READER_KEY: reader.key.describe('The bearer token for READER_URL, if it needs one.'),
};

const logLevels = ['error', 'warn', 'info', 'debug'] as const;

/** Decodes a percent-encoded value, as the specification requires: a plain comma would end it. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Monitoring, and what lies between the server and the outside. */
const OperationVariables = {
  METRICS_TOKEN: bearerToken
    .optional()
    .describe(
      'The bearer token with which Prometheus reads /metrics, 16 characters or more. Without it, only programs on this machine may read it.',
    ),
  WORKER_PORT: rule(isPort, 'must be a whole number from 0 to 65535', 'Write a free port, as 3001.')
    .transform(Number)
    .optional()
    .describe(
      'The port on HOST where a separate worker serves /metrics (with METRICS_TOKEN too), /health and /health/ready. Without it, a worker does not listen.',
    ),
  HEARTBEAT_URL: rule(
    isEndpoint,
    'must be an http or https address without user, password, ? and #',
    'Write it as https://hc-ping.com/UUID, as Healthchecks shows it.',
  )
    .transform((value) => value.replace(/\/+$/, ''))
    .optional()
    .describe(
      'The address of a check at Healthchecks, asked every minute by one process for all (with /fail if something is wrong), so that silence is noticed too. Without it, nobody outside hears of it.',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: rule(
    isEndpoint,
    'must be an http or https address without user, password, ? and #',
    'Write it as http://collector:4318, and what it wants to know of us into OTEL_EXPORTER_OTLP_HEADERS.',
  )
    .optional()
    .describe(
      'The OpenTelemetry collector for traces (OTLP over HTTP, as JSON): requests, jobs, statements, e-mails and outgoing requests. Without it, there are none. OTEL_TRACES_SAMPLER sets how many.',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: rule(
    (value) => partsOf(value).every((part) => /^[A-Za-z0-9-]+=[\x21-\x7e]+$/.test(part)),
    'must be name=value, with commas between several',
    'Write it as authorization=Bearer%20TOKEN.',
  )
    .transform((value) =>
      Object.fromEntries(
        partsOf(value).map((part) => [
          part.slice(0, part.indexOf('=')),
          decoded(part.slice(part.indexOf('=') + 1)),
        ]),
      ),
    )
    .optional()
    .describe('Headers for the collector, such as authorization=Bearer%20TOKEN.'),
  OTEL_SERVICE_NAME: rule(
    (value) => value.length <= 100,
    'is longer than 100 characters',
    'Write a short name.',
  )
    .default('carnot-europe')
    .describe('The service name in traces.'),
  HTTPS_PROXY: serviceUrl(['http', 'https'], 'http://user:password@proxy.example.org:3128')
    .optional()
    .describe(
      'The proxy for public https addresses (sources, Teams, Slack, webhooks, models). Names are resolved and checked here; the proxy gets the address.',
    ),
  // Containers and machines are given the one of their network, in whatever form its other programs read.
  NO_PROXY: rule(
    (value) => /^[\w.*:[\]/,\s-]+$/.test(value) && !value.includes('//'),
    'must be host names, with commas between',
    'Write it as models.example.org,.internal.example.org.',
  )
    .transform((value) =>
      value
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .optional()
    .describe(
      'Hosts of yours (as in WEBHOOK_TRUSTED_ORIGINS or EMBEDDING_URL) that are reached without HTTPS_PROXY; .example.org means all below it.',
    ),
  LOG_LEVEL: rule(
    (value) => (logLevels as readonly string[]).includes(value),
    `must be one of ${logLevels.join(', ')}`,
    'Write info, or leave it out.',
  )
    .pipe(z.enum(logLevels))
    .prefault('info')
    .describe('The log level: error, warn, info or debug.'),
  LOG_FORMAT: rule(
    (value) => value === 'text' || value === 'json',
    'must be text or json',
    'Write json for a collector of logs; else leave it out.',
  )
    .pipe(z.enum(['text', 'json']))
    .prefault('text')
    .describe('The log format: text for people, json with the ids of request and job for a collector.'),
};

/** Which sources are read, and from where. */
const SourceVariables = {
  SOURCES: rule(
    (value) => /^[a-z0-9-]+( *, *[a-z0-9-]+)*$/.test(value),
    'must be ids of sources, with commas between',
    'Write it as funding-tenders,anr.',
  )
    .transform((value) => partsOf(value))
    .optional()
    .describe(
      'Read only these sources. Default: all that are not switched off, by config/sources.yaml or until it switches them on.',
    ),
  FUNDING_TENDERS_URL: rule(
    isOrigin,
    'must be an http or https address with nothing behind the host and port',
    'Write it as http://localhost:8080, or leave it out for the portal itself.',
  )
    .transform((value) => new URL(value).origin)
    .optional()
    .describe(
      'Another origin for the search of the Funding & Tenders portal: a stand-in or a proxy. Default: the portal itself.',
    ),
  FUNDING_TENDERS_DATA_URL: rule(
    isOrigin,
    'must be an http or https address with nothing behind the host and port',
    'Write it as http://localhost:8080, or leave it out for FUNDING_TENDERS_URL or the portal itself.',
  )
    .transform((value) => new URL(value).origin)
    .optional()
    .describe(
      'Another origin for the files of the Funding & Tenders portal: its list of topics. Default: FUNDING_TENDERS_URL, else the portal itself.',
    ),
};

/** A public key of age: `age1` and 58 letters of its own alphabet. */
const RECIPIENT = /^age1[ac-hj-np-z02-9]{58}$/;

/** Where backups that are made by themselves go. */
const BackupVariables = {
  BACKUP_DIR: rule((value) => !value.includes('\0'), 'must be a path', 'Write a folder, as /backups.')
    .transform((value) => resolve(value))
    .optional()
    .describe(
      'The folder for the backups that are made every day; several workers need the same one. Default: DATA_DIR/backups with the embedded database, else none are made.',
    ),
  BACKUP_RECIPIENTS: rule(
    (value) => partsOf(value).length > 0 && partsOf(value).every((part) => RECIPIENT.test(part)),
    'must be recipients of age, with commas between',
    'Make one with: age-keygen -o backup.key. Write the line that begins with age1, and keep backup.key on another machine.',
  )
    .transform((value) => partsOf(value))
    .optional()
    .describe(
      'The public keys (age1…) to which backups are encrypted, so that this machine cannot read them. Without it, they are not encrypted.',
    ),
  BACKUP_SERVICE: rule(
    (value) => value === 'on' || value === 'off',
    'must be on or off',
    'Write on only where node dist/backup.js runs beside the workers; else leave it out.',
  )
    .pipe(z.enum(['on', 'off']))
    .prefault('off')
    .describe('Whether a process of its own (node dist/backup.js) makes the daily backups, and no worker.'),
  BACKUP_BEFORE_UPDATE: rule(
    (value) => value === 'on' || value === 'off',
    'must be on or off',
    'Write off only if you make a backup yourself before each update; else leave it out.',
  )
    .pipe(z.enum(['on', 'off']))
    .prefault('on')
    .describe(
      'Whether a start that changes the database of an earlier version makes a backup first, in BACKUP_DIR or DATA_DIR/backups.',
    ),
};

const PAIR = /^([a-z][a-z0-9-]*)=(\S+)$/;
const pairsOf = (value: string): string[] => value.split(/\s+/).filter(Boolean);

const SignOnVariables = {
  SIGN_ON_SECRETS: rule(
    (value) => pairsOf(value).every((pair) => PAIR.test(pair)),
    'must be pairs of a provider and its client secret',
    'Write it as cetim=the-secret, with a blank or a new line between several.',
  )
    .transform((value) => new Map(pairsOf(value).map((pair) => [PAIR.exec(pair)![1]!, PAIR.exec(pair)![2]!])))
    .optional()
    .describe(
      'The client secrets of the providers in config/sign-on.yaml, each as id=secret, separated by spaces or new lines.',
    ),
};

/** Variables of other programs whose names happen to look like ours. */
const foreign = new Set([
  'HOSTNAME',
  'HOSTS',
  'PORTS',
  'HTTP_URL',
  'FTP_URL',
  'AMQP_URL',
  'IMAP_URL',
  'LDAP_URL',
]);

/** Warns of variables that nothing reads and that look like one of ours. Their values are never read. */
const misspelt = (env: NodeJS.ProcessEnv, known: readonly string[]): string[] =>
  Object.keys(env)
    .filter((name) => !known.includes(name) && !foreign.has(name))
    .flatMap((name) => {
      const meant = nearest(name, known);
      return meant === undefined ? [] : [`${name} is set, but nothing reads it: is ${meant} meant?`];
    });

const SUFFIX = '_FILE';
const fileNameOf = (name: string): string => `${name}${SUFFIX}`;

/**
 * Returns the variables, with each secret named by a `…_FILE` read from that file, as containers provide
 * them; and the problems with that, by the name of the secret.
 */
function withSecretFiles(
  env: NodeJS.ProcessEnv,
  secrets: readonly string[],
): { env: NodeJS.ProcessEnv; problems: Map<string, string> } {
  const [read, problems] = [{ ...env }, new Map<string, string>()];
  for (const name of secrets) {
    const file = env[fileNameOf(name)]?.trim();
    if (!file) continue;
    if (env[name]?.trim())
      problems.set(name, `${name} and ${fileNameOf(name)} are both set. Fix: Keep one of the two.`);
    else
      try {
        read[name] = readFileSync(file, 'utf8');
        if (!read[name].trim())
          problems.set(
            name,
            `${fileNameOf(name)} names an empty file. Fix: Write the value into it, or leave ${fileNameOf(name)} out.`,
          );
      } catch (error) {
        problems.set(
          name,
          `${fileNameOf(name)} names a file that cannot be read (${(error as NodeJS.ErrnoException).code}). Fix: Correct the path, or let the user that starts carnot-europe read it.`,
        );
      }
  }
  return { env: read, problems };
}

/**
 * All variables that are read. The descriptions are the documentation; the default of PUBLIC_URL is made from
 * HOST and PORT.
 */
export const Environment = z.object({
  HOST: rule(
    isHost,
    'must be a host name or an IP address alone',
    'Write it without scheme and port, as 0.0.0.0.',
  )
    .default('127.0.0.1')
    .describe(
      'The address to listen on. 127.0.0.1 is reachable from this machine only; containers need 0.0.0.0.',
    ),
  PORT: rule(isPort, 'must be a whole number from 0 to 65535', 'Write a free port, as 3000.')
    .transform(Number)
    .prefault('3000')
    .describe('The port to listen on; 0 lets the system choose a free one.'),
  DATA_DIR: rule((value) => !value.includes('\0'), 'must be a path', 'Write a folder, as .data.')
    .transform((value) => resolve(value))
    .prefault('.data')
    .describe('The folder where `npm start` keeps its own database, and e-mails as files.'),
  DATABASE_URL: serviceUrl(
    ['postgres', 'postgresql'],
    'postgres://user:password@host:5432/database',
    weakElsewhere,
  )
    .optional()
    .describe(
      'The PostgreSQL database. Without it, `npm start` uses its own; required for separate API and worker.',
    ),
  REDIS_URL: serviceUrl(['redis', 'rediss'], 'redis://host:6379', weakElsewhere)
    .optional()
    .describe('A Redis for the job queue. Without it, the queue is in PostgreSQL.'),
  SMTP_URL: serviceUrl(['smtp', 'smtps'], 'smtp://user:password@host:587', oursInUrl)
    .optional()
    .describe('The mail server. Without it, e-mails are written to .eml files.'),
  SMTP_TLS: rule(
    (value) => value === 'required' || value === 'off',
    'must be required or off',
    'Write off only for a mail server within your own network; else leave it out.',
  )
    .pipe(z.enum(['required', 'off']))
    .prefault('required')
    .describe(
      'Whether e-mails must be sent over an encrypted connection. A server on this machine needs none; off allows another server to have none.',
    ),
  MAIL_CATCHER: rule(
    isHostAndPort,
    'must be a host and a port with a colon between',
    'Write it as mail:1025, or leave it out if SMTP_URL is a mail server.',
  )
    .transform((value) => value.toLowerCase())
    .optional()
    .describe(
      'A server that keeps all e-mails and sends none. While SMTP_URL names it, the pages of the coordinator and /health/ready say so.',
    ),
  MAIL_FROM: rule(
    isSender,
    'must be an address or "Name <address>"',
    'Write it as Carnot Europe <calls@example.org>; a name with a comma goes into double quotes.',
  )
    .default('carnot-europe@localhost')
    .describe('The sender of all e-mails. Required if SMTP_URL is set.'),
  OPERATOR_EMAIL: rule(
    areAddresses,
    'must be an address, or several with commas between them',
    'Write it as operator@example.org, without names.',
  )
    .transform((value) => [...new Set(partsOf(value))])
    .optional()
    .describe(
      'Who gets an e-mail when a source, delivery, a disk, the database, a queue or the workers fail. Without it, only the log says so.',
    ),
  SECURITY_CONTACT: rule(
    isContact,
    'must be a mail address or an https address',
    'Write it as security@example.org, or as https://example.org/security.',
  )
    .transform((value) => (value.startsWith('https:') ? value : `mailto:${value.replace(/^mailto:/, '')}`))
    .optional()
    .describe(
      'Where to report a vulnerability, shown in /.well-known/security.txt. Without it, that file does not exist.',
    ),
  PUBLIC_URL: rule(
    isPublicUrl,
    'must be an http or https address without a slash, ? or # at the end',
    'Write it as https://calls.example.org.',
  )
    .optional()
    .describe(
      'The address at which people reach this server, for the links in e-mails. Default: http://HOST:PORT.',
    ),
  PROXY_HOPS: rule(
    (value) => /^\d$/.test(value),
    'must be a whole number from 0 to 9',
    'Write 1 behind one proxy; leave it out where people reach this server directly.',
  )
    .transform(Number)
    .prefault('0')
    .describe(
      'How many proxies in front of this server add to X-Forwarded-For; sign-in limits need the address of the client.',
    ),
  ADMIN_TOKEN: bearerToken
    .optional()
    .describe('The bearer token for changes over the API, 16 characters or more.'),
  ...BackupVariables,
  ...SourceVariables,
  WEBHOOK_TRUSTED_ORIGINS: rule(
    areOrigins,
    'must be http or https addresses with nothing behind host and port, with commas between',
    'Write it as http://hooks.internal:8080,https://chat.internal.',
  )
    .transform((value) => [...new Set(partsOf(value).map((part) => new URL(part).origin))])
    .optional()
    .describe(
      'Origins in your network to which webhooks may be delivered, also over http. Without it, only public https addresses are allowed.',
    ),
  ...SecretVariables,
  ...SignOnVariables,
  ...ModelVariables,
  CLOCK: rule(
    isInstant,
    'must be an ISO instant with Z or an offset',
    'Write it as 2026-03-01T08:00:00Z or 2026-03-01T09:00:00+01:00.',
  )
    .optional()
    .describe('The time at which the clock starts, to run on recorded data. Default: the real time.'),
  ...OperationVariables,
});
export type Environment = Omit<z.output<typeof Environment>, 'PUBLIC_URL'> & { PUBLIC_URL: string };

export type Role = 'start' | 'api' | 'worker';
type Name = keyof typeof Environment.shape;

export const environmentNames = Object.keys(Environment.shape) as Name[];

/** Variables whose values may contain passwords: never printed, neither in problems nor in logs. */
export const secretNames: readonly Name[] = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'ADMIN_TOKEN',
  'METRICS_TOKEN',
  'HEARTBEAT_URL',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'HTTPS_PROXY',
  'SECRET_KEY',
  'SECRET_KEY_BEFORE',
  'EMBEDDING_KEY',
  'READER_KEY',
  'SIGN_ON_SECRETS',
];

/**
 * Reads the variables for one of the programs. Throws one ConfigError with all problems. `warnings` are for
 * the log: settings that work but were probably not intended.
 */
export function readEnvironment(
  variables: NodeJS.ProcessEnv,
  role: Role,
): Environment & { warnings: string[] } {
  const { env, problems } = withSecretFiles(variables, secretNames);
  const given = present(env);
  const result = Environment.safeParse(given);
  const issues = result.error?.issues.map((issue) => tell(issue, given)) ?? [];
  const slips = misspelt(env, [...environmentNames, ...secretNames.map(fileNameOf)]);
  // What cannot be read is not missing: whoever made a new key for it would lose what the old one opens.
  const named = { ...given, ...Object.fromEntries(problems) };
  const all = [...problems.values(), ...missing(named, role), ...issues];
  // A variable may be missing since its name is misspelt.
  refuse(all.length > 0 ? [...all, ...slips] : []);
  const values = Environment.parse(given);
  return {
    ...values,
    PUBLIC_URL: values.PUBLIC_URL ?? localUrl(values),
    warnings: [...slips, ...doubts(given)],
  };
}

type Given = Partial<Record<Name, string>>;

/** Compose files pass unset variables as empty ones; files from Windows leave a carriage return behind. */
function present(env: NodeJS.ProcessEnv): Given {
  const trimmed = environmentNames.map((name) => [name, env[name]?.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value));
}

function tell(issue: z.core.$ZodIssue, given: Given): string {
  const name = issue.path[0] as Name;
  const value = given[name] ?? '';
  const fix = issue.code === 'custom' ? String(issue.params?.['fix']) : 'Correct it.';
  // A password may have been put where none belongs, before an @ or behind a question mark.
  const masked = value.replace(/(\/\/|^[^\s/]+:(?!\/\/)).*@/s, '$1…@').replace(/\?.*$/s, '?…');
  const shown = secretNames.includes(name) ? '' : `, not ${JSON.stringify(masked)}`;
  // `docker run --env-file` treats quotes as part of the value.
  const quoted = /^(["']).*\1$/s.test(value)
    ? ' The value begins and ends with a quote: leave the quotes out.'
    : '';
  return `${name} ${issue.message}${shown}. Fix: ${fix}${quoted}`;
}

/** What is set, what it needs (one of these), and why. */
const NEEDS: [Name, readonly Name[], string][] = [
  ['SMTP_URL', ['MAIL_FROM'], 'a mail server wants a sender that it knows'],
  ['SECRET_KEY_BEFORE', ['SECRET_KEY'], 'a key that takes its place'],
  ['EMBEDDING_URL', ['EMBEDDING_MODEL'], 'the server must be told which of its models is meant'],
  ['EMBEDDING_MODEL', ['EMBEDDING_URL', 'EMBEDDING_MODEL_DIR'], 'what has the model'],
  ['EMBEDDING_KEY', ['EMBEDDING_URL'], 'the server that wants it'],
  ['READER_URL', ['READER_MODEL'], 'the server must be told which of its models is meant'],
  ['READER_MODEL', ['READER_URL'], 'the server that has it'],
  ['READER_KEY', ['READER_URL'], 'the server that wants it'],
];

/** What API and worker as separate processes must both be given. */
const SHARED = {
  DATABASE_URL: 'Set DATABASE_URL=postgres://user:password@host:5432/database; `npm start` brings its own.',
  SECRET_KEY:
    'Make one with: openssl rand -base64 32. Give the same to both; `npm start` makes its own, which it keeps in DATA_DIR/secret.key.',
};

/** Returns what is missing beside what is given, and what excludes each other. */
function missing(given: Given, role: Role): string[] {
  const shared = role === 'start' ? [] : (['DATABASE_URL', 'SECRET_KEY'] as const);
  const problems = shared
    .filter((name) => !given[name])
    .map((name) => `${name} is missing: API and worker need the same. Fix: ${SHARED[name]}`);
  for (const [name, needed, why] of NEEDS)
    if (given[name] && !needed.some((other) => given[other]))
      problems.push(
        `${name} is set, but not ${needed.join(' or ')}: ${why}. Fix: Set ${needed[0]}, or leave ${name} out.`,
      );
  if (given.EMBEDDING_URL && given.EMBEDDING_MODEL_DIR)
    problems.push(
      'EMBEDDING_URL and EMBEDDING_MODEL_DIR are both set, but vectors come from one model. Fix: Keep one of the two.',
    );
  return problems;
}

/** Returns warnings for the log: settings that work but were probably not intended. */
function doubts({ SMTP_URL: mails, PUBLIC_URL: url, OPERATOR_EMAIL: operator }: Given): string[] {
  const doubtful: [unknown, string][] = [
    [mails && !url, 'PUBLIC_URL is not set: the links in the mails will lead to this machine only'],
    [
      url && URL.canParse(url) && new URL(url).pathname !== '/',
      'PUBLIC_URL has a path: the links in mails follow it, but the pages need a host of their own',
    ],
    [
      mails && !operator,
      'OPERATOR_EMAIL is not set: nobody hears of a source that fails, except who reads the log or GET /v1/alarms',
    ],
  ];
  return doubtful.flatMap(([is, warning]) => (is ? [warning] : []));
}

function localUrl({ HOST, PORT }: { HOST: string; PORT: number }): string {
  if (HOST === '0.0.0.0' || HOST === '::') return `http://localhost:${PORT}`;
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}
