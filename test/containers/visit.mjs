/**
 * Visits an installation as its coordinator and says how many calls it has:
 *
 *   node test/containers/visit.mjs            becomes the first coordinator with ADMIN_TOKEN
 *   node test/containers/visit.mjs CALLS      comes back by an e-mailed link, and finds that many calls
 *
 * Both then have the source read, until what it says is accepted and matched. CARNOT_URL and MAILPIT_URL say where the installation and its
 * mail catcher are.
 */
import { setTimeout } from 'node:timers/promises';

const {
  CARNOT_URL = 'http://127.0.0.1:3000',
  MAILPIT_URL = 'http://127.0.0.1:8025',
  ADMIN_TOKEN,
} = process.env;
const [found] = process.argv.slice(2);
const EMAIL = 'alix@example.org';
const SOURCE = 'funding-tenders';
const PATIENCE_MS = 180_000;

const at = async (url, init = {}) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000), ...init });
const site = (path, init) => at(new URL(path, CARNOT_URL), init);
const form = (fields) => ({ method: 'POST', body: new URLSearchParams(fields) });

async function expected(status, what, answer) {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
  return answer;
}
async function api(path, method = 'GET') {
  const answer = await site(path, { method, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
/** Asks once a second until there is something to return. */
async function until(what, ask) {
  const from = Date.now();
  for (let last; ; await setTimeout(1_000)) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() - from > PATIENCE_MS) throw new Error(`waited in vain for ${what}`, { cause: last });
  }
}

const becomeFirst = () =>
  site('/sign-in/first-start', form({ token: ADMIN_TOKEN, name: 'Alix Exemple', email: EMAIL }));

async function comeBack() {
  await expected(
    200,
    'deleting earlier e-mails',
    await at(new URL('/api/v1/messages', MAILPIT_URL), { method: 'DELETE' }),
  );
  await expected(200, 'asking for a link', await site('/sign-in', form({ email: EMAIL })));
  const link = await until('the link', async () => {
    const mail = await at(new URL(`/view/latest.txt?query=to:${EMAIL}`, MAILPIT_URL));
    return mail.ok && /\/sign-in\/[\w-]{20,}/.exec(await mail.text())?.[0];
  });
  return site(link, { method: 'POST' });
}

await until('it to be ready', async () => (await site('/health/ready')).ok);
const calls = async () => (await api('/v1/calls?limit=1')).total;
if (found !== undefined && (await calls()) !== Number(found))
  throw new Error(`${found} calls were expected, and there are ${await calls()}`);

const arrival = await expected(
  303,
  'signing in',
  found === undefined ? await becomeFirst() : await comeBack(),
);
const cookie = arrival.headers
  .getSetCookie()
  .map((one) => one.split(';')[0])
  .join('; ');
await expected(200, 'the page of the sources', await site('/sources', { headers: { cookie } }));

const { id } = await api(`/v1/sources/${SOURCE}/runs`, 'POST');
const run = await until('the harvest', async () => {
  const { items } = await api('/v1/sources');
  const { run } = items.find((source) => source.id === SOURCE);
  return run?.id === id && run.endedAt !== null && run;
});
if (run.state !== 'accepted') throw new Error(`the harvest was ${run.state}: ${run.reason}`);
await until('matches', async () => (await api('/v1/matches?profile=leti&limit=1')).total > 0);
console.log(await calls());
