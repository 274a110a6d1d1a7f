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
 * A text as how often its characters stand in it: words in another order mean the same to it, and what shares
 * letters is near.
 */
function bagOfCharacters(text: string, size: number): number[] {
  const bag = Array.from({ length: size }, () => 0);
  bag[0] = 1;
  for (const character of text) bag[1 + (character.codePointAt(0)! % (size - 1))]! += 1;
  return bag;
}

/** A server of embeddings as OpenAI's is spoken to, with a model that anybody can check. */
export class EmbeddingServer {
  readonly asked: Asked[] = [];
  /** Instead of the answer, as long as it is set. */
  fault: ((response: ServerResponse, data: Data) => void) | null = null;
  size = 64;
  /** What a text means to the model, where it is to be another one than that of the letters. */
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

  /** How many texts it was asked for. */
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
