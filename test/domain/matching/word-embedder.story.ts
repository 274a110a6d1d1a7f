import { WordEmbedder } from '../../../src/matching/domain/semantic/word-vectors.js';
import { aText, cosine, embedderSuite } from '../../support/matching/embedder-suite.js';
import { shippedModel } from '../../support/matching/shipped-model.js';

describe('the built-in model', () => {
  const { vectors, terminology } = shippedModel();
  const embedder = new WordEmbedder(vectors, terminology);
  embedderSuite(() => embedder);

  it('reads what is alike as near, in either language', async () => {
    const [turbine, wind, french, cattle] = await embedder.embed([
      aText('Offshore wind turbines'),
      aText('Wind energy at sea'),
      aText('Éoliennes en mer', { language: 'fr' }),
      aText('Dairy cattle and their feed'),
    ]);
    for (const near of [wind!, french!])
      expect(cosine(turbine!, near)).toBeGreaterThan(cosine(turbine!, cattle!) + 0.3);
  });
});
