import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { first, sampled } from '../support/release.js';

describe('npm run bench -- workers', () => {
  const refused = [
    // Used to wait forever: a harvest with too few calls is rejected.
    ['--copies', '2', 'from 6 on'],
    ['--copies', 'some', 'from 6 on'],
    ['--messages', '0', 'from 1 on'],
    ['--most', '-1', 'from 1 on'],
  ];
  it.each(sampled('numbers that a benchmark refuses', refused, first))(
    'refuses %s=%s',
    (name, value, says) => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [resolve(__dirname, '../benchmark/run.mjs'), 'workers', `${name}=${value}`],
        { encoding: 'utf8', timeout: 60_000 },
      );
      expect([status, stderr]).toEqual([1, `${name} takes a whole number ${says}, and not "${value}".\n`]);
    },
  );
});
