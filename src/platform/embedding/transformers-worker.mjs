// Runs a model in a thread of its own: it takes its processor without a pause, and a process that ran it
// would answer nobody meanwhile. Plain JavaScript, since a thread begins with a file as Node reads it; all
// that is decided is decided by who starts it.
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { folder, importFrom, precision } = workerData;

class Missing extends Error {}

/** The package is not among ours: it weighs more than all the others together, and few need it. */
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
  // Half of the processors: the other half is for those who wait for an answer.
  const threads = Math.max(1, Math.floor(availableParallelism() / 2));
  return pipeline('feature-extraction', basename(folder), {
    dtype: precision,
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
}

let model;

async function vectorsOf(texts) {
  // What failed is tried again with the next question: the package may have been installed meanwhile.
  model ??= load().catch((error) => {
    model = undefined;
    throw error;
  });
  const extract = await model;
  const vectors = [];
  // One at a time: side by side, the short ones are filled up to the length of the longest.
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

// One after the other: the library does not say whether a model may be asked twice at once.
let last = Promise.resolve();
parentPort.on('message', (question) => {
  last = last.then(async () => parentPort.postMessage(await answer(question)));
});
