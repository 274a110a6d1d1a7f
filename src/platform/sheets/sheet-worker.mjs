// Reads a workbook or a CSV in a separate thread: a file of 2 MB can block the process for seconds. Plain
// JavaScript, since a thread starts from a file that Node can read; the caller decides what may be read at
// all.
import { parentPort, workerData } from 'node:worker_threads';
import { parse } from 'csv-parse/sync';
import { zipSync } from 'fflate';
import readExcelFile from 'read-excel-file/node';

/** The apostrophes that our own tables put before what a spreadsheet would take for a formula. */
const GUARD = /^'(?=['\s]*[=+\-@\t\r＝＋－＠])/;
const GUARD_ELSEWHERE = /'(?=[=+\-@＝＋－＠])(?<=[;,|\t\r\n]["'\s]*)/g;
const MINUTE_MS = 60_000;

/** Excel stores times as fractions of a day, which fall slightly short of the intended minute. */
const dayText = (date) =>
  new Date(Math.round(date.getTime() / MINUTE_MS) * MINUTE_MS).toISOString().slice(0, 10);

const unguarded = (cell) => cell.replace(GUARD_ELSEWHERE, '').replace(GUARD, '').trim();

/** A workbook may have been one of our CSV files: Excel keeps the apostrophes as letters. */
function textOf(value) {
  if (value === null) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dayText(value);
  return unguarded(String(value));
}

const csvSheets = ({ text, options }) => [
  { name: '', rows: parse(text, options).map((row) => row.map(unguarded)) },
];

const STYLES = 'xl/styles.xml';
const SHEET_FILE = /^xl\/worksheets\/[^/]+\.xml$/;
/** Excel's own formats 0% and 0.00%, which workbooks do not spell out. */
const PERCENT_FORMATS = ['9', '10'];
const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
/** Whether a format multiplies by a hundred: a percent sign that is quoted or escaped is only shown. */
const isPercent = (format) => format.replace(/&quot;.*?&quot;|\\./g, '').includes('%');

/** Returns the numbers of the styles that show a number as percent. */
function percentStyles(styles) {
  const formats = new Set(PERCENT_FORMATS);
  for (const [tag] of styles.matchAll(/<numFmt\s[^<>]*>/g))
    if (isPercent(attribute(tag, 'formatCode') ?? '')) formats.add(attribute(tag, 'numFmtId'));
  const [, cells = ''] = styles.split(/<cellXfs[\s>]|<\/cellXfs>/);
  const used = [...cells.matchAll(/<xf\s[^<>]*>/g)].map(([tag]) => attribute(tag, 'numFmtId'));
  return new Set(used.flatMap((format, style) => (formats.has(format) ? [String(style)] : [])));
}

/** A cell without text, its formula, and its stored value. */
const NUMBER = /<c(\s[^<>]*[^<>/])>(<f[^<>]*>(?:[^<]*<\/f>)?)?<v>([^<>]*)<\/v>/g;

/**
 * Returns a sheet with its percentages as texts: the library reads values without their formats, so that
 * 100 % would be a 1.
 */
const withPercentages = (sheet, styles) =>
  sheet.replace(NUMBER, (cell, attributes, formula = '', value) => {
    const isNumber = (attribute(attributes, 't') ?? 'n') === 'n' && Number.isFinite(Number(value));
    if (!isNumber || !styles.has(attribute(attributes, 's'))) return cell;
    // Of the fifteen digits that Excel keeps, the last differ by the multiplication.
    const percent = Number((Number(value) * 100).toPrecision(12));
    return `<c${attributes.replace(/\st="n"/, '')} t="str">${formula}<v>${percent}%</v>`;
  });

function readable(files) {
  const styles = percentStyles(Buffer.from(files[STYLES] ?? '').toString());
  if (styles.size === 0) return files;
  const read = ([name, data]) =>
    SHEET_FILE.test(name)
      ? [name, Buffer.from(withPercentages(Buffer.from(data).toString(), styles))]
      : [name, data];
  return Object.fromEntries(Object.entries(files).map(read));
}

async function xlsxSheets({ files }) {
  const sheets = await readExcelFile(Buffer.from(zipSync(readable(files), { level: 0 })));
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
}

const cellsIn = (sheets) =>
  sheets.reduce((sum, { rows }) => sum + rows.reduce((n, row) => n + row.length, 0), 0);

async function read() {
  try {
    const sheets = await ('text' in workerData ? csvSheets(workerData) : xlsxSheets(workerData));
    // Transferring cells blocks the receiver.
    return cellsIn(sheets) > workerData.mostCells ? { refusal: 'too-large' } : { sheets };
  } catch (error) {
    return { refusal: error.code === 'NO_DATA' ? 'empty' : 'broken' };
  }
}

parentPort.postMessage(await read());
