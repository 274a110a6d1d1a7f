import { startApp, api, type TestApp } from '../support/app.js';
import { writeFileSync } from 'node:fs';
let t: TestApp;
beforeAll(async () => { t = await startApp({}, { working: false }); }, 30000);
afterAll(() => t?.stop());
it('docs', async () => {
  const d = await api(t.url, '/docs-json');
  writeFileSync('/tmp/probe/docs.json', JSON.stringify(d.body, null, 1));
  const router = (t.app.getHttpAdapter().getInstance() as any).router;
  console.log(router.stack.map((l: any) => l.route ? JSON.stringify([l.route.path, l.route.methods]) : l.name).join('\n'));
  const p: [string, any?][] = [['/v1/calls?q=a%00b'], ['/v1/profiles/a%00b'], ['/v1/calls/%E0%A4%A'], ['/docs/%E0%A4%A'], ['/v1/calls/abc'], ['/v1/calls?q=wind&limit=3'], ['/v1/calls?limit=0'], ['/v1/calls?cursor=zz'], ['/v1/calls?foo=1'],
   ['/v1/profiles/3bcar', { method: 'PUT', body: '{"a":' }], ['/v1/profiles/3bcar', { method: 'PUT', body: 'null' }], ['/v1/profiles/3bcar', { method: 'PUT', body: [] }], ['/v1/profiles/3bcar', { method: 'PUT', body: '[' .repeat(400000) + ']'.repeat(400000) }],
   ['/v1/profiles/3bcar', { method: 'PUT', body: '{"id":"3bcar","__proto__":{"x":1},"foo":1}' }], ['/v1/profiles/3bcar', { method: 'PUT', body: 'x'.repeat(1100000) }],
   ['/v1/profiles/3bcar', { method: 'DELETE' }], ['/nope'],['/v1/profiles/3bcar?x=1'], ['/unsubscribe/a%00b'], ['/v1/calls?deadlineBefore=0000-01-01'], ['/v1/calls?cursor=' + Buffer.from('{"key":1,"id":"x"}').toString('base64url')], ['/v1/profiles?cursor=' + Buffer.from('"a\\u0000"').toString('base64url')],
   ['/v1/matches?closed=maybe'], ['/v1/matches?minScore='],['/v1/calls?q[a]=1'],['/v1/calls?limit=1&limit=2'], ['/v1/calls?limit=0x10'],['/v1/calls?programme=']];
  for (const [path, init] of p) { const r = await api(t.url, path, init).catch((e) => ({ status: String(e), type: '', body: '' })); console.log(path, init?.method ?? '', r.status, r.type, JSON.stringify(r.body).slice(0, 400)); }
}, 60000);
