import { PerUserQueue } from '../../../src/explain/per-user-queue.js';
import type { Actor } from '../../../src/kernel/actor.js';

const service = (name: string, profileId: string): Actor => ({
  ...{ kind: 'service', role: 'service', name, profileId, profileName: profileId },
  ...{
    email: null,
    personId: null,
    permissions: new Set(),
    language: null,
    sessionId: null,
    signedInAt: null,
  },
});

describe('the keys of an institute that try profiles out', () => {
  it('share one turn, and another institute has its own', async () => {
    const queue = new PerUserQueue();
    const { signal } = new AbortController();
    const begun: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const run = (by: Actor, until: Promise<void>) =>
      queue.run(by, signal, () => {
        begun.push(`${by.profileId} ${by.name}`);
        return until;
      });
    const [done, second] = [
      run(service('one', 'leti'), held),
      run(service('two', 'leti'), Promise.resolve()),
    ];
    await run(service('one', 'brgm'), Promise.resolve());
    expect(begun).toEqual(['leti one', 'brgm one']);
    release();
    await Promise.all([done, second]);
    expect(begun).toEqual(['leti one', 'brgm one', 'leti two']);
  });
});
