import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * The fonts of a reader: as wide as Arial, or a seventh wider, as on many Linux desktops (Verdana has the
 * same widths). What is installed on this machine does not matter: with none at all every text would be 0
 * pixels wide, and nothing too long.
 */
export const FAMILIES = { usual: 'Arimo', wide: 'DejaVu Sans' };
export type Font = keyof typeof FAMILIES;

const FOLDERS = [
  require.resolve('@expo-google-fonts/arimo/package.json'),
  require.resolve('dejavu-fonts-ttf/package.json'),
].map(dirname);
const MONO = 'DejaVu Sans Mono';

/**
 * Returns the environment variables with which a browser finds one font, whatever a page asks for, besides a
 * monospaced one; `remove` deletes its files.
 */
export function fontsFor(font: Font): { env: Record<string, string>; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-fonts-'));
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${FOLDERS.map((fonts) => `<dir>${fonts}</dir>`).join('\n')}
<cachedir>${folder}</cachedir>
<match target="pattern"><test name="family" compare="not_eq"><string>${MONO}</string></test>
<edit name="family" mode="prepend" binding="strong"><string>${FAMILIES[font]}</string></edit></match>
<match target="font"><edit name="hintstyle"><const>hintslight</const></edit></match>
</fontconfig>`,
  );
  return { env: { FONTCONFIG_FILE: file }, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
