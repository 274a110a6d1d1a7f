import { setImmediate } from 'node:timers/promises';
import type { Block, Document, Run } from '../../kernel/document.js';
import { LOCALES } from '../../kernel/language.js';
import { FileThread } from '../threads/file-thread.js';
import { LOOK, percents, plain, runsOf } from './runs.js';

/** A block with its words as runs that can be written unchanged. */
function written(block: Block): object {
  switch (block.kind) {
    case 'heading':
      return { ...block, runs: runsOf(block.text) };
    case 'paragraph':
      return { ...block, runs: runsOf(block.words) };
    case 'list':
      return { ...block, items: block.items.map(runsOf) };
    case 'facts':
      return { ...block, rows: block.rows.map(([name, words]) => [bold(name), runsOf(words)]) };
    case 'table':
      return {
        ...block,
        head: block.head.map(bold),
        rows: block.rows.map((row) => row.map(runsOf)),
        widths: percents(block),
        numbers: block.numbers ?? [],
      };
  }
}

const bold = (text: string): Run[] => runsOf([{ text, bold: true }]);

/** The input of the thread: block by block, then what the document is. */
async function* partsOf({ title, above, language, blocks, foot }: Document): AsyncGenerator<object> {
  for (const block of blocks) {
    yield { block: written(block) };
    await setImmediate();
  }
  yield {
    document: {
      name: plain(title),
      title: runsOf(title),
      above: above === undefined ? null : runsOf(above),
      locale: LOCALES[language],
      foot: runsOf(foot),
      look: LOOK,
    },
  };
}

const WRITER = new FileThread(
  new URL('./docx-worker.mjs', import.meta.url),
  (code) => `The thread that writes a document ended with ${code}, and wrote none.`,
);

/** Returns an editable document for Word and LibreOffice, without blocking the process. */
export const writeDocx = (document: Document): Promise<Buffer> => WRITER.make(() => partsOf(document));
