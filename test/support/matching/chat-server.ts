import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  path: string;
  authorization: string | undefined;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    temperature?: number;
    response_format?: { type: string };
  };
}
/** A response: a text is its content, a function answers by itself. */
type Said = string | ((response: ServerResponse, body: Asked['body']) => void);

/**
 * A language-model server with OpenAI's API that returns the given responses in order, repeating the last.
 */
export class ChatServer {
  readonly asked: Asked[] = [];
  private readonly waiting: Said[] = [];
  private constructor(private readonly server: Server) {}

  static async start(): Promise<ChatServer> {
    const server = createServer((request, response) => void started.answer(request, response));
    const started = new ChatServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** Sets the next responses, and clears the recorded requests. */
  says(...said: Said[]): void {
    this.asked.length = 0;
    this.waiting.splice(0, Infinity, ...said);
  }

  static send(
    response: ServerResponse,
    content: string | null,
    over: object = { usage: { prompt_tokens: 100, completion_tokens: 7, total_tokens: 107 } },
  ): void {
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        ...over,
      }),
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.asked.push({
      path: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      body: JSON.parse(body) as Asked['body'],
    });
    const said = this.waiting.length > 1 ? this.waiting.shift()! : this.waiting[0]!;
    if (typeof said === 'string') ChatServer.send(response, said);
    else said(response, this.asked.at(-1)!.body);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}
