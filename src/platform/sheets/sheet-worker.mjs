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

async function xlsxSheets({ files }) {
  const sheets = await readExcelFile(Buffer.from(zipSync(files, { level: 0 })));
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
