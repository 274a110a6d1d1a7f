import { z } from 'zod';
import { unitVector } from '../../kernel/unit-vector.js';
import { CarnotError } from '../../kernel/errors.js';
import type { EmbeddedText } from '../../kernel/ports.js';
import type { Gate } from '../http/gate.js';
import { OpenAiServer, type Endpoint } from '../openai/openai-server.js';
import { type ExternalEmbedder, PREPARATION, preparedText } from './model-folder.js';

/** Texts per request; text-embeddings-inference accepts no more by default. */
const BATCH = 32;

const Answer = z.object({
  data: z.array(z.object({ index: z.number().int().optional(), embedding: z.array(z.number()) })),
});

/** An embedding server with OpenAI's API: `POST {url}/embeddings` with the model's name and the texts. */
export class EndpointEmbedder implements ExternalEmbedder {
  readonly model: string;
  private readonly server: OpenAiServer;
  private dimensions: number | null = null;

  constructor(
    private readonly endpoint: Endpoint,
    gate: Gate,
  ) {
    this.model = `endpoint-${PREPARATION} ${endpoint.model}`;
    this.server = new OpenAiServer('EMBEDDING', endpoint, gate);
  }

  async embed(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<Float32Array[]> {
    const stop = this.server.until(signal);
    const prepared = texts.map((text) => preparedText(text, this.endpoint.model));
    const vectors: Float32Array[] = [];
    for (let i = 0; i < prepared.length; i += BATCH)
      vectors.push(...(await this.batch(prepared.slice(i, i + BATCH), stop)));
    stop.throwIfAborted();
    return vectors;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async batch(texts: string[], signal: AbortSignal): Promise<Float32Array[]> {
    const { data } = this.read(
      await this.server.post('/embeddings', { model: this.endpoint.model, input: texts }, signal),
    );
    if (data.length !== texts.length)
      throw this.refused(`it answers ${texts.length} texts with ${data.length} vectors`);
    const ordered: (number[] | undefined)[] = Array.from({ length: texts.length });
    data.forEach(({ index, embedding }, i) => {
      ordered[index ?? i] = embedding;
    });
    return texts.map((_, i) => this.vector(ordered[i]));
  }

  private read(bytes: Buffer): z.infer<typeof Answer> {
    try {
      return Answer.parse(JSON.parse(bytes.toString('utf8')));
    } catch (cause) {
      throw this.refused(
        "it does not answer in the form of OpenAI's embeddings, with a list of numbers for each text",
        cause,
      );
    }
  }

  private vector(numbers: number[] | undefined): Float32Array {
    if (!numbers) throw this.refused('it does not say of each vector to which text it belongs');
    this.dimensions ??= numbers.length;
    if (numbers.length !== this.dimensions)
      throw this.refused(`its vectors have ${this.dimensions} numbers, and then ${numbers.length}`);
    const vector = unitVector(numbers);
    if (!vector) throw this.refused('it gives a vector that points nowhere');
    return vector;
  }

  private refused(why: string, cause?: unknown): CarnotError {
    return new CarnotError(
      'BadVectors',
      `the server in EMBEDDING_URL: ${why}. Look at the server, or set EMBEDDING_URL to another.`,
      'person',
      { cause },
    );
  }
}
