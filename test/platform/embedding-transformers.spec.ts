import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { modelFolderProblems } from '../../src/platform/embedding/model-folder.js';
import { TransformersEmbedder } from '../../src/platform/embedding/transformers.embedder.js';
import { aText, cosine, embedderSuite } from '../support/matching/embedder-suite.js';
import { tinyModel } from '../support/matching/tiny-model.js';
import { describeWithTransformers } from '../support/matching/transformers.js';
import { beforeRelease, RELEASE } from '../support/release.js';

const folders: string[] = [];
const model = (name: string, seed?: number): string => {
  const folder = tinyModel(name, seed);
  folders.push(dirname(folder));
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe('a folder with a model', () => {
  it('says what is missing in it', () => {
    const folder = model('tiny');
    expect(modelFolderProblems(folder)).toEqual([]);
    expect(modelFolderProblems(undefined)).toEqual([]);
    rmSync(join(folder, 'tokenizer.json'));
    rmSync(join(folder, 'onnx/model.onnx'));
    expect(modelFolderProblems(folder)).toEqual([
      expect.stringMatching(
        /^EMBEDDING_MODEL_DIR holds no model: tokenizer.json, onnx\/model.onnx missing in .*tiny\. Fix: /,
      ),
    ]);
    expect(modelFolderProblems(join(folder, 'nowhere'))).toHaveLength(1);
  });

  it('has another name where another model lies in it, and the same one wherever it lies', () => {
    const nameOf = (folder: string, name?: string): string =>
      new TransformersEmbedder({ folder, name }).model;
    const folder = model('tiny');
    expect(nameOf(folder)).toMatch(/^onnx-2 tiny [0-9a-f]{12}$/);
    const elsewhere = mkdtempSync(join(tmpdir(), 'carnot-europe-model-'));
    folders.push(elsewhere);
    cpSync(folder, join(elsewhere, 'tiny'), { recursive: true });
    expect(nameOf(join(elsewhere, 'tiny'))).toBe(nameOf(folder));
    expect(nameOf(model('tiny', 8))).not.toBe(nameOf(folder));
    expect(nameOf(folder, 'other')).toMatch(/^onnx-2 other /);
    writeFileSync(join(folder, 'config.json'), '{}');
    expect(nameOf(join(elsewhere, 'tiny'))).not.toBe(nameOf(folder));
  });

  it('without the package says how to install it', async () => {
    const embedder = new TransformersEmbedder({ folder: model('tiny'), importFrom: tmpdir() });
    await expect(embedder.embed([aText('x')])).rejects.toMatchObject({
      kind: 'ModelFailed',
      retryPolicy: 'person',
      message: expect.stringContaining('npm install --no-save @huggingface/transformers'),
    });
    await embedder.close();
  });
});

/** Half a gigabyte is installed for it. */
const withTransformers = RELEASE
  ? describeWithTransformers
  : (name: string) => beforeRelease(name)(name, () => it('is read', () => undefined));
withTransformers('a model of a folder', (importFrom) => {
  let embedder: TransformersEmbedder;
  let e5: TransformersEmbedder;
  beforeAll(() => {
    embedder = new TransformersEmbedder({ folder: model('tiny'), importFrom });
    e5 = new TransformersEmbedder({ folder: model('tiny-e5'), importFrom });
  });
  afterAll(() => Promise.all([embedder.close(), e5.close()]));

  embedderSuite(() => embedder);

  it('is read as it is', async () => {
    const [ab, ba, twice] = await embedder.embed(['ab', 'ba', 'abab'].map((text) => aText(text)));
    expect(cosine(ab!, ba!)).toBeCloseTo(1, 5);
    expect(cosine(ab!, twice!)).toBeCloseTo(1, 5);
  });

  it('is given the prefix that it was trained with', async () => {
    const [competence, call] = await e5.embed([aText('wind', { kind: 'competence' }), aText('wind')]);
    expect(cosine(competence!, call!)).toBeLessThan(0.999);
    const [typed] = await embedder.embed([aText('query: wind')]);
    expect(cosine(competence!, typed!)).toBeCloseTo(1, 5);
  });

  it('that is none says so', async () => {
    const broken = model('broken');
    writeFileSync(join(broken, 'onnx/model.onnx'), 'no model');
    const failing = new TransformersEmbedder({ folder: broken, importFrom });
    await expect(failing.embed([aText('x')])).rejects.toMatchObject({
      kind: 'ModelFailed',
      retryPolicy: 'person',
      message: expect.stringContaining('cannot be run'),
    });
    await failing.close();
  });

  it('that is ended in the middle says that it may be tried again, and is there again', async () => {
    const texts = Array.from({ length: 50 }, (_, i) => aText(`text ${i}`));
    const ended = embedder.embed(texts).then(
      () => 'was done',
      (error: { retryPolicy: string }) => error.retryPolicy,
    );
    await embedder.close();
    expect(['later', 'was done']).toContain(await ended);
    expect(await embedder.embed(texts)).toHaveLength(50);
  });

  it('leaves the process free meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await embedder.embed(Array.from({ length: 200 }, () => aText('wind '.repeat(300))));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});
