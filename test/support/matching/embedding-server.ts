import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  path: string;
  authorization: string | undefined;
  model: string;
  input: string[];
}
type Data = { index: number; embedding: (number | null)[] }[];

/**
 * Turns a text into its character counts: word order does not matter, and texts that share letters are near.
 */
function bagOfCharacters(text: string, size: number): number[] {
  const bag = Array.from({ length: size }, () => 0);
  bag[0] = 1;
  for (const character of text) bag[1 + (character.codePointAt(0)! % (size - 1))]! += 1;
  return bag;
}

/** An embedding server with OpenAI's API, and a model that anybody can verify. */
export class EmbeddingServer {
  readonly asked: Asked[] = [];
  /** If set, replaces the response. */
  fault: ((response: ServerResponse, data: Data) => void) | null = null;
  size = 64;
  /** If set, replaces the character counts as the meaning of a text. */
  reads: ((text: string) => number[]) | null = null;
  private constructor(private readonly server: Server) {}

  static async start(port = 0): Promise<EmbeddingServer> {
    const server = createServer((request, response) => void started.answer(request, response));
    const started = new EmbeddingServer(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /** The number of texts requested. */
  get texts(): number {
    return this.asked.reduce((sum, { input }) => sum + input.length, 0);
  }

  static send(response: ServerResponse, data: unknown): void {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ object: 'list', data }));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { model, input } = JSON.parse(body) as { model: string; input: string[] };
    this.asked.push({
      path: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      model,
      input,
    });
    const data = input.map((text, index) => ({
      index,
      embedding: this.reads?.(text) ?? bagOfCharacters(text, this.size),
    }));
    if (this.fault) this.fault(response, data);
    else EmbeddingServer.send(response, data);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }
}
