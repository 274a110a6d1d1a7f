/** The whole matcher: words in both languages through the terminology, meaning, and reasons. `ours` beside it is its words alone. */
import { Matcher } from '../../../dist/domain/matching/matcher.js';
import { Terminology } from '../../../dist/domain/matching/terminology.js';
import { readModel } from '../../../dist/platform/config/model.js';
import { readVocabulary } from '../../../dist/platform/config/vocabulary.js';
import { join } from 'node:path';
import { calls, held, KEPT, median, newCall, profiles, settings, tell, tellMemory, timed } from './given.mjs';

const took = [];
/** To the end, as `toEnd` does, with an eye on how long each step takes. */
function run(steps) {
  for (let began = performance.now(); ;) {
    const { done, value } = steps.next();
    const now = performance.now();
    took.push(now - began);
    began = now;
    if (done) return value;
  }
}

const later = newCall();
const before = held();
const config = join(import.meta.dirname, '../../../config');
const matcher = new Matcher({ ...readModel(config), terminology: Terminology.of(readVocabulary(config)), fingerprint: '' });
matcher.put('warm', later.call);
let indexing = 0;
for (const { id, call } of calls()) indexing += timed(() => matcher.put(id, call)).ms;
tell('index', indexing);

const all = () => profiles.reduce((sum, profile) => sum + run(matcher.ranking({ profile }, settings, KEPT)).length, 0);
const first = timed(all);
tell('allFirst', first.ms);
tell('kept', first.result);
tell('profiles', profiles.length);
tellMemory(before);
tell('all', median([1, 2, 3].map(() => timed(all).ms)));
tell('one', median(profiles.map((profile) => timed(() => run(matcher.pointsOfAll({ profile }, settings))).ms)));
tell('oneEvidence', median(profiles.map((profile) => timed(() => run(matcher.ranking({ profile }, settings, KEPT))).ms)));
took.sort((a, b) => a - b);
tell('longest', took.at(-1));
tell('long', took[Math.floor(took.length * 0.999)]);

const fresh = Array.from({ length: 20 }, (_, i) => {
  const id = `new-${i}`;
  const put = timed(() => matcher.put(id, later.call)).ms;
  const only = new Set([id]);
  const scored = timed(() => profiles.forEach((profile) => run(matcher.ranking({ profile }, settings, { only })))).ms;
  return { put, total: put + scored };
});
tell('fresh', median(fresh.map((f) => f.total)));
tell('freshIndex', median(fresh.map((f) => f.put)));
process.disconnect();
