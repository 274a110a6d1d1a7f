import MiniSearch from 'minisearch';
import { bare, fold, stem } from '../../../dist/kernel/stem.js';
import { isStopWord } from '../../../dist/matching/domain/analysis/tokenise.js';
import {
  boosts,
  calls,
  held,
  median,
  newCall,
  profiles,
  tell,
  tellMemory,
  tellSearches,
  textOf,
  timed,
  wordsOf,
} from './given.mjs';

const FEW = 10;

function processTerm(word) {
  const folded = fold(word);
  return isStopWord(word, bare(folded), 'en') ? null : stem(folded, 'en');
}

const fields = Object.keys(boosts);
const documentOf = ({ id, call }) => ({
  id,
  ...Object.fromEntries(fields.map((field) => [field, textOf(call, field)])),
});
const later = newCall();
const before = held();
const index = new MiniSearch({ fields, processTerm });
let indexing = 0;
for (const made of calls()) indexing += timed(() => index.add(documentOf(made))).ms;
tell('index', indexing);
tellMemory(before);

const search = (profile, more = {}) =>
  index.search(wordsOf(profile).join(' '), { combineWith: 'OR', boost: boosts, ...more });
search(profiles[0]);
const each = profiles.slice(0, FEW).map((profile) => timed(() => search(profile).slice(0, 200)).ms);
tell('one', median(each));
tell('oneEvidence', median(each));
tell('all', (each.reduce((a, b) => a + b, 0) * profiles.length) / FEW);
tell('scaled', true);
tellSearches((words) => index.search(words, { combineWith: 'AND', boost: boosts }));

const put = timed(() => index.add(documentOf(later))).ms;
const few = timed(() =>
  profiles.slice(0, FEW / 2).forEach((profile) => search(profile, { filter: ({ id }) => id === later.id })),
).ms;
tell('freshIndex', put);
tell('fresh', put + (few * profiles.length) / (FEW / 2));
tell('newScaled', true);
process.disconnect();
