// Reads Word files in a separate thread: a draft of three hundred pages takes seconds, in which a process
// would
// answer nobody. Plain JavaScript, since a thread starts from a file that Node can read; what the words mean
// is
// decided by the caller.
import { parentPort } from 'node:worker_threads';
import { load } from 'cheerio';
import { zipSync } from 'fflate';
import mammoth from 'mammoth';

/** Contents lists name topics that are gone, in the words of an earlier state. */
const STYLES = [
  "p[style-name^='toc '] => !",
  "p[style-name^='TOC '] => !",
  "p[style-name='Title'] => h1:fresh",
];

/** Hyphens that look alike become one, invisible ones and line breaks by hand go. */
const folded = (text) =>
  text
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u00ad\u200b]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Returns the words of an element, with a blank at each line break and between paragraphs. */
const wordsOf = ($, element) => {
  const copy = $(element).clone();
  copy.find('br').replaceWith(' ');
  copy.find('p, li').append(' ');
  return folded(copy.text());
};

/** Word has no more columns; a cell that claims to span more would fill the memory. */
const MOST_COLUMNS = 63;

/** Returns the rows of a table, each cell in its column: one that spans rows stands in each of them. */
function rowsOf($, table) {
  const spanning = new Map();
  return $(table)
    .find('tr')
    .toArray()
    .filter((row) => $(row).closest('table').is(table))
    .map((row) => {
      const cells = [];
      let column = 0;
      const repeatAbove = () => {
        for (let above; (above = spanning.get(column))?.rows > 0; above.rows -= 1, column += above.columns)
          cells[column] = above.text;
      };
      for (const cell of $(row).children('td, th').toArray()) {
        repeatAbove();
        const [columns, rows] = ['colspan', 'rowspan'].map((span) => Number($(cell).attr(span)) || 1);
        const above = {
          text: wordsOf($, cell),
          columns: Math.min(Math.max(columns, 1), MOST_COLUMNS),
          rows: rows - 1,
        };
        spanning.set(column, above);
        cells[column] = above.text;
        column += above.columns;
      }
      repeatAbove();
      return Array.from(cells, (text) => text ?? '');
    })
    .filter((row) => row.some(Boolean));
}

function blocksOf($, element) {
  const { name } = element;
  if (name === 'table') {
    const rows = rowsOf($, element);
    return rows.length ? [{ kind: 'table', rows }] : [];
  }
  if (name === 'ul' || name === 'ol')
    return $(element)
      .children('li')
      .toArray()
      .flatMap((li) => {
        const nested = $(li).children('ul, ol').remove().toArray();
        return [...textOf('text', wordsOf($, li)), ...nested.flatMap((list) => blocksOf($, list))];
      });
  const [, level] = /^h([1-6])$/.exec(name) ?? [];
  return level ? textOf('heading', wordsOf($, element), Number(level)) : textOf('text', wordsOf($, element));
}

const textOf = (kind, text, level) => (text ? [{ kind, ...(level && { level }), text }] : []);

parentPort.on('message', async ({ files }) => {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zipSync(files, { level: 0 })) },
    { styleMap: STYLES, convertImage: mammoth.images.imgElement(() => ({ src: '' })) },
  );
  const $ = load(value, null, false);
  // Their marks stand inside sentences and cells.
  $('a[href^="#footnote-"], a[href^="#endnote-"]').closest('sup').remove();
  $('li[id^="footnote-"], li[id^="endnote-"]').remove();
  const blocks = $.root()
    .children()
    .toArray()
    .flatMap((element) => blocksOf($, element));
  const answer = new TextEncoder().encode(JSON.stringify(blocks));
  parentPort.postMessage(answer, [answer.buffer]);
});
