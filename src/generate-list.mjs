/** Writes a source over a list of calls in CSV or JSON, from the names of its columns. */

/** What every list has; a deadline is what officers look for first. */
const NEEDED = ['id', 'title', 'closing'];
const COLUMNS = [...NEEDED, 'opening', 'text', 'link', 'funder'];

/** As prettier writes it: in single quotes, unless there is one inside. */
const quoted = (text) =>
  text.includes("'") && !text.includes('"')
    ? `"${text.replaceAll('\\', '\\\\')}"`
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;

const slug = (path) =>
  path
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

function isZone(zone) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

const addressOf = (text) => (text && /^https?:/.test(text) && URL.canParse(text) ? new URL(text) : null);

function problemsOf(o, address) {
  const paged = o['offset-parameter'] !== undefined || o['page-size'] !== undefined;
  const size = Number(o['page-size']);
  return [
    ...((o.csv === undefined) === (o.json === undefined) ? ['Either --csv or --json names the list.'] : []),
    ...(address ? [] : ['The list needs a web address. Fix: Write it with https://.']),
    ...NEEDED.filter((column) => !o[`${column}-column`]).map((column) => `--${column}-column is missing.`),
    ...(isZone(o.zone) ? [] : [`--zone "${o.zone}" is no time zone. Fix: Write it as Europe/Paris.`]),
    ...(/^[a-z]{2}$/.test(o.language)
      ? []
      : [`--language "${o.language}" is no language. Fix: Write it as fr.`]),
    ...(o.delimiter.length === 1 ? [] : ['--delimiter is one character.']),
    ...(o.csv !== undefined && (o.items ?? o.total ?? o['offset-parameter'] ?? o['page-size']) !== undefined
      ? ['--items, --total, --offset-parameter and --page-size are for --json.']
      : []),
    ...(paged && !(o.total && o['offset-parameter'] && Number.isInteger(size) && size > 0)
      ? ['A list in pages needs --total, --offset-parameter and --page-size.']
      : []),
  ];
}

/** Returns the text of an object's fields that are given, a line for each. */
const lines = (fields, indent) =>
  fields
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${' '.repeat(indent)}${name}: ${value},\n`)
    .join('');

function formOf(o) {
  if (o.csv !== undefined) return `{ csv: { delimiter: ${quoted(o.delimiter)} } }`;
  const pages =
    o['offset-parameter'] && `{ offset: ${quoted(o['offset-parameter'])}, size: ${o['page-size']} }`;
  const total = o.total && quoted(o.total);
  const fields = lines(
    [
      ['items', quoted(o.items)],
      ['total', total],
      ['pages', pages],
    ],
    8,
  );
  return `{\n      json: {\n${fields}      },\n    }`;
}

function sourceText(id, o, { origin, pathname, search }) {
  const text = o['text-column']?.split(',').map((column) => column.trim());
  const columns = COLUMNS.map((column) => [
    column,
    column === 'text'
      ? text && `[${text.map(quoted).join(', ')}]`
      : o[`${column}-column`] && quoted(o[`${column}-column`]),
  ]);
  return `import { defineSource } from '../../domain/source.js';
import { tableSource } from '../_kit/table.js';

/** A list of calls with a column for each thing that is read; \`fixtures/where.md\` says where it was seen. */
export const source = defineSource({
  id: '${id}',
  name: ${quoted(o.name ?? id)},
  homepage: '${origin}',
  origin: '${origin}',
  enabled: false,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'full',
  expectsAtLeast: 1,
  quietAfterDays: 60,
  ...tableSource({
    dataSource: '${id.toUpperCase()}',
    path: ${quoted(pathname + search)},
    form: ${formOf(o)},
    zone: '${o.zone}',
    language: '${o.language}',
${o.funder === undefined ? '' : `    funder: ${quoted(o.funder)},\n`}    columns: {
${lines(columns, 6)}    },
  }),
});
`;
}

/** Two invented rows: what the list really has replaces them, once it was seen. */
function inventedRows(o) {
  const row = (number) => {
    const told = {
      id: `invented-${number}`,
      title: `Invented call ${number}`,
      closing: `2031-07-1${number} 17:00`,
      opening: `2031-02-0${number}`,
      link: `https://calls.example/invented-${number}`,
      funder: 'Invented agency',
    };
    const named = COLUMNS.filter((column) => column !== 'text' && o[`${column}-column`]);
    const texts =
      o['text-column']?.split(',').map((column) => [column.trim(), `A text, of call ${number}.`]) ?? [];
    return Object.fromEntries([...named.map((column) => [o[`${column}-column`], told[column]]), ...texts]);
  };
  return [row(1), row(2)];
}

function csvText(rows, delimiter) {
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  return [Object.keys(rows[0]), ...rows.map(Object.values)]
    .map((row) => `${row.map(cell).join(delimiter)}\n`)
    .join('');
}

/** Puts a value where a path with dots says. */
function put(object, path, value) {
  const names = path.split('.');
  const last = names.pop();
  let at = object;
  for (const name of names) at = at[name] ??= {};
  at[last] = value;
  return object;
}

function jsonText(rows, { items, total }) {
  const nested = rows.map((row) =>
    Object.entries(row).reduce((object, [path, value]) => put(object, path, value), {}),
  );
  const answer = items === '' ? nested : put(total ? put({}, total, rows.length) : {}, items, nested);
  return `${JSON.stringify(answer, null, 2)}\n`;
}

const whereText = (href) => `# Where the form was seen

Nowhere yet: the columns were named when this folder was made, for ${href}, and the rows beside are invented.
Ask the live service with \`check-source\`, replace them by rows of the same form, and say here when and where the form was seen,
what of it is sure, and what is guessed.
`;

/** Returns the files of the source by their path below its folder, or what is wrong with the options. */
export function sourceOverList(id, given) {
  const options = { delimiter: ';', zone: 'Europe/Paris', language: 'fr', items: given.json && '', ...given };
  const address = addressOf(options.csv ?? options.json);
  const problems = problemsOf(options, address);
  if (problems.length) return { files: {}, problems };
  const rows = inventedRows(options);
  const page = `fixtures/${slug(address.pathname) || 'list'}.${options.csv === undefined ? 'json' : 'csv'}`;
  return {
    problems,
    files: {
      [`${id}.source.ts`]: sourceText(id, options, address),
      [page]: options.csv === undefined ? jsonText(rows, options) : csvText(rows, options.delimiter),
      'fixtures/where.md': whereText(address.href),
    },
  };
}
