import { commandsOf, Workshop } from '../support/workshop.js';
import { beforeRelease } from '../support/release.js';

const ID = 'phase-of-the-moon';

// In `.ci/run` a source stands for what the three have in common.
beforeRelease('a signal that is added as the README says')('a signal is added as the README says', () => {
  let workshop: Workshop;
  beforeAll(() => {
    workshop = new Workshop();
  });
  afterAll(() => workshop.remove());

  it('in one folder, keeps the contract, and is then counted', async () => {
    const [commands, ...more] = commandsOf('src/matching/README.md', 'Add a signal', ID);
    expect(more).toEqual([]);
    const done = await workshop.run(commands!);
    expect(done.text).toMatch(/Tests: +\d+ skipped, \d+ passed/);
    expect(done.failed).toBe(false);
    expect(await workshop.types(`src/matching/signals/${ID}`)).toEqual({ failed: false, text: '' });

    const built = await workshop.run(
      `node src/build.mjs && node -e "import('./dist/matching/signal-registry.js').then(async (r) => console.log((await r.loadSignals()).map((s) => s.id)))"`,
    );
    expect(built.text).toMatch(new RegExp(`\\[[^\\]]*'${ID}'[^\\]]*'words'[^\\]]*\\]`));

    const { changed, lost } = workshop.touched();
    expect(changed).toEqual([`src/matching/signals/${ID}/${ID}.signal.ts`]);
    expect(lost).toEqual([]);
  });
});
