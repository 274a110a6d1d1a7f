import { CallIndex } from '../../../dist/matching/domain/index/call-index.js';
import { settings } from './given.mjs';
import { measureIndex } from './of-index.mjs';

/** The best calls by words alone, with evidence. */
function* ranking(index, profile, { only, floor = 0, limit = Infinity }) {
  const { raw, ids, matchFor } = yield* index.rawScores(profile, settings, only);
  const asked = only ? [...only].map((id) => index.numberOf(id)) : ids.keys();
  const found = [];
  for (const number of asked)
    if (ids[number] !== undefined && raw[number] > 0) found.push({ id: ids[number], raw: raw[number] });
  const best = found.sort((a, b) => b.raw - a.raw).slice(0, limit);
  const kept = [];
  for (const { id } of best) {
    const match = matchFor(id);
    if (match.score < floor) break;
    kept.push({ id, match });
    yield;
  }
  return kept;
}

measureIndex({
  make: () => new CallIndex(),
  expect: (index, profiles) => index.lookFor(profiles, settings),
  ranking,
  scores: (index, profile) => index.rawScores(profile, settings),
});
