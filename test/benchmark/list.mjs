/**
 * Reading the portal's own list of topics: time and memory for 130 MB with 11,162 items, from a server on
 * this machine through the gate's stream and the parser, compared with what a user would do instead,
 * `JSON.parse` of the whole text.
 *
 *   npm run build && node test/benchmark/list.mjs [--megabytes 130] [--items 11162]
 *
 * The list is invented, in the portal's format, and always the same. Each variant runs in its own process;
 * its memory is the peak above what it held at the start.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const MB = 1_000_000;
/** The limits that must hold on two cores. */
const [MOST_SECONDS, MOST_MEGABYTES] = [60, 80];

const {
  values: args,
  positionals: [way, address],
} = parseArgs({
  allowPositionals: true,
  options: { megabytes: { type: 'string', default: '130' }, items: { type: 'string', default: '11162' } },
});
const [MEGABYTES, ITEMS] = [Number(args.megabytes), Number(args.items)];

const WORDS =
  'hydrogen fuel cell turbine membrane quantum photonic catalyst polymer sensor learning network storage offshore battery protein genome climate river concrete of the and for in with'.split(
    ' ',
  );
const prose = (seed, n) =>
  Array.from({ length: n }, (_, i) => WORDS[(seed * 31 + i * i * 7 + i) % WORDS.length]).join(' ');
const day = (i) => `${2014 + (i % 13)}-0${1 + (i % 9)}-1${i % 10}+02:00 Europe/Brussels`;
const STATUSES = { Open: 31094502, Forthcoming: 31094501, Closed: 31094503 };

/** The share of open and forthcoming items is about that of the real list; one in eleven is a tender. */
function item(i, filling) {
  const abbreviation = i % 54 === 1 ? 'Open' : i % 40 === 2 ? 'Forthcoming' : 'Closed';
  const status = { id: STATUSES[abbreviation], abbreviation, description: abbreviation };
  const head = {
    identifier: `X-INVENT-${i}`,
    title: `${prose(i, 12)} – “${i}”`,
    status,
    deadlineDatesLong: [1_789_430_400_000 + i * 86_400_000],
  };
  const links = Array.from({ length: filling }, (_, k) => ({
    criterionDescription: prose(i + k, 6),
    url: `https://ec.europa.eu/invented/${i}/${k}`,
    id: k,
  }));
  if (i % 11 === 10) return { type: 0, cftId: i, ...head, links };
  return {
    type: 1,
    ccm2Id: 90_000_000 + i,
    cftId: null,
    ...head,
    plannedOpeningDateLong: 1_768_435_200_000,
    callIdentifier: `X-INVENT-${i % 900}`,
    callTitle: prose(i % 900, 8),
    frameworkProgramme: { id: 43108390, abbreviation: 'HORIZON', description: 'Horizon Europe (HORIZON)' },
    programmeDivision: Array.from({ length: 3 }, (_, k) => ({
      id: 43120000 + k,
      abbreviation: `HORIZON.2.${k}`,
      description: prose(k, 5),
    })),
    tags: prose(i, 6).split(' '),
    keywords: [],
    flags: [],
    sme: false,
    allowPartnerSearch: true,
    latestInfos: Array.from({ length: i % 4 }, (_, k) => ({
      approvalDate: day(i + k),
      lastChangeDate: day(i + k),
      content: `<p>${prose(i + k, 60)}&nbsp;&ndash; <b>${prose(k, 4)}</b></p>`,
    })),
    links,
  };
}

/** As the portal prints it: spaces before colons, an item's brace after the comma. */
const printed = (value) =>
  JSON.stringify(value, null, 2).replaceAll('\n', '\n    ').replaceAll('": ', '" : ');

