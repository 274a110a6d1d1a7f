/** The evaluation data in the shapes of the matching core. The data lies beside the project and is not part of it. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const base = process.env.EVALUATION ?? fileURLToPath(new URL('../../../../shared/evaluation/', import.meta.url));
export const file = (name) => `${base.replace(/\/?$/, '/')}${name}`;
export const isThere = () => existsSync(file('calls.jsonl'));

const text = (name) => (name.endsWith('.gz') ? gunzipSync(readFileSync(file(name))).toString('utf8') : readFileSync(file(name), 'utf8'));
export const rows = (name) => text(name).trim().split('\n').map((line) => JSON.parse(line));

const kinds = {
  'Expected Outcome': 'expected-outcome', ExpectedOutcome: 'expected-outcome', Scope: 'scope', Objective: 'objective',
  'Expected Impact': 'expected-impact', 'Specific Challenge': 'specific-challenge',
};
const heading = /(?:^|(?<=[.;:\s\])]))(Expected ?Outcome|Scope|Objective|Expected Impact|Specific Challenge):/;

/** The portal's sections were run together in this corpus; their headings part them again. */
export function sections(description) {
  const parts = description.split(heading);
  const named = [];
  for (let i = 1; i < parts.length; i += 2) named.push({ kind: kinds[parts[i]] ?? 'other', title: parts[i], text: parts[i + 1].trim() });
  return [{ kind: 'summary', title: '', text: parts[0].trim() }, ...named].filter((s) => s.text !== '');
}

/** A row of topics.jsonl.gz as the matching reads a call. */
export const topicCall = (t) => ({
  language: 'en', title: t.title, keywords: t.keywords ?? [], callTitle: t.callTitle ?? null, destination: t.destination ?? null,
  sections: [...sections(t.description), ...(t.conditions ? [{ kind: 'conditions', title: '', text: t.conditions }] : [])],
});

/** A row of calls.jsonl, without its text. */
export const benchmarkCall = (c) => ({
  language: 'en', title: c.title, keywords: [], callTitle: null, destination: c.division ?? null, sections: [],
});
