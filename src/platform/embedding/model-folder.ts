import { createHash, type Hash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type EmbeddedText, type Embedder, LONGEST_EMBEDDED_TEXT } from '../../kernel/ports.js';

/** The version of the text preparation: vectors of texts prepared in different ways are not compared. */
export const PREPARATION = 2;

/**
 * E5 was trained with a word before each text (arXiv 2212.03533); its "instruct" models with another form.
 */
const E5 = /(^|[^a-z0-9])e5([^a-z0-9]|$)/i;
const prefixOf = (model: string, kind: EmbeddedText['kind']): string => {
  if (!E5.test(model) || /instruct/i.test(model)) return '';
  return kind === 'competence' ? 'query: ' : 'passage: ';
};

/** Returns the first characters of a text without splitting one. */
function cut(text: string): string {
  const end = text.charCodeAt(LONGEST_EMBEDDED_TEXT - 1);
  return text.slice(0, end >= 0xd800 && end <= 0xdbff ? LONGEST_EMBEDDED_TEXT - 1 : LONGEST_EMBEDDED_TEXT);
}

/**
 * Returns a text as the model of that name expects it. Servers refuse an empty one, and a tokenizer finds
 * nothing in it: a full stop says just as little.
 */
export function preparedText({ text, kind }: EmbeddedText, model: string): string {
  return prefixOf(model, kind) + (cut(text.normalize('NFC').replace(/\s+/g, ' ').trim()) || '.');
}

/**
 * A model supplied by the operator, in place of the built-in one. It is slower: its vectors are computed in
 * the background and stored.
 */
export interface ExternalEmbedder extends Embedder {
  /** Cancels the work in progress. */
  close(): Promise<void>;
}

/**
 * The possible files of a model (names as on Hugging Face), each with the library's word for its precision;
 * the first one found is used.
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
/** Reading a whole model takes seconds: a retrained one also differs in these parts. */
const END_BYTES = 1_000_000;

type Precision = (typeof WEIGHTS)[number][1];

const weightsIn = (folder: string) => WEIGHTS.find(([file]) => existsSync(join(folder, 'onnx', file)));

/** Returns what is missing in a folder that should contain a model. */
export function modelFolderProblems(folder: string | undefined): string[] {
  if (folder === undefined) return [];
  const missing = SETTINGS.filter((file) => !existsSync(join(folder, file)));
  if (!weightsIn(folder)) missing.push('onnx/model.onnx');
  if (!missing.length) return [];
  return [
    `EMBEDDING_MODEL_DIR holds no model: ${missing.join(', ')} missing in ${folder}. Fix: Download a model of sentences with its ONNX form, as Xenova/multilingual-e5-small from Hugging Face.`,
  ];
}

export const precisionIn = (folder: string): Precision => weightsIn(folder)?.[1] ?? 'fp32';

/** Returns what distinguishes the model in a folder from any other. */
export function fingerprintOf(folder: string): string {
  const hash = createHash('sha256');
  for (const file of SETTINGS) hash.update(readFileSync(join(folder, file)));
  const [weights] = weightsIn(folder) ?? ['none'];
  // Large models keep their weights in a separate file, model.onnx_data.
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