async function write(path) {
  const out = createWriteStream(path);
  out.write('{\n  "fundingData" : {\n    "GrantTenderObj" : [ ');
  let size = 0;
  for (let i = 0; i < ITEMS; i += 1) {
    // The links pad each item to its share of the total size.
    const bare = Buffer.byteLength(printed(item(i, 0)));
    const wanted = (MEGABYTES * MB * (i + 1)) / ITEMS - size;
    const link = Buffer.byteLength(printed(item(i, 1))) - bare;
    const text = `${i ? ', ' : ''}${printed(item(i, Math.max(0, Math.round((wanted - bare) / link))))}`;
    size += Buffer.byteLength(text);
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end(' ]\n  }\n}\n');
  await once(out, 'finish');
}

/** The variants, each run in this process. */
const WAYS = {
  async stream(url) {
    const { Gate } = await import('../../dist/platform/http/gate.js');
    const { source } = await import('../../dist/harvest/sources/funding-tenders/funding-tenders.source.js');
    const gate = new Gate({
      trustedOrigins: [url.origin],
      userAgent: 'carnot-europe benchmark',
      timeoutMs: 30_000,
      maxBytes: 50 * MB,
      maxRedirects: 0,
      robots: false,
      requestsPerMinute: 60,
    });
    return async () => {
      const request = {
        method: 'GET',
        headers: {},
        body: null,
        maxBytes: 2 * MEGABYTES * MB,
        timeoutMs: 600_000,
        idleMs: 60_000,
      };
      const { value } = await gate.stream(url, request, ({ chunks }) => source.list.parse(chunks));
      return {
        items: value.items,
        living: value.living.length,
        notes: value.living.reduce((sum, topic) => sum + topic.notes.length, 0),
      };
    };
  },
  async parse(url) {
    return async () => {
      const all = JSON.parse(await (await fetch(url)).text()).fundingData.GrantTenderObj;
      const living = all.filter((x) => x.type === 1 && x.status.abbreviation !== 'Closed');
      return {
        items: all.length,
        living: living.length,
        notes: living.reduce((sum, topic) => sum + topic.latestInfos.length, 0),
      };
    };
  },
};

async function measure(work) {
  const start = process.memoryUsage.rss();
  let [peak, longest, last] = [start, 0, performance.now()];
  const look = setInterval(() => {
    const now = performance.now();
    [peak, longest, last] = [Math.max(peak, process.memoryUsage.rss()), Math.max(longest, now - last), now];
  }, 5);
  const began = performance.now();
  const found = await work();
  const seconds = (performance.now() - began) / 1_000;
  await new Promise((resolve) => {
    setTimeout(resolve, 10);
  });
  clearInterval(look);
  // Includes the kernel's peak: memory held between two samples counts too.
  return {
    found,
    seconds,
    megabytes: (Math.max(peak, process.resourceUsage().maxRSS * 1_024) - start) / MB,
    longest,
  };
}

async function inProcess(name, url) {
  const child = fork(import.meta.filename, [name, url, ...process.argv.slice(2)]);
  const [[measured]] = await Promise.all([once(child, 'message'), once(child, 'exit')]);
  return measured;
}

if (way) {
  process.send(await measure(await WAYS[way](new URL(address))), () => process.exit(0));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-bench-'));
  try {
    const path = join(folder, 'list.json');
    await write(path);
    const size = statSync(path).size;
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': size, etag: '"1"' });
      createReadStream(path).pipe(response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${server.address().port}/list.json`;
    const [ours, plain] = [await inProcess('stream', url), await inProcess('parse', url)];
    server.close();
    const { items, living, notes } = ours.found;
    if (JSON.stringify(ours.found) !== JSON.stringify(plain.found))
      throw new Error(`the two found another thing: ${JSON.stringify([ours.found, plain.found])}`);
    const line = (name, { seconds, megabytes, longest }) =>
      console.log(
        `${name.padEnd(36)}${seconds.toFixed(1)} s   ${megabytes.toFixed(0)} MB more at most   held others up for ${longest.toFixed(0)} ms at most`,
      );
    console.log(
      `${(size / MB).toFixed(0)} MB, ${items} items, of which ${living} living topics with ${notes} notes`,
    );
    line("the gate's stream and the parser", ours);
    line('JSON.parse of the whole', plain);
    if (ours.seconds > MOST_SECONDS || ours.megabytes > MOST_MEGABYTES) {
      console.log(`That is more than ${MOST_SECONDS} s or ${MOST_MEGABYTES} MB.`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
