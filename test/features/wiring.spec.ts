import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigFiles, readWiring } from '../../src/app/wiring.js';
import { aProfile, configWith } from '../support/matching/profiles.js';

describe('what a process is configured with', () => {
  const config = configWith([aProfile('one')]);
  afterAll(() => config.remove());

  it('has all matched anew once calls of other scores are announced, and not for another number of them', async () => {
    const fingerprint = async (digest: string): Promise<string> => {
      writeFileSync(join(config.dir, 'local.yaml'), `digest:\n  ${digest}\n`);
      return (await readConfigFiles(config.dir)).model!.fingerprint;
    };
    const usual = await fingerprint('maxItems: 15');
    expect(await fingerprint('maxItems: 16')).toBe(usual);
    for (const other of ['minScore: 30', 'decisionSpread: 0'])
      expect(await fingerprint(other)).not.toBe(usual);
  });

  it('is refused with the problems of the environment, the settings and the profiles together', async () => {
    writeFileSync(join(config.dir, 'local.yaml'), 'digest:\n  maxItems: many\n');
    writeFileSync(join(config.dir, 'institutes', 'two.yaml'), 'id: two\nname: Carnot Two\ncompetences: []\n');
    mkdirSync(join(config.dir, 'vocabulary'));
    writeFileSync(join(config.dir, 'vocabulary', 'ours.yaml'), 'french:\n  pile:\n');
    await expect(
      readWiring(
        { PORT: 'none', EMBEDDING_MODEL_DIR: 'nowhere', SOURCES: 'anr, anrr' },
        'worker',
        await readConfigFiles(config.dir),
      ),
    ).rejects.toMatchObject({
      problems: [
        expect.stringMatching(/^DATABASE_URL is missing/),
        expect.stringMatching(/^SECRET_KEY is missing/),
        expect.stringMatching(/^PORT must be/),
        expect.stringMatching(/local\.yaml:2:\d+ digest\.maxItems: must be/),
        expect.stringMatching(/two\.yaml:3:\d+ competences: /),
        expect.stringMatching(/ours\.yaml:2:\d+ french\.pile: /),
        expect.stringMatching(
          /^EMBEDDING_MODEL_DIR holds no model: config\.json, .* missing in nowhere\. Fix: /,
        ),
        expect.stringMatching(/^SOURCES contains "anrr": unknown source\. Fix: /),
      ],
    });
  });
});
