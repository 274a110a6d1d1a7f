import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEALED, secretBoxOf } from '../../src/platform/secrets/secret-box.js';

const [ONE, TWO] = ['1a'.repeat(32), '2b'.repeat(32)];

describe('the key of the stored secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-key-'));
  const DATA_DIR = join(folder, 'data');
  const file = join(DATA_DIR, 'secret.key');
  const boxOf = (env: { SECRET_KEY?: string; SECRET_KEY_BEFORE?: string[] } = {}) =>
    secretBoxOf({ DATA_DIR, ...env } as never);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is made once where none is given, kept for its owner alone, and is another one for each installation', () => {
    const sealed = boxOf().seal('said', 'here');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(boxOf().open(sealed, 'here')).toBe('said');
    const other = secretBoxOf({ DATA_DIR: join(folder, 'other') } as never);
    expect(other.open(sealed, 'here')).toBeNull();
  });

  it('is the given one before the kept one, which goes on opening what it sealed', () => {
    const kept = boxOf().seal('kept', 'here');
    const box = boxOf({ SECRET_KEY: ONE });
    expect(box.open(kept, 'here')).toBe('kept');
    expect(boxOf().open(box.seal('given', 'here'), 'here')).toBeNull();
    expect(
      boxOf({ SECRET_KEY: TWO, SECRET_KEY_BEFORE: [ONE] }).open(box.seal('before', 'here'), 'here'),
    ).toBe('before');
  });

  it('seals so that nothing of it shows, nothing can be changed, and nothing opens in another place', () => {
    const box = boxOf({ SECRET_KEY: ONE });
    const [sealed, again] = [box.seal('the same', 'here'), box.seal('the same', 'here')];
    expect(sealed).not.toBe(again);
    expect(sealed.startsWith(SEALED)).toBe(true);
    expect(sealed).not.toContain(ONE.slice(0, 8));
    expect(box.open(sealed, 'there')).toBeNull();
    const body = sealed.lastIndexOf(':') + 1;
    for (let i = body; i < sealed.length - 1; i += 1)
      expect(
        box.open(`${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`, 'here'),
      ).toBeNull();
    for (const broken of [sealed.slice(0, body), `${sealed.slice(0, body)}AAAA`, SEALED])
      expect(box.open(broken, 'here')).toBeNull();
    expect(box.open('in clear, from before', 'here')).toBe('in clear, from before');
  });

  it('that is broken is said with what to do, and is not replaced', () => {
    writeFileSync(file, 'half a key');
    expect(() => boxOf()).toThrow(
      /secret\.key does not hold a key of 32 bytes.* Fix: Put it back from your backup/,
    );
    expect(readFileSync(file, 'utf8')).toBe('half a key');
  });
});
