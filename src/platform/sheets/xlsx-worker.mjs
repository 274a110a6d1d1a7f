// Writes Excel workbooks in a thread of its own: to fit thousands of lines together takes seconds, in which a
// process answers nobody. Plain JavaScript, since a thread begins with a file as Node reads it; all that is
// decided is decided by who starts it.
import { parentPort } from 'node:worker_threads';
import writeExcelFile from 'write-excel-file/node';
import { getOrderOfSiblings, insertElementMarkupAccordingToOrderOfSiblings } from 'write-excel-file/utility';

/** Excel wants the parts of a file in the order of ECMA-376, and calls the file damaged else. */
function inserted(xml, { file, parent, markup }) {
  const order = getOrderOfSiblings(file, parent);
  if (!order) throw new Error(`the order of the parts of ${file} is not known`);
  return insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, parent);
}

/** One addition to a file of the workbook, as the writer takes it. */
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

parentPort.on('message', async ({ cells, options, additions }) => {
  const bytes = new Uint8Array(
    await writeExcelFile(cells, options, { features: additions.map(feature) }).toBuffer(),
  );
  parentPort.postMessage(bytes, [bytes.buffer]);
});
