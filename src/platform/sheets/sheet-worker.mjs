// Reads a workbook or a CSV in a thread of its own: a file of 2 MB can hold the process for seconds, in which
// it answers nobody. Plain JavaScript, since a thread begins with a file as Node reads it; what may be read
// at all is decided by who starts it.
import { parentPort, workerData } from 'node:worker_threads';
import { parse } from 'csv-parse/sync';
import readExcelFile from 'read-excel-file/node';

/** The apostrophe that our own tables put before what a spreadsheet would take for a formula. */
const GUARD = /^'(?=\s*[=+\-@\t\r＝＋－＠])/;
const MINUTE_MS = 60_000;

/** A day as Excel counts it is a fraction, which falls a little short of the minute that was meant. */
const dayText = (date) =>
  new Date(Math.round(date.getTime() / MINUTE_MS) * MINUTE_MS).toISOString().slice(0, 10);

function textOf(value) {
  if (value === null) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : dayText(value);
  return String(value).trim();
}

const csvSheets = ({ text, options }) => [
  { name: '', rows: parse(text, options).map((row) => row.map((cell) => cell.replace(GUARD, '').trim())) },
];

async function xlsxSheets({ bytes }) {
  const sheets = await readExcelFile(Buffer.from(bytes));
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
}

const cellsIn = (sheets) =>
  sheets.reduce((sum, { rows }) => sum + rows.reduce((n, row) => n + row.length, 0), 0);

async function read() {
  try {
    const sheets = await ('text' in workerData ? csvSheets(workerData) : xlsxSheets(workerData));
    // Handing cells over holds who takes them.
    return cellsIn(sheets) > workerData.mostCells ? { refusal: 'too-large' } : { sheets };
  } catch (error) {
    return { refusal: error.code === 'NO_DATA' ? 'empty' : 'broken' };
  }
}

parentPort.postMessage(await read());
