import writeExcelFile from 'write-excel-file/node';
import type { Page } from 'playwright-core';
import { readSheets } from '../../../src/platform/sheets/sheet-reader.js';
import { aCall } from '../matching/calls.js';
import { startInbox, type InboxTest } from './inbox.js';
import { aProfile } from '../matching/profiles.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const WIND = [
  {
    kind: 'scope' as const,
    title: 'Scope',
    text: 'Floating foundations of a wind turbine far from the shore, and offshore wind farms.',
  },
];

/**
 * Starts two wind institutes with five calls that fit both: `HORIZON-W1` to `HORIZON-W5`, titled "Wind one"
 * to "Wind five".
 */
export const startSheets = (): Promise<InboxTest> =>
  startInbox(
    [aProfile('wind-a'), aProfile('wind-b')],
    ['one', 'two', 'three', 'four', 'five'].map((name, i) =>
      aCall(`W${i + 1}`, {
        title: `Wind ${name}`,
        identifier: `HORIZON-W${i + 1}-2027-01`,
        sections: WIND,
        url: `https://portal.example.org/w${i + 1}`,
      }),
    ),
  );

/** Returns a file as a user's Excel would save it. */
export const workbook = (rows: (string | null)[][]): Promise<Buffer> =>
  writeExcelFile(rows, { sheet: 'Veille' }).toBuffer();

/** Returns the rows of a received file, keyed by heading. */
export async function linesOf(response: Response): Promise<Record<string, string>[]> {
  const [sheet] = await readSheets(Buffer.from(await response.arrayBuffer()));
  const [head, ...rows] = sheet!.rows;
  return rows.map((row) => Object.fromEntries(head!.map((heading, i) => [heading, row[i] ?? ''])));
}

export const get = (url: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(new URL(path, url), { headers, redirect: 'manual' });
export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** Returns a form with a file, as a browser or a program sends it. */
export function formWith(bytes: Buffer | string, name: string): FormData {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(Buffer.from(bytes))]), name);
  return form;
}

/** Selects a file in the browser and uploads it. */
export async function upload(page: Page, bytes: Buffer, name: string, button: string): Promise<void> {
  await page.setInputFiles('#sheet-file', { name, mimeType: XLSX, buffer: bytes });
  await page.getByRole('button', { name: button }).click();
}
