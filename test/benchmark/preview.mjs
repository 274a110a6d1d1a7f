/**
 * How long a profile's preview takes compared with the real thing: saving the profile and waiting for the
 * queue to rematch it. Against a running instance:
 *
 *   URL=http://127.0.0.1:3000 ADMIN_TOKEN=… node test/benchmark/preview.mjs [profile]
 *
 * The profile is saved twice and restored afterwards (two more versions of it remain).
 */
const { URL: base = 'http://127.0.0.1:3000', ADMIN_TOKEN: token } = process.env;
const id = process.argv[2] ?? 'energies-du-futur';
const TIMES = 20;
if (!token) {
  process.stderr.write(
    'ADMIN_TOKEN is missing. Start the program, then: URL=http://127.0.0.1:3000 ADMIN_TOKEN=… npm run bench -- preview\n',
  );
  process.exit(2);
}

async function api(method, path, body) {
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
  const response = await fetch(new URL(path, base), {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

async function matched() {
  for (;;) {
    if ((await api('GET', `/v1/profiles/${id}`)).matched) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const saved = await api('GET', `/v1/profiles/${id}`);
const [first, ...others] = saved.competences;
/** Returns a profile never seen before, as while somebody types. */
const changed = (i) => ({
  ...saved,
  competences: [
    { ...first, keywords: [...first.keywords.slice(1), `additive manufacturing ${i}`, 'soil health'] },
    ...others,
  ],
});

const cold = await timed(() => api('POST', `/v1/profiles/${id}/preview`, changed(0)));
const warm = [];
for (let i = 1; i <= TIMES; i += 1)
  warm.push(await timed(() => api('POST', `/v1/profiles/${id}/preview`, changed(i))));
const times = warm.map((w) => w.ms).sort((a, b) => a - b);

const rematch = await timed(async () => {
  await api('PUT', `/v1/profiles/${id}`, changed(99));
  await matched();
});
await api('PUT', `/v1/profiles/${id}`, saved);

const { calls, gained, lost } = warm[0].result;
const ms = (x) => `${x.toFixed(0)} ms`;
process.stdout.write(`${calls} calls, +${gained.total} −${lost.total}\n`);
process.stdout.write(
  `preview            first ${ms(cold.ms)}, then median ${ms(times[TIMES / 2])}, worst ${ms(times[TIMES - 1])} of ${TIMES}\n`,
);
process.stdout.write(`save and rematch   ${ms(rematch.ms)} through the queue\n`);
