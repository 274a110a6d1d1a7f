/**
 * The people of `bench -- load` and the slow clients: a thread that reports at the end how long they waited.
 */
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const { url, people, everyMs, forMs, slow } = workerData;
const { hostname, port } = new URL(url);
const agent = new http.Agent({ keepAlive: true });
const end = performance.now() + forMs;
const pages = {};
const failed = [];
const any = (list) => list[Math.floor(Math.random() * list.length)];

/** The pages an officer opens, weighted by how often they are listed. */
const PAGES = [
  ...Array(6).fill(['inbox', ({ profile }) => `/institutes/${profile}/inbox`]),
  ...Array(6).fill(['a call', ({ profile, calls }) => `/institutes/${profile}/calls/${any(calls)}`]),
  ...Array(2).fill(['calls', () => '/calls']),
  ...Array(2).fill([
    'search',
    () => `/calls?q=${any(['hydrogen', 'quantum', 'recyclage', 'climate adaptation'])}`,
  ]),
  ...Array(2).fill(['pipeline', ({ profile }) => `/institutes/${profile}/pipeline`]),
  ['deadlines', () => '/deadlines'],
  ['profile', ({ profile }) => `/institutes/${profile}/profile`],
];

const look = (path, cookie) =>
  new Promise((resolve, reject) => {
    http
      .get(`${url}${path}`, { agent, headers: { cookie, accept: 'text/html' } }, (answer) => {
        answer.resume();
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode} of ${path}`)),
        );
        answer.once('error', reject);
      })
      .on('error', reject);
  });

async function person(one) {
  await sleep(Math.random() * everyMs);
  while (performance.now() < end) {
    const [page, pathOf] = any(PAGES);
    const began = performance.now();
    await look(pathOf(one), one.cookie).then(
      () => (pages[page] ??= []).push(performance.now() - began),
      (error) => failed.push(error.message),
    );
    await sleep(everyMs * (0.5 + Math.random()));
  }
}

/**
 * Reads a hundred bytes a second: a server that buffered whole pages for slow clients would run out of
 * memory.
 */
async function slowly({ cookie, profile }, count) {
  while (performance.now() < end) {
    const socket = net.connect(Number(port), hostname);
    socket.setTimeout(forMs);
    socket.write(
      `GET /institutes/${profile}/inbox HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    );
    let got = 0;
    const over = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.on('readable', () => undefined);
    const reading = setInterval(() => (got += socket.read(100)?.length ?? 0), 1_000);
    await Promise.race([over, sleep(Math.max(0, end - performance.now()))]);
    clearInterval(reading);
    count(got);
    socket.destroy();
  }
}

const told = { whole: 0, cut: 0 };
const count = (bytes) => (told[bytes > 1_000 ? 'whole' : 'cut'] += 1);
await Promise.all([
  ...people.map(person),
  ...Array.from({ length: slow }, (_, i) => slowly(people[i % people.length], count)),
]);
agent.destroy();
parentPort.postMessage({ pages, failed, slow: told });
