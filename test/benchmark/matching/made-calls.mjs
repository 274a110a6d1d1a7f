/**
 * Any number of calls made of real ones: the title of one topic, and runs of sentences from it and from two
 * others of about the same length. The same number gives the same calls on every machine.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The approximate number of words in a call. */
const WORDS = 600;
/** The topics that make up one call are at most this many places apart when ordered by length. */
const NEIGHBOURS = 60;

function readTopics(folder) {
  const file = join(folder, 'topics.jsonl.gz');
  if (!existsSync(file))
    throw new Error(
      `There is no ${file}. Say with --data where the evaluation data is (topics.jsonl.gz, 1,313 real topics).`,
    );
  const topics = gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return topics
    .map((t) => ({
      ...t,
      sentences: t.description
        .split(/(?<=[.;:!?])\s+/)
        .map((text) => ({ text, words: text.split(/\s+/).length })),
    }))
    .sort((a, b) => a.description.length - b.description.length || (a.topicId < b.topicId ? -1 : 1));
}

/** Returns a generator of pseudo-random numbers that are the same on every run. */
function lottery(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Returns sentences from a random place in the topic, up to this many words or to its end. */
function run(topic, words, pick) {
  const taken = [];
  let left = words;
  for (let i = pick(topic.sentences.length), n = 0; left > 0 && n < topic.sentences.length; i += 1, n += 1) {
    const sentence = topic.sentences[i % topic.sentences.length];
    taken.push(sentence.text);
    left -= sentence.words;
  }
  return taken.join(' ');
}

/** Yields the calls one by one, as `{ id, call }`; they are never all in memory. */
export function* madeCalls(folder, count, seed = 1) {
  const topics = readTopics(folder);
  const pick = lottery(seed);
  for (let i = 0; i < count; i += 1) {
    const at = pick(topics.length);
    const near = () =>
      topics[Math.min(topics.length - 1, Math.max(0, at + pick(2 * NEIGHBOURS + 1) - NEIGHBOURS))];
    const [first, second, third] = [topics[at], near(), near()];
    const sections = [
      { kind: 'expected-outcome', title: '', text: run(second, WORDS / 4, pick) },
      { kind: 'scope', title: '', text: `${run(first, WORDS / 2, pick)}\n${run(third, WORDS / 4, pick)}` },
    ];
    yield {
      id: `made-${i}`,
      call: {
        language: 'en',
        title: first.title,
        keywords: [],
        callTitle: first.callTitle || null,
        destination: null,
        sections,
      },
    };
  }
}
