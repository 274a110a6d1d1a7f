import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { defineChannel, type Channel } from '../../src/notifications/domain/delivery/channel.js';
import { loadChannels } from '../../src/notifications/channel-registry.js';

const FOLDER = join(__dirname, '../../src/notifications/channels');

const channel: Channel = {
  id: 'pigeon',
  name: { fr: 'Pigeon', en: 'Pigeon' },
  offer: { way: { fr: 'par pigeon', en: 'by pigeon' } },
  address: z.string(),
  signs: false,
  frequency: 'weekly',
  waits: [1_000],
  render: () => ({ subject: '', text: '', html: null, payload: null }),
  send: () => Promise.resolve({ where: 'the loft' }),
};

describe('the channels', () => {
  it('are the folders that there are', async () => {
    const all = await loadChannels();
    expect(all.map((c) => c.id)).toEqual(readdirSync(FOLDER).filter((name) => !name.startsWith('_')));
    expect(all.map((c) => c.id)).toContain('email');
  });

  it('keep the contract, or the program does not start', () => {
    expect(defineChannel(channel)).toEqual(channel);
    const breaches: Record<string, unknown>[] = [
      { id: 'Pigeon' },
      { id: 'a pigeon' },
      { name: { fr: 'Pigeon' } },
      { name: { fr: '', en: 'Pigeon' } },
      { offer: undefined },
      { offer: { way: { fr: 'par pigeon' } } },
      { address: /x/ },
      { signs: undefined },
      { frequency: 'daily' },
      { waits: [] },
      { waits: [0] },
      { render: undefined },
      { send: 'it' },
    ];
    for (const breach of breaches)
      expect(() => defineChannel({ ...channel, ...breach } as Channel)).toThrow(
        new RegExp(Object.keys(breach)[0]!),
      );
  });
});
