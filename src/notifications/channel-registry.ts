import { Inject, Injectable } from '@nestjs/common';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sayIn, translateTo } from '../i18n/translate.js';
import type { Language } from '../kernel/language.js';
import type { Channel } from './domain/delivery/channel.js';

const FOLDER = fileURLToPath(new URL('./channels', import.meta.url));

export type Offered = Channel & { offer: NonNullable<Channel['offer']> };

export const CHANNELS = Symbol('channels');

async function load(id: string): Promise<Channel> {
  const module = (await import(`./channels/${id}/${id}.channel.js`)) as { channel?: Channel };
  if (!module.channel)
    throw new Error(`src/notifications/channels/${id}/${id}.channel.ts must export \`channel\``);
  if (module.channel.id !== id)
    throw new Error(
      `src/notifications/channels/${id}: the channel calls itself "${module.channel.id}"; its id must be its folder's name`,
    );
  return module.channel;
}

/**
 * Loads all channels: folders of src/notifications/channels not starting with an underscore. Throws if one
 * breaks the contract.
 */
export async function loadChannels(): Promise<Channel[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return Promise.all(
    entries
      .filter((e) => e.isDirectory() && !e.name.startsWith('_'))
      .map((e) => e.name)
      .sort()
      .map(load),
  );
}

/** All channels by id. */
@Injectable()
export class ChannelRegistry {
  private readonly byId: ReadonlyMap<string, Channel>;

  constructor(@Inject(CHANNELS) readonly all: readonly Channel[]) {
    this.byId = new Map(all.map((c) => [c.id, c]));
  }

  /** Channels that an institute or a group may add. */
  get offered(): readonly Offered[] {
    return this.all.filter((c): c is Offered => c.offer !== null);
  }

  /** Returns the display name; a neutral one for a channel that this version does not have. */
  nameOf(id: string, language: Language): string {
    const channel = this.findById(id);
    return channel ? sayIn(language, channel.name) : translateTo(language)('text.other');
  }

  findById(id: string): Channel | undefined {
    return this.byId.get(id);
  }

  /** Throws if the channel does not exist: a recipient's channel may have been removed from the program. */
  get(id: string): Channel {
    const channel = this.findById(id);
    if (!channel) throw new Error(`there is no channel "${id}"`);
    return channel;
  }
}
