// Runs a model in a separate thread: it uses the processor without a pause, and the main thread would answer
// nobody meanwhile. Plain JavaScript, since a thread starts from a file that Node can read; all decisions are
// made by the caller.
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { folder, importFrom, precision } = workerData;

class Missing extends Error {}

/** The package is not a dependency: it is larger than all the others together, and few need it. */
async function library() {
  try {
    const file = createRequire(join(importFrom, 'here.js')).resolve('@huggingface/transformers');
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new Missing(error.message.split('\n')[0]);
  }
}

async function load() {
  const { env, pipeline } = await library();
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(folder);
  // Half of the processors: the other half serves requests.
  const threads = Math.max(1, Math.floor(availableParallelism() / 2));
  return pipeline('feature-extraction', basename(folder), {
    dtype: precision,
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
}

let model;

async function vectorsOf(texts) {
  // A failed load is retried with the next request: the package may have been installed meanwhile.
  model ??= load().catch((error) => {
    model = undefined;
    throw error;
  });
  const extract = await model;
  const vectors = [];
  // One at a time: in a batch, short texts are padded to the length of the longest.
  for (const text of texts)
    vectors.push(Float32Array.from((await extract(text, { pooling: 'mean', normalize: true })).data));
  return vectors;
}

async function answer({ id, texts }) {
  try {
    return { id, vectors: await vectorsOf(texts) };
  } catch (error) {
    return error instanceof Missing
      ? { id, missing: error.message }
      : { id, failed: error?.message ?? String(error) };
  }
}

// One after the other: the library does not say whether a model can take two requests at once.
let last = Promise.resolve();
parentPort.on('message', (question) => {
  last = last.then(async () => parentPort.postMessage(await answer(question)));
});
