// Writes Excel workbooks in a separate thread: assembling thousands of lines takes seconds, in which a
// process would answer nobody. Plain JavaScript, since a thread starts from a file that Node can read; all
// decisions are made by the caller.
import { parentPort } from 'node:worker_threads';
import writeExcelFile from 'write-excel-file/node';
import { getOrderOfSiblings, insertElementMarkupAccordingToOrderOfSiblings } from 'write-excel-file/utility';

/** Excel requires elements in the order of ECMA-376, and otherwise calls the file damaged. */
function inserted(xml, { file, parent, markup }) {
  const order = getOrderOfSiblings(file, parent);
  if (!order) throw new Error(`the order of the parts of ${file} is not known`);
  return insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, parent);
}

/** Returns one addition to a file of the workbook, in the writer's form. */
function feature(addition) {
  const { file, replaces, parent, markup } = addition;
  if (replaces !== undefined)
    return { files: { transform: { [file]: { transform: (xml) => xml.replace(replaces, () => markup) } } } };
  return {
    files: {
      transform: {
        [file]:
          parent === undefined ? { insert: () => markup } : { transform: (xml) => inserted(xml, addition) },
      },
    },
  };
}

/** The rows of the workbook under way; its options come behind them. */
let cells = [];

parentPort.on('message', async ({ cells: more, options, additions }) => {
  if (more) return void cells.push(...more);
  const whole = cells;
  cells = [];
  const bytes = new Uint8Array(
    await writeExcelFile(whole, options, { features: additions.map(feature) }).toBuffer(),
  );
  parentPort.postMessage(bytes, [bytes.buffer]);
});
