import type { ReadingModel } from '../../kernel/ports.js';
import type { Environment } from '../config/environment.js';
import type { GateOptions } from '../http/gate.js';
import type { Endpoint } from '../openai/openai-server.js';
import { ChatReader } from './chat-reader.js';

/**
 * The language model that reads calls: the one that variables name, or else the one that was set on its page,
 * which changes while the program runs.
 */
export class LanguageModel {
  /** Whether variables name it: then no page changes it. */
  readonly isNamed: boolean;
  private used: { server: Endpoint; reader: ChatReader } | null = null;

  constructor(
    { READER_URL: url, READER_MODEL: model, READER_KEY: key }: Partial<Environment>,
    private readonly limits: Pick<GateOptions, 'userAgent' | 'maxBytes' | 'proxy'>,
  ) {
    this.isNamed = url !== undefined && model !== undefined;
    if (url !== undefined && model !== undefined) this.start({ url, model, key });
  }

  /** The model in use; null if there is none. Take it once per piece of work: it may change meanwhile. */
  get current(): ReadingModel | null {
    return this.used?.reader ?? null;
  }

  /** The address of its server; null if there is none. */
  get url(): string | null {
    return this.used?.server.url ?? null;
  }

  /** Uses another server from now on, or none. What the former is being asked ends, and is asked again. */
  async use(server: Endpoint | null): Promise<void> {
    const before = this.used;
    if (this.isNamed || JSON.stringify(before?.server ?? null) === JSON.stringify(server)) return;
    this.used = null;
    if (server) this.start(server);
    await before?.reader.close();
  }

  /** Returns a model to try before it is used; the caller closes it. */
  toTry(server: Endpoint): ChatReader {
    return new ChatReader(server, this.limits);
  }

  async close(): Promise<void> {
    await this.used?.reader.close();
  }

  private start(server: Endpoint): void {
    this.used = { server, reader: this.toTry(server) };
  }
}
