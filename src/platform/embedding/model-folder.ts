import { createHash, type Hash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The files in which a model can lie, by what they are called (Hugging Face), with the word that the library
 * has for each; the first counts.
 */
const WEIGHTS = [
  ['model.onnx', 'fp32'],
  ['model_fp16.onnx', 'fp16'],
  ['model_quantized.onnx', 'q8'],
  ['model_int8.onnx', 'int8'],
  ['model_uint8.onnx', 'uint8'],
  ['model_q4.onnx', 'q4'],
] as const;
const SETTINGS = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
/** To read all of a model takes seconds: what was trained anew differs in these parts of it, too. */
const END_BYTES = 1_000_000;

export type Precision = (typeof WEIGHTS)[number][1];

const weightsIn = (folder: string) => WEIGHTS.find(([file]) => existsSync(join(folder, 'onnx', file)));

/** What is missing in a folder that is to hold a model. */
export function modelFolderProblems(folder: string | undefined): string[] {
  if (folder === undefined) return [];
  const missing = SETTINGS.filter((file) => !existsSync(join(folder, file)));
  if (!weightsIn(folder)) missing.push('onnx/model.onnx');
  if (!missing.length) return [];
  return [
    `EMBEDDING_MODEL_DIR holds no model: ${missing.join(', ')} missing in ${folder}. Fix: Download a model of sentences with its ONNX form, as Xenova/multilingual-e5-small from Hugging Face.`,
  ];
}

/** In which precision the model is kept. */
export const precisionIn = (folder: string): Precision => weightsIn(folder)?.[1] ?? 'fp32';

/** What tells the model in a folder from every other one. */
export function fingerprintOf(folder: string): string {
  const hash = createHash('sha256');
  for (const file of SETTINGS) hash.update(readFileSync(join(folder, file)));
  const [weights] = weightsIn(folder) ?? ['none'];
  // Large models keep their numbers beside it, in model.onnx_data.
  for (const file of readdirSync(join(folder, 'onnx')).sort())
    if (file.startsWith(weights)) addEnds(hash, join(folder, 'onnx', file));
  return hash.digest('hex').slice(0, 12);
}

function addEnds(hash: Hash, path: string): void {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    hash.update(`${basename(path)} ${size} `);
    for (const at of [0, Math.max(0, size - END_BYTES)]) {
      const bytes = Buffer.alloc(Math.min(size, END_BYTES));
      hash.update(bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at)));
    }
  } finally {
    closeSync(file);
  }
}
