import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

interface Rule {
  name: string;
  from: { path?: string };
}

const ROOT = resolve(__dirname, '../..');
const { forbidden } = createRequire(__filename)(join(ROOT, '.dependency-cruiser.cjs')) as {
  forbidden: Rule[];
};
const README = readFileSync(join(ROOT, 'src/README.md'), 'utf8');
/** The layers below all capabilities, and those that assemble them. */
const OTHERS = ['app', 'commands', 'demo', 'i18n', 'kernel', 'platform', 'ui'];

const checked = forbidden
  .filter((rule) => rule.name === 'capabilities-stand-in-one-order')
  .map((rule) => /^\^src\/(.+)\/$/.exec(rule.from.path ?? '')?.[1]);

/** The capabilities in the first table, top to bottom; one row may name several. */
function listed(text: string): string[] {
  const [table] = /^(?:\|.*\n)+/m.exec(text) ?? [''];
  return table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}

describe('the order of the capabilities', () => {
  it('is told as it is checked', () => expect(listed(README)).toEqual(checked));

  it('has a place for every folder', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect([...checked, ...OTHERS].sort()).toEqual(folders.sort());
  });

  it('is seen to be told otherwise: two that changed places, one left out', () => {
    const [swapped, short] = [
      README.replace('`audit`', '`x`').replace('`outbox`', '`audit`').replace('`x`', '`outbox`'),
      README.replace(/^\| `explain`.*\n/m, ''),
    ];
    for (const text of [swapped, short]) {
      expect(listed(text).length).toBeGreaterThan(10);
      expect(listed(text)).not.toEqual(checked);
    }
  });
});
