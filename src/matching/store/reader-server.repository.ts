import { Injectable } from '@nestjs/common';
import { SettingRepository } from '../../platform/database/setting.repository.js';
import type { Endpoint } from '../../platform/openai/openai-server.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';

const SERVER = 'reader.server';
const PLACE = 'setting/reader.server';

interface Stored {
  url: string;
  model: string;
  /** Sealed; null for a server that needs none. */
  key: string | null;
}

/** The server of the language model that was set on its page; its key is sealed. */
@Injectable()
export class ReaderServerRepository {
  constructor(
    private readonly settings: SettingRepository,
    private readonly box: SecretBox,
  ) {}

  /** Returns null if none was set; `locked` if none of our keys opens the server's. */
  async findServer(): Promise<Endpoint | 'locked' | null> {
    const stored = await this.settings.findByKey<Stored>(SERVER);
    if (!stored) return null;
    const key = stored.key === null ? undefined : this.box.open(stored.key, PLACE);
    return key === null ? 'locked' : { url: stored.url, model: stored.model, key };
  }

  put(server: Endpoint | null): Promise<void> {
    const sealed = server && {
      url: server.url,
      model: server.model,
      key: server.key === undefined ? null : this.box.seal(server.key, PLACE),
    };
    return this.settings.put(SERVER, sealed);
  }

  /** Seals the key with the current one, where another sealed it. */
  async reseal(): Promise<'sealed' | 'locked' | null> {
    const stored = await this.settings.findByKey<Stored>(SERVER);
    if (!stored?.key || stored.key.startsWith(this.box.present)) return null;
    const server = await this.findServer();
    if (server === null || server === 'locked') return server;
    await this.put(server);
    return 'sealed';
  }
}
