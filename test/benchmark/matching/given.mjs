/**
 * The input common to all: profiles, their words, fields with boosts, and how a process reports its figures.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { headings } from '../../../dist/matching/domain/index/fields.js';
import { MatchingSettings } from '../../../dist/matching/domain/scoring/settings.js';
import { toEnd } from '../../../dist/kernel/time-slices.js';
import { Terminology } from '../../../dist/matching/domain/analysis/terminology.js';
import { competenceTerms } from '../../../dist/matching/domain/analysis/terms.js';
import { tokenise } from '../../../dist/matching/domain/analysis/tokenise.js';
import { Profile } from '../../../dist/profiles/domain/profile.js';
import { madeCalls } from './made-calls.mjs';

const [data, count] = process.argv.slice(2);
const folder = join(import.meta.dirname, '../../../config/institutes');
export const settings = MatchingSettings.parse({});
export const profiles = readdirSync(folder).map((name) =>
  Profile.parse(parse(readFileSync(join(folder, name), 'utf8'))),
);
export const KEPT = { floor: 40, limit: 200 };

/** The calls, and one more that arrives later. */
export function* calls() {
  for (const made of madeCalls(data, Number(count) + 1)) if (made.id !== `made-${count}`) yield made;
}
export const newCall = () => [...madeCalls(data, Number(count) + 1)].at(-1);

/** The fields in which made calls have words. */
export const boosts = {
  title: settings.fieldWeights.title,
  callTitle: settings.fieldWeights.callTitle,
  'expected-outcome': settings.fieldWeights.sections['expected-outcome'],
  scope: settings.fieldWeights.sections.scope,
};
export const textOf = (call, field) =>
  (headings.includes(field) ? call[field] : call.sections.find((s) => s.kind === field)?.text) ?? '';

/** Returns every word the profile looks for, once, as written there. */
export function wordsOf(profile) {
  const words = new Map();
  for (const competence of profile.competences.filter((c) => c.weight > 0)) {
    for (const { text } of toEnd(
      competenceTerms(competence, { language: 'en', usual: 'en', terminology: Terminology.none }, settings),
    ).terms) {
      for (const token of tokenise(text, 'en')) words.set(token.stem, text.slice(token.start, token.end));
    }
  }
  return [...words.values()];
}

export const tell = (name, value) => process.send([name, value]);
export const median = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];

/** Typical searches: a few words, in the language of the institute. */
export const searches = profiles.slice(0, 20).map(({ competences }) => competences[0].label);

/** Reports how long the typical searches take. */
export function tellSearches(find) {
  for (const words of searches) find(words);
  const each = searches.map((words) => timed(() => find(words)).ms);
  tell('search', median(each));
  tell('searchMost', Math.max(...each));
}

export function timed(work) {
  const began = performance.now();
  const result = work();
  return { ms: performance.now() - began, result };
}

/** Returns the memory that the process holds after garbage collection. */
export function held() {
  for (let i = 0; i < 3; i += 1) globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { memory: heapUsed + external, resident: rss };
}

export function tellMemory(before) {
  const now = held();
  tell('memory', now.memory - before.memory);
  tell('resident', now.resident - before.resident);
}
