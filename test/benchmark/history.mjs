/**
 * Import of funded projects: time and peak memory for 100,000 projects with 600,000 participations, compared
 * with what a user would do instead: `\copy` of the raw files into plain text tables, without keys, checks or
 * resume points.
 *
 *   npm run build && node test/benchmark/history.mjs [--projects 100000] [--participants 6]
 *
 * The files are invented, in the format and roughly the size of those CORDIS publishes. Each import runs in
 * its own process.
 */
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/platform/database/embedded/embedded-postgres.js';
import { superuserOf } from '../support/database/embedded-superuser.mjs';

const { values: args } = parseArgs({
  options: {
    projects: { type: 'string', default: '100000' },
    participants: { type: 'string', default: '6' },
  },
});
const [PROJECTS, PARTS] = [Number(args.projects), Number(args.participants)];
const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const WORDS =
  'hydrogen fuel cell turbine membrane quantum photonic catalyst polymer sensor learning network storage offshore battery protein genome climate river concrete of the and for in with'.split(
    ' ',
  );
const prose = (seed, n) =>
  Array.from({ length: n }, (_, i) => WORDS[(seed * 31 + i * i * 7 + i) % WORDS.length]).join(' ');
const row = (...cells) => `${cells.map((c) => `"${String(c).replaceAll('"', '""')}"`).join(';')}\n`;

const FILES = {
  'project.csv': {
    header: [
      'id',
      'acronym',
      'status',
      'title',
      'startDate',
      'endDate',
      'totalCost',
      'ecMaxContribution',
      'legalBasis',
      'topics',
      'ecSignatureDate',
      'frameworkProgramme',
      'masterCall',
      'subCall',
      'fundingScheme',
      'objective',
      'contentUpdateDate',
      'rcn',
      'grantDoi',
    ],
    rows: (i) =>
      row(
        600_000 + i,
        `ACRO${i}`,
        'CLOSED',
        prose(i, 12),
        '2016-03-01',
        '2019-02-28',
        '2500000',
        '1999999,5',
        'H2020-EU.3.3.',
        `TOPIC-${i % 4000}`,
        '2016-01-01',
        'H2020',
        'CALL',
        'CALL',
        'RIA',
        `${prose(i, 280)}: "quoted"; and\nmore`,
        '2022-08-16 00:44:17',
        100_000 + i,
        '',
      ),
  },
  'organization.csv': {
    header: [
      'projectID',
      'projectAcronym',
      'organisationID',
      'vatNumber',
      'name',
      'shortName',
      'SME',
      'activityType',
      'street',
      'postCode',
      'city',
      'country',
      'nutsCode',
      'geolocation',
      'organizationURL',
      'contactForm',
      'contentUpdateDate',
      'rcn',
      'order',
      'role',
      'ecContribution',
      'netEcContribution',
      'totalCost',
      'endOfParticipation',
      'active',
    ],
    rows: (i) =>
      Array.from({ length: PARTS }, (_, k) =>
        row(
          600_000 + i,
          `ACRO${i}`,
          900_000_000 + ((i * 7 + k * 131) % 30_000),
          'FR12345678901',
          `ORGANISATION OF ${prose(i + k, 3)}`,
          'ORG',
          'false',
          'REC',
          '17 RUE DES MARTYRS',
          '38054',
          'GRENOBLE CEDEX 9',
          'FR',
          'FRK24',
          '45.19,5.71',
          'https://www.example.org',
          `https://contact.example/project/${i}/${k}`,
          '2022-08-16 00:44:17',
          200_000 + i,
          k + 1,
          k ? 'participant' : 'coordinator',
          '230000',
          '230000',
          '230000',
          'false',
          '',
        ),
      ).join(''),
  },
  'topics.csv': {
    header: ['projectID', 'topic', 'title'],
    rows: (i) => row(600_000 + i, `TOPIC-${i % 4000}`, prose(i % 4000, 8)),
  },
  'euroSciVoc.csv': {
    header: ['projectID', 'euroSciVocCode', 'euroSciVocPath', 'euroSciVocTitle', 'euroSciVocDescription'],
    rows: (i) =>
      [0, 1, 2]
        .map((k) =>
          row(
            600_000 + i,
            '/25/59',
            '/engineering and technology/environmental engineering/energy and fuels',
            `field ${(i + k * 17) % 1000}`,
            '',
          ),
        )
        .join(''),
  },
};

