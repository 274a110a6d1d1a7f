import { commandsOf, Workshop } from '../support/workshop.js';
import { beforeRelease } from '../support/release.js';

const ID = 'carrier-pigeon';

// In `.ci/run` a source stands for what the three have in common.
beforeRelease('a channel that is added as the README says')('a channel is added as the README says', () => {
  let workshop: Workshop;
  beforeAll(() => {
    workshop = new Workshop();
  });
  afterAll(() => workshop.remove());

  it('in one folder, keeps the contract, and is then found', async () => {
    const [commands, ...more] = commandsOf('src/notifications/README.md', 'Add a channel', ID);
    expect(more).toEqual([]);
    const done = await workshop.run(commands!);
    expect(done.text).toMatch(/Tests: +\d+ skipped, \d{2,} passed/);
    expect(done.failed).toBe(false);
    expect(await workshop.types(`src/notifications/channels/${ID}`)).toEqual({ failed: false, text: '' });

    const suites = await workshop.run('npx jest test/channels --selectProjects unit');
    expect(suites.text).toMatch(/Tests: +\d+ passed/);
    expect(suites.failed).toBe(false);

    const built = await workshop.run(
      `node src/build.mjs && node -e "import('./dist/notifications/channel-registry.js').then(async (r) => console.log((await r.loadChannels()).map((c) => c.id)))"`,
    );
    expect(built.text).toMatch(new RegExp(`\\[[^\\]]*'${ID}'[^\\]]*'webhook'[^\\]]*\\]`));

    const { changed, lost } = workshop.touched();
    expect(changed).toEqual([`src/notifications/channels/${ID}/${ID}.channel.ts`]);
    expect(lost).toEqual([]);
  });
});
