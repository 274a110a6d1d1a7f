import { DataSource, type DataSourceOptions } from 'typeorm';
import { textHash } from '../../src/matching/domain/embedding/texts.js';
import { unitVector } from '../../src/kernel/unit-vector.js';
import { CachedEmbedder } from '../../src/matching/embedding/embed.job.js';
import { databaseOptions, migrate } from '../../src/app/database/data-source.js';
import {
  bytesOf,
  EmbeddingProgressRepository,
  EmbeddingRepository,
  vectorOf,
} from '../../src/matching/store/embedding.repository.js';
import { embedderOf } from '../../src/platform/embedding/embedder-of.js';
import { freshDatabase } from '../support/database/database.js';
import { aText, cosine, embedderSuite } from '../support/matching/embedder-suite.js';
import { EmbeddingServer } from '../support/matching/embedding-server.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-05-01T06:00:00Z');
let database: Awaited<ReturnType<typeof freshDatabase>>;
let source: DataSource;
let embeddings: EmbeddingRepository;
let progress: EmbeddingProgressRepository;
beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.url);
  source = await new DataSource((await databaseOptions(database.url)) as DataSourceOptions).initialize();
  [embeddings, progress] = [new EmbeddingRepository(source), new EmbeddingProgressRepository(source)];
});
beforeEach(() => source.query('TRUNCATE embedding, embedding_progress'));
afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

const hashOf = (text: string): string => textHash(aText(text));
/** Returns a distinct direction for each number, like a model with a few hundred dimensions. */
const vector = (n: number, size = 384): Float32Array =>
  unitVector(Array.from({ length: size }, (_, i) => Math.sin((i + 1) * (n + 1.7)) + 0.1))!;
const some = (...numbers: number[]) => new Map(numbers.map((n) => [hashOf(`text ${n}`), vector(n)]));

describe('a model whose vectors are kept', () => {
  let server: EmbeddingServer;
  let cached: CachedEmbedder;
  let model: NonNullable<ReturnType<typeof embedderOf>>;
  beforeAll(async () => {
    server = await EmbeddingServer.start();
    model = embedderOf(
      { EMBEDDING_URL: server.url, EMBEDDING_MODEL: 'bag' },
      { userAgent: 'carnot-test', maxBytes: 1_000_000 },
    )!;
    cached = new CachedEmbedder(model, embeddings);
  });
  beforeEach(() => {
    server.asked.length = 0;
  });
  afterAll(async () => {
    await model.close();
    await server.close();
  });

  embedderSuite(() => cached);

  it('is asked once for each text', async () => {
    const texts = ['a', 'b', 'a'].map((t) => aText(t));
    const vectors = await cached.embed(texts);
    expect(server.texts).toBe(2);
    expect(await cached.embed([...texts, aText('c')])).toEqual([...vectors, expect.any(Float32Array)]);
    expect(server.texts).toBe(3);
    await cached.fill(texts);
    expect(server.texts).toBe(3);
    await cached.embed([aText('a', { kind: 'competence' })]);
    expect(server.texts).toBe(4);
  });

  it('keeps nothing of what failed', async () => {
    server.fault = (response) => response.writeHead(500).end();
    await expect(cached.embed([aText('a')])).rejects.toMatchObject({ retryPolicy: 'later' });
    server.fault = null;
    expect(await cached.embed([aText('a')])).toHaveLength(1);
  });
});

