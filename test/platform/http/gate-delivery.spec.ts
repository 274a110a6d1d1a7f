import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FetchRequest } from '../../../src/kernel/ports.js';
import { deliveryGate, IMPATIENT_MS } from '../../support/notifications/delivering.js';

const POST: FetchRequest = { method: 'POST', headers: {}, body: '{}' };
const open: Server[] = [];
afterEach(async () => {
  await Promise.all(
    open.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns the outcome of a delivery to a server with this listener. */
async function delivered(listener: RequestListener, path = '/hook', timeoutMs?: number): Promise<unknown> {
  const origin = await serving(listener);
  const gate = deliveryGate([origin], timeoutMs);
  return gate
    .fetch(new URL(path, origin), POST)
    .catch((error: unknown) => error)
    .finally(() => gate.close());
}

describe('the gate as it stands for deliveries', () => {
  it.each([301, 302, 303, 307, 308])('takes the redirect %d for a status like any other', async (status) => {
    const paths: string[] = [];
    const error = await delivered((request, response) => {
      paths.push(request.url!);
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    expect(error).toMatchObject({ kind: 'UnexpectedStatus', details: { status } });
    expect(paths).toEqual(['/hook']);
  });

  it('asks for nothing but what is delivered: no robots.txt, and at no pace', async () => {
    const paths: string[] = [];
    const origin = await serving((request, response) => {
      paths.push(`${request.method} ${request.url}`);
      response.writeHead(204).end();
    });
    const gate = deliveryGate([origin]);
    await Promise.all(Array.from({ length: 20 }, () => gate.fetch(new URL('/hook', origin), POST)));
    await gate.close();
    expect(new Set(paths)).toEqual(new Set(['POST /hook']));
    expect(paths).toHaveLength(20);
  });

  it.each<[string, RequestListener]>([
    [
      'never ends',
      (_request, response) => {
        response.writeHead(200).write('a');
      },
    ],
    [
      'is cut',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '10' }).write('a', () => response.destroy());
      },
    ],
    [
      'is very large',
      (_request, response) => {
        response.writeHead(200).end('x'.repeat(5_000_000));
      },
    ],
    [
      'is compressed wrongly',
      (_request, response) => {
        response.writeHead(200, { 'content-encoding': 'br' }).end('no');
      },
    ],
  ])('has its answer by the status, though the body %s', async (_how, listener) => {
    expect(await delivered(listener)).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
  });

  it('tells the status of a refusal, and does not wait for one that never comes', async () => {
    expect(
      await delivered((_request, response) => {
        response.writeHead(410).end();
      }),
    ).toMatchObject({ kind: 'HttpNotFound', details: { status: 410 } });
    expect(await delivered(() => undefined, '/hook', IMPATIENT_MS)).toMatchObject({
      kind: 'Timeout',
      retryPolicy: 'later',
    });
  });

  it('says of an address beforehand that it can never be asked', () => {
    const gate = deliveryGate(['http://hooks.internal:8080']);
    for (const good of ['https://hooks.example.org/x', 'http://hooks.internal:8080/x'])
      expect(() => gate.check(new URL(good))).not.toThrow();
    for (const bad of [
      'http://hooks.example.org/',
      'https://hooks.example.org:8443/',
      'https://localhost/',
      'https://10.0.0.7/',
      'https://[::1]/',
      'http://hooks.internal/',
      'https://u:p@x.org/',
      'ftp://x.org/',
    ]) {
      expect(() => gate.check(new URL(bad))).toThrow(expect.objectContaining({ kind: 'GateRefused' }));
    }
  });
});
