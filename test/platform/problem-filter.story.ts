import type { ArgumentsHost } from '@nestjs/common';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { ProblemFilter } from '../../src/app/problem-filter.js';

describe('an error in the middle of a request', () => {
  it('is no failure of the database where the client has gone away', async () => {
    let told = 0;
    const filter = new ProblemFilter(
      () => (told += 1),
      () => [],
    );
    let failed = '';
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const handled = new Promise<void>((resolve) => {
      server.on('request', async (request, response) => {
        const http = { getRequest: () => Object.assign(request, { path: '/' }), getResponse: () => response };
        try {
          for await (const _ of request) client.destroy();
        } catch (error) {
          failed = (error as NodeJS.ErrnoException).code ?? '';
          filter.catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
        }
        resolve();
      });
    });
    client.write('POST / HTTP/1.1\r\nHost: calls.test\r\nContent-Length: 100\r\n\r\nsome');
    await handled;
    server.close();
    expect([failed, told]).toEqual(['ECONNRESET', 0]);
  });
});
