/**
 * Creates a source, a channel or a signal: `npm run generate source my-source`. It copies the template under
 * the new name and says what to do next. The program finds each folder by itself; no other file is changed.
 */
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST = 40;

const KINDS = {
  source: {
    folder: 'src/harvest/sources',
    next: (id, at) => [
      `Save pages of the site in ${at}/fixtures, with where.md saying when and where you saw them.`,
      `Say in ${at}/${id}.source.ts what it is called, in site.ts which addresses it has; change parse-list.ts and parse-call.ts until they fit.`,
      `npx jest test/sources/contract.spec.ts --selectProjects unit -t "source ${id}"`,
      'src/harvest/README.md has the rest: "Add a source in ten minutes".',
    ],
  },
  channel: {
    folder: 'src/notifications/channels',
    next: (id, at) => [
      `Say in ${at}/texts.ts what it is called, in ${id}.channel.ts what an address is and what an answer means; in render.ts what is posted.`,
      `npx jest test/channels/contract.spec.ts --selectProjects unit -t "channel ${id}"`,
      `What it alone does is tested beside the others: test/channels/${id}.story.ts.`,
    ],
  },
  signal: {
    folder: 'src/matching/signals',
    next: (id, at) => [
      `Say in ${at}/${id}.signal.ts what it keeps of a call, what it brings, and in which words that is told.`,
      `npx jest test/signals/contract.spec.ts --selectProjects unit -t "signal ${id}"`,
      `What it is worth: npm run evaluate with and without --without ${id}; src/matching/README.md says with which data.`,
    ],
  },
};

const USAGE = `npm run generate ${Object.keys(KINDS).join('|')} ID, as in: npm run generate source my-source`;

function fail(problem) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

/** Returns the template's text under the new name: the id, and its forms in references and error names. */
const renamed = (text, id) =>
  text
    .replaceAll("'template'", `'${id}'`)
    .replaceAll("'TEMPLATE'", `'${id.toUpperCase()}'`)
    .replaceAll(/\btemplate: /g, `${/-/.test(id) ? `'${id}'` : id}: `)
    .replaceAll(
      "'TemplateRefused'",
      `'${id.replaceAll(/(^|-)(.)/g, (_, __, letter) => letter.toUpperCase())}Refused'`,
    );

function generate(kind, id) {
  const { folder, next } = KINDS[kind];
  const [template, at] = [join(ROOT, folder, '_template'), `${folder}/${id}`];
  const to = join(ROOT, at);
  cpSync(template, to, { recursive: true });
  // What was recorded from another site proves nothing about this one.
  for (const name of existsSync(join(to, 'fixtures')) ? readdirSync(join(to, 'fixtures')) : [])
    rmSync(join(to, 'fixtures', name));
  for (const name of readdirSync(to)) {
    if (statSync(join(to, name)).isDirectory()) continue;
    writeFileSync(join(to, name), renamed(readFileSync(join(to, name), 'utf8'), id));
    if (name === `template.${kind}.ts`) renameSync(join(to, name), join(to, `${id}.${kind}.ts`));
  }
  const made = readdirSync(to).map((name) => `  ${relative(ROOT, join(to, name))}`);
  process.stdout.write(
    `Made:\n${made.join('\n')}\n\nNext:\n${next(id, at)
      .map((line, i) => `  ${i + 1}. ${line}`)
      .join('\n')}\n`,
  );
}

const [kind, id, ...more] = process.argv.slice(2);
if (!Object.hasOwn(KINDS, kind ?? '')) fail(`What is to be made? Fix: ${USAGE}`);
if (id === undefined || more.length) fail(`It needs one id. Fix: ${USAGE}`);
if (!ID.test(id) || id.length > LONGEST)
  fail(
    `"${id}" cannot be an id. Fix: Use up to ${LONGEST} small letters, digits and single dashes, beginning with a letter.`,
  );
const taken = [
  'template',
  ...readdirSync(join(ROOT, KINDS[kind].folder)).filter((name) => !name.startsWith('_')),
];
if (taken.includes(id)) fail(`"${id}" is taken. Fix: Use another id than ${taken.join(', ')}.`);
generate(kind, id);
