import { calls, held, KEPT, median, newCall, profiles, tell, tellMemory, timed } from './given.mjs';

const took = [];
let longest = { ms: 0, of: '' };
/** Runs the steps to the end, like `toEnd`, and records how long each takes and what it is one `of`. */
function run(steps, of) {
  for (let began = performance.now(); ;) {
    const { done, value } = steps.next();
    const now = performance.now();
    took.push(now - began);
    if (now - began > longest.ms) longest = { ms: now - began, of };
    began = now;
    if (done) return value;
  }
}

/**
 * Measures one of our indexes: `make` creates one that takes calls with `put`; `expect` are its steps before
 * profiles are ranked, `ranking` and `scores` those per profile; `after` makes further measurements.
 */
export function measureIndex({ make, expect, ranking, scores, after = () => undefined }) {
  const later = newCall();
  const before = held();
  const index = make();
  let indexing = 0;
  for (const { id, call } of calls()) indexing += timed(() => index.put(id, call)).ms;
  tell('index', indexing);

  const all = () =>
    profiles.reduce((sum, profile) => sum + run(ranking(index, profile, KEPT), 'ranking').length, 0);
  const first = timed(() => {
    run(expect(index, profiles), 'expecting');
    return all();
  });
  tell('allFirst', first.ms);
  tell('kept', first.result);
  tell('profiles', profiles.length);
  tellMemory(before);
  tell('all', median([1, 2, 3].map(() => timed(all).ms)));
  tell('one', median(profiles.map((profile) => timed(() => run(scores(index, profile), 'scores')).ms)));
  tell(
    'oneEvidence',
    median(profiles.map((profile) => timed(() => run(ranking(index, profile, KEPT), 'ranking again')).ms)),
  );
  took.sort((a, b) => a - b);
  tell('longest', longest.ms);
  tell('longestOf', longest.of);
  tell('long', took[Math.floor(took.length * 0.999)]);

  const fresh = Array.from({ length: 200 }, (_, i) => {
    const id = `new-${i}`;
    const put = timed(() => index.put(id, later.call)).ms;
    const only = new Set([id]);
    const scored = timed(() =>
      profiles.forEach((profile) => run(ranking(index, profile, { only }), 'a new call')),
    ).ms;
    return { put, total: put + scored };
  });
  tell('fresh', median(fresh.map((f) => f.total)));
  // Before the engine has compiled the code that handles a single call.
  tell('freshFirst', median(fresh.slice(0, 20).map((f) => f.total)));
  tell('freshIndex', median(fresh.map((f) => f.put)));
  after(index);
  process.disconnect();
}
