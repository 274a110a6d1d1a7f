import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { limitClients, type ClientLimits } from '../../../src/platform/api/limits.js';

const LONG = 600_000;
const PATIENT: ClientLimits = { headersMs: LONG, requestMs: LONG, idleMs: LONG, answerMs: LONG };
/** Short enough for a test to wait. */
const SHORT = 200;
/** More than the operating system buffers. */
const ANSWER = Buffer.alloc(64_000_000, 'a');

describe('a client that is slow', () => {
  let server: Server | undefined;
  const clients: Socket[] = [];
  afterEach(async () => {
    clients.splice(0).forEach((client) => client.destroy());
    server?.closeAllConnections();
    if (server) await once(server.close(), 'close');
    server = undefined;
  });

  async function start(limits: Partial<ClientLimits>): Promise<void> {
    server = createServer({ connectionsCheckingInterval: 50 }, (request, response) => {
      request.resume();
      request.once('end', () => response.end(request.url === '/short' ? 'whole' : ANSWER));
    });
    limitClients(server, { ...PATIENT, ...limits });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  }

  function client(sends: string): Socket {
    const socket = connect((server!.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined).write(sends);
    clients.push(socket);
    return socket;
  }

  /** Resolves with the data received once the server has closed the connection. */
  async function cut(socket: Socket): Promise<string> {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    return Buffer.concat(chunks).subarray(0, 200).toString();
  }

  const whole = async (): Promise<string> => {
    const { port } = server!.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}/short`)).text();
  };

  it('to send its headers is told so, while others are served', async () => {
    await start({ headersMs: SHORT });
    const slow = cut(client('GET / HTTP/1.1\r\nHost: a\r\nX-One: '));
    expect(await whole()).toBe('whole');
    expect(await slow).toContain('408 Request Timeout');
  });

  it('to send its request is told so', async () => {
    await start({ requestMs: SHORT, headersMs: SHORT });
    const slow = cut(client('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf'));
    expect(await slow).toContain('408 Request Timeout');
  });

  it('to take an answer is cut off where it takes nothing', async () => {
    await start({ idleMs: SHORT });
    const taken = once(server!, 'connection') as Promise<[Socket]>;
    client('GET / HTTP/1.1\r\nHost: a\r\n\r\n').pause();
    const [socket] = await taken;
    await once(socket, 'close');
    expect(socket.bytesWritten).toBeGreaterThan(0);
    expect(await whole()).toBe('whole');
  });

  it('to take an answer is cut off where it takes a byte at a time', async () => {
    await start({ answerMs: 20 * SHORT, idleMs: 10 * SHORT });
    const taken = once(server!, 'connection') as Promise<[Socket]>;
    const slow = client('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    slow.pause();
    const [socket] = await taken;
    const closed = once(socket, 'close');
    let got = 0;
    const take = (): void => void (got += (slow.read() as Buffer | null)?.length ?? 0);
    // The first read happens as soon as data arrives, long before the cut-off.
    await once(slow, 'readable');
    take();
    const reading = setInterval(take, SHORT);
    await closed;
    clearInterval(reading);
    expect(got).toBeGreaterThan(0);
    expect(got).toBeLessThan(ANSWER.length);
  });
});
