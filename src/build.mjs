/**
 * Builds `dist`: compiles TypeScript with swc in half a second, and copies the other files that the program
 * reads. `npm run types` checks types. Unchanged files are left alone, so that a program may keep running.
 * With `--watch` it continues and writes whatever is saved.
 */
import { mkdir, readFile, readdir, rename, rm, watch, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transform } from '@swc/core';

const [SRC, DIST] = [import.meta.dirname, join(import.meta.dirname, '../dist')];
const WATCHES = process.argv.includes('--watch');
const AS_IT_IS = /^ui\/public\/|\.sql$|-worker\.mjs$/;

const optionsFor = (path) => ({
  filename: path,
  sourceMaps: true,
  sourceFileName: relative(dirname(join(DIST, path)), join(SRC, path)),
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', tsx: path.endsWith('x'), decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
  },
});

/** Returns the output files of a source file, by path below `dist`. */
async function made(path) {
  const text = await readFile(join(SRC, path));
  if (AS_IT_IS.test(path)) return [[path, text]];
  if (!/\.tsx?$/.test(path)) return [];
  const to = path.replace(/\.tsx?$/, '.js');
  const { code, map } = await transform(text.toString(), optionsFor(path));
  return [
    [to, Buffer.from(`${code}//# sourceMappingURL=${to.split('/').at(-1)}.map\n`)],
    [`${to}.map`, Buffer.from(map)],
  ];
}

async function write([path, content]) {
  const to = join(DIST, path);
  const before = await readFile(to).catch(() => null);
  if (before?.equals(content)) return;
  await mkdir(dirname(to), { recursive: true });
  // `node --watch` does not notice a file that is replaced.
  if (WATCHES) return await writeFile(to, content);
  await writeFile(`${to}.new`, content);
  await rename(`${to}.new`, to);
}

const filesIn = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

async function build() {
  const began = performance.now();
  const files = (await Promise.all((await filesIn(SRC)).map(made))).flat();
  await mkdir(DIST, { recursive: true });
  await Promise.all(files.map(write));
  // Files without a source are removed, or code that scans folders would find them.
  const kept = new Set(files.map(([path]) => path));
  const stale = (await filesIn(DIST)).filter((path) => !kept.has(path) && !path.endsWith('.new'));
  await Promise.all(stale.map((path) => rm(join(DIST, path))));
  process.stdout.write(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.\n`);
}

await build();
if (WATCHES)
  for await (const { filename } of watch(SRC, { recursive: true })) {
    try {
      for (const file of await made(filename.replaceAll('\\', '/'))) await write(file);
    } catch (error) {
      // Half written, gone, or not TypeScript: the last build stays until the file is saved again.
      process.stderr.write(`${filename}: ${error.message.split('Caused by:')[0].trim()}\n`);
    }
  }
