import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { MatchableCall } from '../../matching/domain/index/fields.js';
import { CarnotError } from '../../kernel/errors.js';

const text = z
  .string()
  .nullish()
  .transform((x) => x ?? null);

/** A call of `calls.jsonl`, or of `topics.jsonl.gz`, which names the same things differently. */
const ListedCall = z.union([
  z
    .object({ id: z.string(), identifier: text, title: z.string(), division: text, text, typeOfAction: text })
    .transform(({ typeOfAction, ...call }) => ({ ...call, type: typeOfAction })),
  z
    .object({ topicId: z.string(), title: z.string(), description: text, actionType: text })
    .transform(({ topicId, title, description, actionType }) => ({
      id: topicId,
      identifier: null,
      title,
      division: null,
      text: description,
      type: actionType,
    })),
]);
export type ListedCall = z.infer<typeof ListedCall>;

const ListedProject = z.object({
  id: z.string(),
  acronym: text,
  title: z.string(),
  objective: text,
  start: text,
  division: text,
  topics: z.array(z.object({ code: z.string(), title: text })),
  organisations: z.array(z.object({ id: z.string(), role: text, country: text })),
});
export type ListedProject = z.infer<typeof ListedProject>;

const ListedOrganisation = z.object({ id: z.string(), name: text });

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Reads a file with one JSON value per line, compressed or not. An invalid line throws an error that names
 * it.
 */
export function linesOf<T>(path: string, form: z.ZodType<T>): T[] {
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim());
  return lines.map((line, i) => {
    const read = form.safeParse(jsonIn(line));
    if (read.success) return read.data;
    throw new CarnotError('BadLine', `${path}: line ${i + 1}: ${z.prettifyError(read.error)}`, 'person');
  });
}

export const callsIn = (path: string): ListedCall[] => linesOf(path, ListedCall);
export const projectsIn = (folder: string): ListedProject[] =>
  linesOf(join(folder, 'history.jsonl.gz'), ListedProject);
export const organisationsIn = (folder: string): z.infer<typeof ListedOrganisation>[] =>
  linesOf(join(folder, 'organisations.jsonl'), ListedOrganisation);

/** The kinds of calls by the portal's reference: no other field of the lists tells them. */
const KINDS: [reference: RegExp, kind: NonNullable<MatchableCall['kind']>][] = [
  [/COMPETITIVE_CALL/, 'cascade'],
  [/PROSPECTS/, 'external-action'],
];

/** Converts a listed call for the matcher. Older programmes have a division in place of a destination. */
export const matchable = ({
  id,
  identifier,
  title,
  division,
  text: body,
  type,
}: ListedCall): MatchableCall => ({
  identifier: identifier ?? id,
  kind: KINDS.find(([reference]) => reference.test(id))?.[1] ?? 'grant',
  typesOfAction: type === null ? [] : [type],
  language: 'en',
  title,
  keywords: [],
  callTitle: null,
  destination: division,
  sections: body === null ? [] : [{ kind: 'scope', title: '', text: body }],
});
