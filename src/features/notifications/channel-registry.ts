import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Channel } from '../../domain/notification/channel.js';

const FOLDER = fileURLToPath(new URL('../../channels', import.meta.url));

/** The channels, as they are injected. */
export const CHANNELS = Symbol('channels');

async function load(id: string): Promise<Channel> {
  const module = (await import(`../../channels/${id}/${id}.channel.js`)) as { channel?: Channel };
  if (!module.channel) throw new Error(`src/channels/${id}/${id}.channel.ts must export \`channel\``);
  if (module.channel.id !== id) throw new Error(`src/channels/${id}: the channel calls itself "${module.channel.id}"; its id must be its folder's name`);
  return module.channel;
}

/** The ids of all channels: the folders of src/channels whose name does not begin with an underscore. */
async function channelIds(): Promise<string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries.filter((e) => e.isDirectory() && !e.name.startsWith('_')).map((e) => e.name).sort();
}

/** All channels. There is no list to edit: a folder is a channel. Throws where a folder breaks the contract. */
export async function loadChannels(): Promise<Channel[]> {
  return Promise.all((await channelIds()).map(load));
}
