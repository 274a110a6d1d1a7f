// Prints PDFs in a thread of its own: to load the writer and its fonts takes half a second, in which a
// process answers nobody. Plain JavaScript, since a thread begins with a file as Node reads it; here stands
// only what cannot be told to a thread, which are functions.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import pdfmake from 'pdfmake';

const fonts = createRequire(import.meta.url)('pdfmake/fonts/Roboto.js');
const own = new Set(Object.values(fonts.Roboto));
pdfmake.setFonts(fonts);
// It opens its own fonts and nothing else, whatever a document says.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => own.has(path));

parentPort.on('message', async ({ definition, foot, line }) => {
  // Lines between the rows only, as on our pages.
  pdfmake.addTableLayouts({
    ruled: {
      hLineWidth: (i, { table }) => (i === 0 || i === table.body.length ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: () => 4,
      paddingRight: () => 4,
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
  });

  const bytes = new Uint8Array(
    await pdfmake
      .createPdf({
        ...definition,
        footer: (page, pages) => ({
          ...foot,
          columns: [...foot.columns, { text: `${page} / ${pages}`, width: 'auto' }],
        }),
        // A heading is not left alone at the foot of a page.
        pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
          node.headlineLevel !== undefined && getFollowingNodesOnPage().length === 0,
      })
      .getBuffer(),
  );
  parentPort.postMessage(bytes, [bytes.buffer]);
});
