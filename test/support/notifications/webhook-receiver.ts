import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * What it does with a request: answer; `hang` never answers; `drop` reads all of it and cuts the connection
 * before answering.
 */
type Behaviour = { status: number; headers?: Record<string, string>; body?: string } | 'hang' | 'drop';

/** An HTTP server that receives deliveries. */
export interface WebhookReceiver {
  /** The value for WEBHOOK_TRUSTED_ORIGINS. */
  origin: string;
  /** An address there, with a secret path and query. */
  address: string;
  /** Requests answered with a 2xx, in order of arrival. */
  taken: Received[];
  /** All requests, accepted or not. */
  asked: Received[];
  /** Sets the behaviour from now on, for a path or for all; a function decides per request. */
  behave(how: Behaviour | ((request: Received) => Behaviour)): void;
  close(): Promise<void>;
}

function answer(response: ServerResponse, how: Behaviour): void {
  if (how === 'drop') response.socket!.destroy();
  else if (how !== 'hang') response.writeHead(how.status, how.headers).end(how.body ?? '');
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const [taken, asked]: Received[][] = [[], []];
  let behaviour: Behaviour | ((request: Received) => Behaviour) = { status: 204 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const received = {
          method: request.method!,
          path: request.url!,
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        const how = typeof behaviour === 'function' ? behaviour(received) : behaviour;
        asked!.push(received);
        if (typeof how === 'object' && how.status >= 200 && how.status <= 299) taken!.push(received);
        answer(response, how);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    address: `${origin}/hooks/T0pS3cretPath?sig=S3cretQuery%2B1`,
    taken: taken!,
    asked: asked!,
    behave: (how) => {
      behaviour = how;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
