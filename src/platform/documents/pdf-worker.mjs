// Prints PDFs in a separate thread: loading the library and its fonts takes half a second, in which a process
// would answer nobody. Plain JavaScript, since a thread starts from a file that Node can read; it contains
// only what cannot be passed to a thread, namely functions.
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import pdfmake from 'pdfmake';

const fonts = createRequire(import.meta.url)('pdfmake/fonts/Roboto.js');
const own = new Set(Object.values(fonts.Roboto));
pdfmake.setFonts(fonts);
// Only its own fonts are opened, whatever a document says.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => own.has(path));

/** The content of the document under way; what it is comes behind it. */
let content = [];

parentPort.on('message', async ({ content: more, definition, foot, line }) => {
  if (more) return void content.push(...more);
  const whole = content;
  content = [];
  // Rules between rows only, as on our pages.
  pdfmake.addTableLayouts({
    ruled: {
      hLineWidth: (i, { table }) => (i === 0 || i === table.body.length ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => line,
      paddingLeft: () => 4,
      paddingRight: () => 4,
      paddingTop: () => 2,
      paddingBottom: () => 2,
    },
  });

  const bytes = new Uint8Array(
    await pdfmake
      .createPdf({
        ...definition,
        content: whole,
        footer: (page, pages) => ({
          ...foot,
          columns: [...foot.columns, { text: `${page} / ${pages}`, width: 'auto' }],
        }),
        // No heading is left alone at the foot of a page.
        pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
          node.headlineLevel !== undefined && getFollowingNodesOnPage().length === 0,
      })
      .getBuffer(),
  );
  parentPort.postMessage(bytes, [bytes.buffer]);
});
