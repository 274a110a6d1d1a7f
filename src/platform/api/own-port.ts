import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { plainProblem } from './problem.js';
import { limitClients } from './limits.js';

/** The response for a path. */
export interface PlainAnswer {
  status: number;
  type: string;
  body: string;
}
type Answers = Record<string, (request: IncomingMessage) => Promise<PlainAnswer>>;

export const jsonAnswer = (status: number, body: object): PlainAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/** Returns an error in the common form; `path` is where it occurred. */
export const problemAnswer = (status: number, code: string, detail: string, path: string): PlainAnswer => ({
  ...jsonAnswer(status, plainProblem(status, code, detail, path)),
  type: 'application/problem+json; charset=utf-8',
});

/** A few paths for programs, in a process that serves no people: no pages, no input, no sign-in. */
export class OwnPort {
  private constructor(private readonly server: Server) {}

  /** Throws if it cannot listen there. */
  static async listen(host: string, port: number, answers: Answers): Promise<OwnPort> {
    const server = createServer((request, response) => void answer(request, response, answers));
    limitClients(server);
    server.listen(port, host);
    await once(server, 'listening');
    return new OwnPort(server);
  }

  /** Known once it listens, if the system chose it. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, answers: Answers): Promise<void> {
  const { status, type, body } = await answerTo(request, answers);
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function answerTo(request: IncomingMessage, answers: Answers): Promise<PlainAnswer> {
  const path = (request.url ?? '').split('?')[0]!;
  const asked = ['GET', 'HEAD'].includes(request.method ?? '') && Object.hasOwn(answers, path);
  try {
    return asked
      ? await answers[path]!(request)
      : problemAnswer(404, 'no-route', 'There is nothing at this address.', path);
  } catch (error) {
    new Logger('Http').error(error);
    return problemAnswer(500, 'our-fault', 'Something went wrong. The log says what.', path);
  }
}
