import type { EmbeddedText, Embedder } from '../../../src/kernel/ports.js';

export const aText = (text: string, told: Partial<EmbeddedText> = {}): EmbeddedText => ({
  text,
  language: 'en',
  kind: 'call',
  ...told,
});

const TEXTS = [
  'Offshore wind turbines in deep water',
  'Valorisation énergétique des déchets',
  'Fermentation of lignocellulose',
  'Robotique médicale à l’hôpital',
  'Quantum sensors',
  'Batteries without cobalt',
  'a',
  '???',
  'Œuvre numérique',
  '日本語の文',
];
/** More than fit into one request. */
const MANY = Array.from({ length: 70 }, (_, i) => aText(`${TEXTS[i % TEXTS.length]} ${'x'.repeat(i)}`));

const length = (vector: Float32Array): number => Math.hypot(...vector);
export const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const farthest = (a: Float32Array, b: Float32Array): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i]!)), a.length - b.length);

/** What every embedding model must do alike. */
export function embedderSuite(embedder: () => Embedder): void {
  const one = async (text: EmbeddedText): Promise<Float32Array> => (await embedder().embed([text]))[0]!;

  it('has a name that stays', () => {
    expect(embedder().model).toMatch(/\S/);
    expect(embedder().model).toBe(embedder().model);
  });

  it('gives a vector of length one for each text, all of one size', async () => {
    const vectors = await embedder().embed(TEXTS.map((text) => aText(text)));
    expect(vectors).toHaveLength(TEXTS.length);
    expect(new Set(vectors.map((v) => v.length)).size).toBe(1);
    for (const vector of vectors) {
      expect(vector).toBeInstanceOf(Float32Array);
      expect(length(vector)).toBeCloseTo(1, 5);
    }
  });

  it('gives the same text the same vector, and others another', async () => {
    const [a, again, other] = await embedder().embed([aText(TEXTS[0]!), aText(TEXTS[0]!), aText(TEXTS[2]!)]);
    expect(farthest(a!, again!)).toBeLessThan(1e-6);
    expect(farthest(a!, await one(aText(TEXTS[0]!)))).toBeLessThan(1e-4);
    expect(farthest(a!, other!)).toBeGreaterThan(1e-3);
  });

  it('keeps the order, however many there are, and gives in company what it gives alone', async () => {
    const all = await embedder().embed(MANY);
    const backwards = await embedder().embed([...MANY].reverse());
    expect(all).toHaveLength(MANY.length);
    all.forEach((vector, i) => expect(farthest(vector, backwards[MANY.length - 1 - i]!)).toBeLessThan(1e-4));
    for (const i of [0, 31, 32, 69]) expect(farthest(all[i]!, await one(MANY[i]!))).toBeLessThan(1e-4);
  });

  it('has nothing to say of no text', async () => {
    expect(await embedder().embed([])).toEqual([]);
  });

  it.each([
    ['an empty text', ''],
    ['white space', ' \n\t '],
    ['a very long text', 'Énergie éolienne en mer. '.repeat(8_000)],
    ['long text of signs that are two characters', '🌊'.repeat(5_000)],
    ['one long word', 'w'.repeat(50_000)],
  ])('takes %s', async (_name, text) => {
    const [vector, neighbour] = await embedder().embed([aText(text), aText(TEXTS[0]!)]);
    expect(length(vector!)).toBeCloseTo(1, 5);
    expect(farthest(neighbour!, await one(aText(TEXTS[0]!)))).toBeLessThan(1e-4);
  });

  it('reads French accents in both ways in which they are written', async () => {
    const [composed, apart] = await embedder().embed(
      ['NFC', 'NFD'].map((form) =>
        aText('Procédés à l’échelle pilote, hétérogènes'.normalize(form), { language: 'fr' }),
      ),
    );
    expect(farthest(composed!, apart!)).toBeLessThan(1e-6);
  });

  it('does not begin for who has left, and is there for the next', async () => {
    const left = new AbortController();
    left.abort(new Error('left before'));
    await expect(embedder().embed(MANY, left.signal)).rejects.toThrow('left before');
    expect(length(await one(aText('next')))).toBeCloseTo(1, 5);
  });

  it('lets go who leaves meanwhile, and is there for the next', async () => {
    const leaving = new AbortController();
    const answer = embedder()
      .embed(MANY, leaving.signal)
      .then(
        () => 'was done',
        (error: Error) => error.message,
      );
    leaving.abort(new Error('left meanwhile'));
    expect(['was done', 'left meanwhile']).toContain(await answer);
    expect(length(await one(aText('next')))).toBeCloseTo(1, 5);
  });
}
