import { z } from 'zod';
import { CarnotError } from '../../kernel/errors.js';
import type { ChatMessage } from '../../kernel/ports.js';
import type { ReadingModel, TokenUsage } from '../../kernel/ports.js';
import type { GateOptions } from '../http/gate.js';
import { gateTo } from '../http/heartbeat-address.js';
import { OpenAiServer, type Endpoint } from '../openai/openai-server.js';

const Answer = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z
    .object({
      prompt_tokens: z.number().int().nonnegative(),
      completion_tokens: z.number().int().nonnegative(),
    })
    .nullish(),
});

/** A self-hosted model without an accelerator takes minutes to read a call. */
const TIMEOUT_MS = 180_000;
/** For servers that count no tokens: about this many characters are one. */
const CHARACTERS_A_TOKEN = 4;
const tokens = (text: string): number => Math.ceil(text.length / CHARACTERS_A_TOKEN);

/**
 * JSON, and the same response each time. Reasoning models accept no temperature but their own (OpenAI's o and
 * gpt-5), and some servers support no formats.
 */
const ANSWER_OPTIONS = { temperature: 0, response_format: { type: 'json_object' } };

/**
 * A language model behind `POST {url}/chat/completions`, as offered by OpenAI, Mistral (docs.mistral.ai, JSON
 * mode), Ollama (docs/openai.md) and vLLM. vLLM answers with `content: null` if a model ran out of tokens
 * while thinking (its issue 52640): the response is then empty.
 */
export class ChatReader implements ReadingModel {
  readonly name: string;
  private readonly server: OpenAiServer;
  /** False once the server has refused a request because of these options alone. */
  private takesPreferences = true;

  constructor(endpoint: Endpoint, limits: Pick<GateOptions, 'userAgent' | 'maxBytes' | 'proxy'>) {
    this.name = endpoint.model;
    this.server = new OpenAiServer(
      'READER',
      endpoint,
      gateTo(endpoint.url, { ...limits, timeoutMs: TIMEOUT_MS }),
    );
  }

  async answer(
    messages: readonly ChatMessage[],
    signal?: AbortSignal,
  ): Promise<{ content: string; usage: TokenUsage }> {
    const { choices, usage } = this.read(
      await this.ask({ model: this.name, messages }, this.server.until(signal)),
    );
    const content = choices[0]!.message.content ?? '';
    const counted = usage && { prompt: usage.prompt_tokens, completion: usage.completion_tokens };
    return {
      content,
      usage: counted ?? {
        prompt: tokens(messages.map((m) => m.content).join('')),
        completion: tokens(content),
      },
    };
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private async ask(asked: object, signal: AbortSignal): Promise<Buffer> {
    const plainly = (): Promise<Buffer> => this.server.post('/chat/completions', asked, signal);
    if (!this.takesPreferences) return plainly();
    try {
      return await this.server.post('/chat/completions', { ...asked, ...ANSWER_OPTIONS }, signal);
    } catch (error) {
      if (!(error instanceof CarnotError) || error.kind !== 'HttpClientError') throw error;
      const answer = await plainly();
      this.takesPreferences = false;
      return answer;
    }
  }

  private read(bytes: Buffer): z.infer<typeof Answer> {
    try {
      return Answer.parse(JSON.parse(bytes.toString('utf8')));
    } catch (cause) {
      throw new CarnotError(
        'BadReading',
        "the server in READER_URL does not answer in the form of OpenAI's chat completions. Look at the server, or set READER_URL to another.",
        'person',
        { cause },
      );
    }
  }
}
