import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { api, startApp, TOKEN } from '../../support/app.js';
import { worked } from '../../support/until.js';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  status: { code: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}
interface Sent {
  resourceSpans: { resource: { attributes: Span['attributes'] }; scopeSpans: { spans: Span[] }[] }[];
}

/**
 * Starts a local server that accepts traces like a collector's OTLP receiver; `status` is its response code.
 */
async function collector(status = 200) {
  const taken: { path: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    taken.push({ path: request.url!, headers: request.headers, body });
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<unknown> => new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, close };
}

const valueOf = ({ attributes }: Pick<Span, 'attributes'>, key: string): unknown =>
  Object.values(attributes.find((a) => a.key === key)?.value ?? {})[0];

describe('traces', () => {
  it('of requests, jobs and their statements reach the collector, with no secret in them', async () => {
    const to = await collector();
    const app = await startApp({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${to.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc,x-tenant=carnot',
      OTEL_SERVICE_NAME: 'calls',
      // Nothing listens there.
      FUNDING_TENDERS_URL: 'http://127.0.0.1:9',
      FUNDING_TENDERS_DATA_URL: 'http://127.0.0.1:9',
    });
    const [traceId, above] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
    const headers = { authorization: `Bearer ${TOKEN}`, traceparent: `00-${traceId}-${above}-01` };
    expect((await fetch(new URL('/v1/calls?limit=3', app.url), { headers })).status).toBe(200);
    const secret = randomBytes(24).toString('base64url');
    await api(app.url, `/unsubscribe/${secret}`, { token: null });
    for (const path of ['/health', '/health/live', '/health/ready', '/metrics'])
      expect((await fetch(new URL(path, app.url), { headers })).status).toBe(200);
    await worked();
    await app.stop();
    await to.close();

    expect(new Set(to.taken.map((t) => t.path))).toEqual(new Set(['/v1/traces']));
    expect(to.taken[0]!.headers).toMatchObject({ authorization: 'Bearer abc', 'x-tenant': 'carnot' });
    const sent = to.taken.flatMap((t) => (JSON.parse(t.body) as Sent).resourceSpans);
    expect(valueOf(sent[0]!.resource, 'service.name')).toBe('calls');
    const spans = sent.flatMap((r) => r.scopeSpans).flatMap((s) => s.spans);
    const asked = spans.find((s) => s.name === 'GET /v1/calls')!;
    expect(asked).toMatchObject({ traceId, parentSpanId: above, kind: 2 });
    expect(valueOf(asked, 'http.response.status_code')).toBe(200);
    const statements = spans.filter((s) => s.parentSpanId === asked.spanId && s.name === 'SELECT');
    expect(statements.map((s) => valueOf(s, 'db.query.text'))).toContainEqual(
      expect.stringMatching(/FROM "?call/),
    );
    expect(spans.map((s) => s.name)).toContain('GET /unsubscribe/:token');
    // What a monitor asks every few seconds says nothing in a trace.
    expect(spans.filter((s) => /health|metrics/.test(s.name))).toEqual([]);
    expect(spans.filter((s) => s.parentSpanId === above)).toEqual([asked]);
    // A harvest's outgoing requests are children of its job.
    const jobs = spans.filter((s) => s.name.startsWith('process '));
    expect(jobs.length).toBeGreaterThan(0);
    expect(spans.some((s) => jobs.some((j) => j.spanId === s.parentSpanId))).toBe(true);
    for (const { body } of to.taken) for (const hidden of [TOKEN, secret]) expect(body).not.toContain(hidden);
  });

  it('that a collector does not take are lost, which is said once, and nothing else is held up', async () => {
    const to = await collector(503);
    const said: string[] = [];
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((line) => said.push(String(line)) > 0);
    try {
      const app = await startApp(
        { OTEL_EXPORTER_OTLP_ENDPOINT: to.url, LOG_LEVEL: 'warn', LOG_FORMAT: 'json' },
        { working: false },
      );
      // A cross-site request, which writes a log line.
      const headers = { 'sec-fetch-site': 'cross-site' };
      expect((await fetch(new URL('/sign-in', app.url), { method: 'POST', headers })).status).toBe(403);
      await app.stop();
    } finally {
      write.mockRestore();
      await to.close();
    }
    const lines = said.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    expect(lines.filter((l) => l.context === 'Traces').map((l) => l.message)).toEqual([
      expect.stringMatching(/^the collector in OTEL_EXPORTER_OTLP_ENDPOINT: .*503.*are lost\.$/),
    ]);
    const refused = lines.find((l) => l.context === 'Refused');
    const spans = to.taken
      .flatMap((t) => (JSON.parse(t.body) as Sent).resourceSpans)
      .flatMap((r) => r.scopeSpans)
      .flatMap((s) => s.spans);
    expect(spans.map((s) => s.traceId)).toContain(refused.trace_id);
  });
});
