import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gate } from '../../../src/platform/http/gate.js';
import { GET } from '../../support/strangers.js';
import { until } from '../../support/until.js';

describe('who asked and leaves', () => {
  let requests = 0;
  let closed = 0;
  let gate: Gate;
  let address: URL;
  const server = http.createServer((req) => {
    requests += 1;
    req.socket.once('close', () => {
      closed += 1;
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    gate = new Gate({
      trustedOrigins: [address.origin],
      userAgent: 'carnot-test',
      timeoutMs: 60_000,
      maxBytes: 1000,
      maxRedirects: 3,
      robots: false,
      requestsPerMinute: 60,
    });
  });
  afterAll(async () => {
    await gate.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });

  it('before asking makes no request', async () => {
    await expect(
      gate.fetch(address, { ...GET, signal: AbortSignal.abort(new Error('left before')) }),
    ).rejects.toThrow('left before');
    expect(requests).toBe(0);
  });

  it('is told why at once, and the request is called off', async () => {
    const leaving = new AbortController();
    const asked = gate.fetch(address, { ...GET, signal: leaving.signal });
    const told = expect(asked).rejects.toThrow('left');
    await until('the request to arrive', async () => requests === 1);
    leaving.abort(new Error('left'));
    await told;
    await until('the connection to close', async () => closed === 1);
  });
});
