/**
 * Creates a source, a channel or a signal: `npm run generate source my-source`. It copies the template under
 * the new name and says what to do next. A source over a list in CSV or JSON needs no code, only the names of
 * its columns: `npm run generate source my-source --csv URL --id-column …`. The program finds each folder by
 * itself; no other file is changed.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { sourceOverList } from './generate-list.mjs';

const ROOT = join(import.meta.dirname, '..');
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST = 40;

const KINDS = {
  source: {
    folder: 'src/harvest/sources',
    next: (id, at) => [
      `Save pages of the site in ${at}/fixtures, with where.md saying when and where you saw them.`,
      `Say in ${at}/${id}.source.ts what it is called and which addresses it has; change parseList and parseCall until they fit.`,
      `npx jest test/sources/contract.spec.ts --selectProjects unit -t "source ${id}"`,
      'src/harvest/README.md has the rest: "Add a source in ten minutes".',
    ],
  },
  channel: {
    folder: 'src/notifications/channels',
    next: (id, at) => [
      `Say in ${at}/${id}.channel.ts what it is called, what an address is, what is posted and what an answer means.`,
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

const LIST_USAGE =
  'npm run generate source ID --csv URL | --json URL [--items PATH] --id-column NAME --title-column NAME --closing-column NAME (src/harvest/README.md has the rest)';
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

/** Writes the files of a source over a list. */
function generateOverList(id, options) {
  const { files, problems } = sourceOverList(id, options);
  if (problems.length) fail(`${problems.join('\n')}\nAs in: ${LIST_USAGE}`);
  const at = `${KINDS.source.folder}/${id}`;
  mkdirSync(join(ROOT, at, 'fixtures'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(ROOT, at, name), text);
  process.stdout.write(
    `Made:
${Object.keys(files)
  .map((name) => `  ${at}/${name}`)
  .join('\n')}

Next:
  1. npm run build && npm run cli -- check-source ${id}
  2. Say in ${at}/fixtures/where.md what was seen; npx jest test/sources/contract.spec.ts --selectProjects unit -t "source ${id}"
  3. It is off until config/sources.yaml says so: ${id}: { enabled: true }
`,
  );
}

const TEXT = { type: 'string' };
const OPTIONS = [
  ...['csv', 'json', 'items', 'total', 'offset-parameter', 'page-size', 'delimiter', 'zone', 'language'],
  ...['id', 'title', 'closing', 'opening', 'text', 'link', 'funder'].map((column) => `${column}-column`),
  ...['name', 'funder'],
];

function given() {
  try {
    return parseArgs({
      options: Object.fromEntries(OPTIONS.map((name) => [name, TEXT])),
      allowPositionals: true,
    });
  } catch (error) {
    return fail(`${error.message}. Fix: ${USAGE}`);
  }
}

const { positionals, values } = given();
const [kind, id, ...more] = positionals;
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
if (Object.keys(values).length === 0) generate(kind, id);
else if (kind === 'source') generateOverList(id, values);
else fail(`Only a source is made over a list. Fix: ${LIST_USAGE}`);
