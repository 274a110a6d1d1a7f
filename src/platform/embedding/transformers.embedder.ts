import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { unitVector } from '../../kernel/unit-vector.js';
import { CarnotError } from '../../kernel/errors.js';
import type { EmbeddedText } from '../../kernel/ports.js';
import {
  type ExternalEmbedder,
  fingerprintOf,
  precisionIn,
  PREPARATION,
  preparedText,
} from './model-folder.js';

export interface ModelFolder {
  folder: string;
  /** The model's name, if the folder's name does not tell it. */
  name?: string | undefined;
  /** A folder from which @huggingface/transformers is resolved, if not from ours. */
  importFrom?: string;
}

type Answer = { id: number } & ({ vectors: Float32Array[] } | { missing: string } | { failed: string });
interface PendingEmbedding {
  resolve: (vectors: Float32Array[]) => void;
  reject: (why: Error) => void;
}

const THREAD = new URL('./transformers-worker.mjs', import.meta.url);
const HERE = fileURLToPath(new URL('.', import.meta.url));
/** Texts sent to the thread at a time: after these it may turn out that nobody is waiting any more. */
const TURN = 4;

/**
 * An ONNX sentence model in a local folder, run in a separate thread: each text takes it up to a second,
 * without a pause.
 */
export class TransformersEmbedder implements ExternalEmbedder {
  readonly model: string;
  private readonly name: string;
  private thread: Worker | null = null;
  private readonly asked = new Map<number, PendingEmbedding>();
  private last = 0;

  constructor(private readonly options: ModelFolder) {
    this.name = options.name ?? basename(options.folder);
    this.model = `onnx-${PREPARATION} ${this.name} ${fingerprintOf(options.folder)}`;
  }

  async embed(texts: readonly EmbeddedText[], signal?: AbortSignal): Promise<Float32Array[]> {
    const prepared = texts.map((text) => preparedText(text, this.name));
    const vectors: Float32Array[] = [];
    for (let i = 0; i < prepared.length; i += TURN) {
      signal?.throwIfAborted();
      vectors.push(...(await unlessAborted(this.ask(prepared.slice(i, i + TURN)), signal)));
    }
    signal?.throwIfAborted();
    return vectors.map(checked);
  }

  async close(): Promise<void> {
    await this.thread?.terminate();
  }

  private ask(texts: string[]): Promise<Float32Array[]> {
    this.thread ??= this.begun();
    const [thread, id] = [this.thread, (this.last += 1)];
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      // Someone is waiting: the process must not end meanwhile.
      thread.ref();
      thread.postMessage({ id, texts });
    });
  }

  private begun(): Worker {
    const { folder, importFrom = HERE } = this.options;
    const thread = new Worker(THREAD, { workerData: { folder, importFrom, precision: precisionIn(folder) } });
    thread.on('message', (answer: Answer) => this.answered(thread, answer));
    thread.on('error', (cause) => this.ended(thread, cause));
    thread.on('exit', () => this.ended(thread));
    return thread;
  }

  private answered(thread: Worker, answer: Answer): void {
    const asked = this.asked.get(answer.id);
    this.asked.delete(answer.id);
    if (this.asked.size === 0) thread.unref();
    if ('vectors' in answer) asked?.resolve(answer.vectors);
    else asked?.reject(refusal(answer));
  }

  /** The next request starts another thread. */
  private ended(thread: Worker, cause?: unknown): void {
    if (this.thread !== thread) return;
    this.thread = null;
    const all = [...this.asked.values()];
    this.asked.clear();
    for (const { reject } of all)
      reject(
        new CarnotError(
          'ModelEnded',
          'the thread that runs the model in EMBEDDING_MODEL_DIR has ended',
          'later',
          { cause },
        ),
      );
  }
}

function refusal(answer: { missing: string } | { failed: string }): CarnotError {
  if ('failed' in answer)
    return new CarnotError(
      'ModelFailed',
      `the model in EMBEDDING_MODEL_DIR cannot be run: ${answer.failed}`,
      'person',
    );
  const fix =
    'Run npm install --no-save @huggingface/transformers in the folder of the program (npm ci takes it away again), or leave EMBEDDING_MODEL_DIR out.';
  return new CarnotError(
    'ModelFailed',
    `EMBEDDING_MODEL_DIR needs the package @huggingface/transformers, which cannot be loaded (${answer.missing}). ${fix}`,
    'person',
  );
}

function checked(vector: Float32Array): Float32Array {
  const unit = unitVector(vector);
  if (!unit)
    throw new CarnotError(
      'BadVectors',
      'the model in EMBEDDING_MODEL_DIR gives a vector that points nowhere: it is none of sentences, or damaged',
      'person',
    );
  return unit;
}

/** Returns the result of the work, or throws the reason of the signal if that comes first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  let leave: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', leave);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}