async function write(folder) {
  for (const [name, { header, rows }] of Object.entries(FILES)) {
    const out = createWriteStream(join(folder, name));
    out.write(row(...header));
    for (let i = 0; i < PROJECTS; i += 1) if (!out.write(rows(i))) await once(out, 'drain');
    out.end();
    await once(out, 'finish');
  }
}

/** Runs the command; returns its seconds and peak memory, the latter if the kernel reports it. */
async function command(folder, url) {
  const began = performance.now();
  const child = spawn(process.execPath, [CLI, 'import-history', folder], {
    env: { ...process.env, DATABASE_URL: url, SOURCES: 'funding-tenders' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [peak, said] = [0, ''];
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const look = setInterval(() => {
    try {
      peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? peak);
    } catch {
      /* It has ended, or this is not Linux. */
    }
  }, 50);
  const [status] = await once(child, 'close');
  clearInterval(look);
  if (status !== 0) throw new Error(said);
  return { seconds: (performance.now() - began) / 1_000, megabytes: peak / 1_024, said };
}

/** `\copy` as psql does it: the client streams the file, the server writes it to text columns. */
async function plainCopy(folder, url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const began = performance.now();
  for (const [name, { header }] of Object.entries(FILES)) {
    const table = `raw_${name.replace('.csv', '').toLowerCase()}`;
    await client.query(`CREATE TABLE ${table} (${header.map((c) => `"${c}" text`).join(', ')})`);
    await copyIn(client, `COPY ${table} FROM STDIN (FORMAT csv, DELIMITER ';', HEADER)`, join(folder, name));
  }
  const seconds = (performance.now() - began) / 1_000;
  await client.end();
  return seconds;
}

/** The copy protocol over the driver's own connection. */
async function copyIn(client, statement, path) {
  const { connection } = client;
  let [started, failed] = [() => undefined, () => undefined];
  const ready = new Promise((resolve, reject) => {
    [started, failed] = [resolve, reject];
  });
  const query = {
    submit: () => {
      connection.query(statement);
    },
    handleCopyInResponse: () => started(),
    handleError: (e) => failed(e),
    handleCommandComplete: () => undefined,
    handleReadyForQuery: () => done(),
  };
  let done = () => undefined;
  const ended = new Promise((resolve) => {
    done = resolve;
  });
  client.query(query);
  await ready;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    connection.sendCopyFromChunk(chunk);
    if (connection.stream.writableLength > 1 << 22) await once(connection.stream, 'drain');
  }
  connection.endCopyFrom();
  await ended;
}

const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
const embedded = await startEmbeddedPostgres(join(folder, 'data'));
const server = new pg.Client({ connectionString: superuserOf(embedded) });
await server.connect();
const database = async (name) => {
  await server.query(`CREATE DATABASE ${name}`);
  return Object.assign(new URL(superuserOf(embedded)), { pathname: `/${name}` }).href;
};
try {
  await write(folder);
  const megabytes =
    Object.keys(FILES).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6;
  const url = await database('ours');
  const first = await command(folder, url);
  const again = await command(folder, url);
  // A new edition: different bytes, one project in a hundred changed.
  const { rows } = FILES['project.csv'];
  FILES['project.csv'].rows = (i) =>
    i % 100 ? rows(i) : rows(i).replace('CLOSED', 'SIGNED').replace('2019-02-28', '2020-02-28');
  FILES['organization.csv'].header = [...FILES['organization.csv'].header].map((c) =>
    c === 'active' ? 'Active' : c,
  );
  await write(folder);
  const edition = await command(folder, url);
  const copied = await plainCopy(folder, await database('plain'));
  console.log(
    `${PROJECTS} projects, ${PROJECTS * PARTS} participations, ${megabytes.toFixed(0)} MB in four files`,
  );
  console.log(
    `import-history, the first time      ${first.seconds.toFixed(1)} s   at most ${first.megabytes.toFixed(0)} MB of memory`,
  );
  console.log(
    `the same files again                ${again.seconds.toFixed(1)} s   at most ${again.megabytes.toFixed(0)} MB`,
  );
  console.log(
    `a new edition of two of the files   ${edition.seconds.toFixed(1)} s   at most ${edition.megabytes.toFixed(0)} MB`,
  );
  console.log(
    `\\copy of the raw files, as they are ${copied.toFixed(1)} s   (no keys, no checks, no updates, one bad row ends it)`,
  );
} finally {
  await server.end();
  await embedded.stop();
  rmSync(dirname(embedded.folder), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
