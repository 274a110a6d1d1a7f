/**
 * Writes `dist`: what is TypeScript by swc, in half a second, what the program reads as it stands as it is.
 * Types are looked at by `npm run types`, not here. A file that would be the same is left alone, so that a
 * program may run meanwhile. With `--watch` it goes on, and writes what is saved.
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

/** The files that come of one, by their paths below `dist`. */
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
  // What takes the place of a file is not noticed by `node --watch`.
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
  // What has no source any more would be found by whatever looks through a folder.
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
      // Half written, gone, or not TypeScript: what was built last stays until it is saved again.
      process.stderr.write(`${filename}: ${error.message.split('Caused by:')[0].trim()}\n`);
    }
  }
