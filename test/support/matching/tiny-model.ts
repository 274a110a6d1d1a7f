import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookupModel } from './onnx.js';

const SIZE = 16;
const LETTERS = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789àâäçéèêëîïôöùûüœÉÀ.,;:!?-()\'"',
];
const TOKENS = ['[PAD]', '[UNK]', ...LETTERS];

/** Returns numbers that look random and are always the same. */
function noise(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Creates a folder with a sentence model, laid out like a download, that knows only letters. */
export function tinyModel(name: string, seed = 7): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'carnot-europe-model-')), name);
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const write = (file: string, content: unknown): void =>
    writeFileSync(join(folder, file), JSON.stringify(content));
  write('config.json', {
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_size: SIZE,
    vocab_size: TOKENS.length,
  });
  write('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: 512,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
  });
  write('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    added_tokens: ['[PAD]', '[UNK]'].map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    model: {
      type: 'BPE',
      unk_token: '[UNK]',
      vocab: Object.fromEntries(TOKENS.map((token, id) => [token, id])),
      merges: [],
    },
  });
  writeFileSync(join(folder, 'onnx/model.onnx'), lookupModel(noise(TOKENS.length * SIZE, seed), SIZE));
  return folder;
}