describe('a kept vector', () => {
  it('takes two bytes for a number, and compares as before', () => {
    for (const [a, b] of [
      [1, 2],
      [1, 1],
      [3, 40],
      [7, 7.01],
    ] as const) {
      const [x, y] = [vector(a), vector(b)];
      expect(bytesOf(x)).toHaveLength(768);
      expect(Math.abs(cosine(vectorOf(bytesOf(x)), vectorOf(bytesOf(y))) - cosine(x, y))).toBeLessThan(1e-4);
    }
  });

  it('compares as before though one number stands out, as in some models', () => {
    const standing = (n: number): Float32Array =>
      unitVector(Float32Array.from(vector(n), (x, i) => (i === 5 ? 0.8 : x)))!;
    expect(
      Math.abs(
        cosine(vectorOf(bytesOf(standing(1))), vectorOf(bytesOf(standing(2)))) -
          cosine(standing(1), standing(2)),
      ),
    ).toBeLessThan(1e-4);
  });

  it('is found by its text and its model', async () => {
    await embeddings.store('one', some(1, 2));
    await embeddings.store('two', some(3));
    const hashes = [1, 2, 3].map((n) => hashOf(`text ${n}`));
    expect([...(await embeddings.findByHashes('one', hashes)).keys()].sort()).toEqual(
      hashes.slice(0, 2).sort(),
    );
    expect([...(await embeddings.missing('one', [...hashes, hashes[2]!]))]).toEqual([hashes[2]]);
    expect((await embeddings.findByHashes('two', hashes)).get(hashes[2]!)).toEqual(
      vectorOf(bytesOf(vector(3))),
    );
    expect(await embeddings.findByHashes('one', [])).toEqual(new Map());
  });

  it('is found among more than are asked for at once', async () => {
    await embeddings.store(
      'one',
      new Map(Array.from({ length: 6_000 }, (_, n) => [hashOf(`text ${n}`), vector(n, 8)])),
    );
    expect(
      (
        await embeddings.findByHashes(
          'one',
          Array.from({ length: 6_100 }, (_, n) => hashOf(`text ${n}`)),
        )
      ).size,
    ).toBe(6_000);
    expect(
      (
        await embeddings.missing(
          'one',
          Array.from({ length: 6_100 }, (_, n) => hashOf(`text ${n}`)),
        )
      ).size,
    ).toBe(100);
  });

  it('stays where it is made twice, side by side too, and is counted once', async () => {
    await progress.findByModel('one', NOW);
    await Promise.all([
      embeddings.store('one', some(1, 2)),
      embeddings.store('one', some(2, 3)),
      embeddings.store('one', some(3, 1)),
    ]);
    expect(await progress.findByModel('one', NOW)).toMatchObject({ added: '3', dimensions: 384 });
  });

  it('of another size under the same name is refused, and says what to do', async () => {
    await progress.findByModel('one', NOW);
    await embeddings.store('one', some(1));
    await expect(embeddings.store('one', new Map([[hashOf('x'), vector(1, 8)]]))).rejects.toMatchObject({
      retryPolicy: 'person',
      message: expect.stringContaining('another name in EMBEDDING_MODEL'),
    });
    expect(await source.query('SELECT count(*)::int AS n FROM embedding')).toEqual([{ n: 1 }]);
  });
});

describe('how far a model has come', () => {
  it('goes on from where it was, and never back', async () => {
    await progress.findByModel('one', NOW);
    await progress.advance('one', { callSeq: '12', profiles: { a: 1, b: 1 } });
    await progress.advance('one', { callSeq: '7', profiles: { b: 2 } });
    expect(await progress.findByModel('one', NOW)).toMatchObject({ callSeq: '12', profiles: { a: 1, b: 2 } });
  });

  it('says which model serves: the one that is asked for once it has read everything, until then the last one that has', async () => {
    const serving = async () => (await progress.serving('new'))?.model ?? null;
    await progress.findByModel('older', new Date(NOW.getTime() - 9 * HOUR));
    await progress.findByModel('old', new Date(NOW.getTime() - HOUR));
    await progress.findByModel('new', NOW);
    expect(await serving()).toBeNull();
    for (const model of ['old', 'older']) await progress.complete(model);
    expect(await serving()).toBe('old');
    await progress.advance('new', { callSeq: '12', profiles: { a: 3 } });
    expect(await progress.complete('new')).toBe(0);
    expect(await progress.serving('new')).toEqual({ model: 'new', callSeq: '12', profiles: { a: 3 } });
  });

  it('and its vectors go once no process has the model any more, and what was counted stays', async () => {
    for (const [model, hours] of [
      ['old', 30],
      ['yesterday', 20],
      ['present', 0],
    ] as const) {
      await progress.findByModel(model, new Date(NOW.getTime() - hours * HOUR));
      await embeddings.store(model, some(1, 2));
      await progress.advance(model, { callSeq: '9', profiles: { a: 1 } });
      await progress.complete(model);
    }
    await embeddings.forgetUnused(new Date(NOW.getTime() - 24 * HOUR));
    expect(
      await source.query('SELECT model, count(*)::int AS n FROM embedding GROUP BY 1 ORDER BY 1'),
    ).toEqual([
      { model: 'present', n: 2 },
      { model: 'yesterday', n: 2 },
    ]);
    expect(await progress.findByModel('old', NOW)).toMatchObject({
      callSeq: '0',
      profiles: {},
      added: '2',
      ready: false,
      dimensions: null,
      usedAt: NOW,
    });
  });

  it('is noted as used once an hour', async () => {
    const usedAt = async (minutes: number) =>
      (await progress.findByModel('one', new Date(NOW.getTime() + minutes * 60_000))).usedAt.getTime() -
      NOW.getTime();
    expect([await usedAt(0), await usedAt(59), await usedAt(61)]).toEqual([0, 0, 61 * 60_000]);
  });
});
