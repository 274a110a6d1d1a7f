import { readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { z } from 'zod';
import { explainIssue } from './explain-issue.js';
import { expectationOf } from './expectation.js';
import { parseYaml, type ParsedYaml, type Position } from './yaml-document.js';

export interface YamlProblem {
  /** The path as a person would look for it: relative to the working directory if it lies inside. */
  file: string;
  /** Both null if the problem concerns the whole file. */
  line: number | null;
  column: number | null;
  /** `competences[1].weight`; empty for the whole document. */
  path: string;
  problem: string;
  fix: string;
}

export interface YamlFile<T> {
  file: string;
  /** The parsed value; undefined exactly if there are problems. */
  value: T | undefined;
  /** The data as written, valid or not. */
  data: unknown;
  problems: YamlProblem[];
  /** Returns a problem found by the caller, with a position like the others. */
  problemAt(path: readonly PropertyKey[], problem: string, fix: string): YamlProblem;
}

export interface ReadOptions {
  /** The value of a file that is empty or has only comments; without it, that is a problem. */
  whenEmpty?: unknown;
}

/** The most problems reported: nobody fixes more than that from one list. */
const MOST_PROBLEMS = 50;

/** Reads a YAML file against a schema. Problems are collected, not thrown, so that all can be shown. */
export function readYaml<T>(path: string, schema: z.ZodType<T>, options: ReadOptions = {}): YamlFile<T> {
  const file = displayPath(path);
  const problem = problemIn(file);
  const text = readText(path);
  if (typeof text !== 'string') return failed(file, undefined, [problem(null, [], text.problem, text.fix)]);
  return readYamlText(file, text, schema, options);
}

/** Does the same for a text from anywhere; `file` is its name in problems. */
export function readYamlText<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  options: ReadOptions = {},
): YamlFile<T> {
  const problem = problemIn(file);
  const yaml = parseYaml(text);
  const problems = yaml.complaints.slice(0, MOST_PROBLEMS).map((c) => problem(c, [], c.problem, c.fix));
  const further = yaml.complaints.length - problems.length;
  if (yaml.data === undefined) return failed(file, undefined, withFurther(problems, further, problem));
  const data = yaml.data ?? options.whenEmpty ?? null;
  if (data === null)
    return failed(file, data, [problem(null, [], 'is empty', 'Fill it, or remove the file.')]);
  const checked = check(yaml, data, schema, problem);
  problems.push(...checked.problems);
  // In the order of the file, in which a person will go through it.
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const told = withFurther(problems, further + checked.further, problem);
  const problemAt: YamlFile<T>['problemAt'] = (at, what, fix) => problem(yaml.locate(at), at, what, fix);
  return { file, value: told.length === 0 ? checked.value : undefined, data, problems: told, problemAt };
}

/** One line: `config/institutes/x.yaml:14:5 competences[1].weight: must be a number, not "high". Fix: …` */
export function formatProblem({ file, line, column, path, problem, fix }: YamlProblem): string {
  const place = line === null ? file : `${file}:${line}:${column}`;
  return `${place}${path && ` ${path}`}: ${problem}. Fix: ${fix}`;
}

/** Longer names are none of ours, and are cut. */
const LONGEST_NAME = 100;

/** Formats a path for people: `competences[1].weight`. */
export function pathInWords(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    const name = String(step);
    if (name.length > LONGEST_NAME) return `[${JSON.stringify(`${name.slice(0, LONGEST_NAME)}…`)}]`;
    return /^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return steps.join('').replace(/^\./, '');
}

/** Returns the path as a person would type it. */
export function displayPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near;
}

type ProblemMaker = (
  at: Position | null,
  path: readonly PropertyKey[],
  problem: string,
  fix: string,
) => YamlProblem;

function problemIn(file: string): ProblemMaker {
  return (at, path, problem, fix) => ({
    file,
    line: at?.line ?? null,
    column: at?.column ?? null,
    path: pathInWords(path),
    problem,
    fix,
  });
}

function check<T>(yaml: ParsedYaml, data: unknown, schema: z.ZodType<T>, problem: ProblemMaker) {
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data, problems: [], further: 0 };
  const { issues } = result.error;
  const expected = expectationOf(schema);
  // Only reported issues are explained and located: a list of ten thousand wrong entries has as many issues.
  const first = issues
    .slice(0, MOST_PROBLEMS)
    .map((issue) => ('keys' in issue ? { ...issue, keys: issue.keys.slice(0, MOST_PROBLEMS) } : issue));
  const explained = first.flatMap((issue) => explainIssue(issue, expected, data)).slice(0, MOST_PROBLEMS);
  const problems = explained.map((e) => problem(yaml.locate(e.path), e.path, e.problem, e.fix));
  const all = issues.reduce((count, issue) => count + ('keys' in issue ? issue.keys.length : 1), 0);
  return { value: undefined, problems, further: Math.max(0, all - explained.length) };
}

/** Returns the first problems, and how many more there are. */
function withFurther(problems: YamlProblem[], further: number, problem: ProblemMaker): YamlProblem[] {
  const more = further + Math.max(0, problems.length - MOST_PROBLEMS);
  const told = problems.slice(0, MOST_PROBLEMS);
  return more > 0 ? [...told, problem(null, [], `and ${more} more`, 'Correct these first.')] : told;
}

function failed<T>(file: string, data: unknown, problems: YamlProblem[]): YamlFile<T> {
  const problem = problemIn(file);
  return {
    file,
    value: undefined,
    data,
    problems,
    problemAt: (path, what, fix) => problem(null, path, what, fix),
  };
}

/** Returns the text or the problem. Old Windows editors save Latin-1: better reported than guessed. */
function readText(path: string): string | { problem: string; fix: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      return { problem: 'the file is missing', fix: 'Put it back, or name the right folder.' };
    return { problem: `the file cannot be read (${code})`, fix: 'Check what it is and who may read it.' };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: 'is not UTF-8 text', fix: 'Save it again with the encoding UTF-8.' };
  }
}
