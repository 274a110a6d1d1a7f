/** How many proposals were submitted to a topic and how many are funded, as an official note states it. */
export interface EvaluationResults {
  submitted: number;
  funded: number;
  /** The two statements, verbatim. */
  quote: string;
}

/** The same, with the call and the topic that they are about, and the day of the note. */
export interface StatedResults extends EvaluationResults {
  callId: string;
  identifier: string;
  day: string;
}

/**
 * What the notes of the Commission and its agencies call the two numbers. A first stage states how many go on
 * to the second, which is neither.
 */
const LABELS = {
  submitted: /^(?:total )?number of proposals (?:submitted|received)\b/i,
  funded: /^(?:total )?number of proposals (?:retained|selected|proposed) for funding\b/i,
};

const NUMBER = /^\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+$|^\d{1,6}$/;
const TOPIC = /\b[A-Z][A-Z0-9]{1,20}(?:-[A-Za-z0-9]{1,30}){1,10}\b/g;
/** Part of a topic's identifier, as tables have it above their columns. */
const IN_HEAD = /^[A-Za-z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,30}){1,10}$/;

const numberIn = (text: string): number | null =>
  NUMBER.test(text.trim()) ? Number(text.replace(/\D/g, '')) : null;

interface Row {
  line: string;
  values: number[];
  /** The topics above the columns, if it stands in a table. */
  head: string[];
}

/** Returns the row with this label; null if there is none, or several that contradict. */
function rowOf(lines: string[], label: RegExp): Row | null {
  const found = lines.flatMap((line, i): Row[] => {
    if (!label.test(line)) return [];
    const cells = line.split(' | ');
    const written = cells.length > 1 ? cells.slice(1) : [/: ?([^:]{1,20})$/.exec(line)?.[1] ?? ''];
    const values = written.map(numberIn);
    if (values.some((n) => n === null)) return [];
    return [{ line, values: values as number[], head: cells.length > 1 ? headAbove(lines, i) : [] }];
  });
  return new Set(found.map((row) => row.line)).size === 1 ? found[0]! : null;
}

/** Returns the cells of the nearest line above that names topics alone. */
function headAbove(lines: string[], at: number): string[] {
  const heads = lines
    .slice(0, at)
    .map((line) => line.split(' | ').map((cell) => cell.trim()))
    .filter((cells) => cells.every((cell) => IN_HEAD.test(cell)));
  return heads.at(-1) ?? [];
}

/** Returns the value of a topic; null where it is unclear which it is. */
function valueOf({ values, head }: Row, identifier: string, isOnlyTopic: boolean): number | null {
  if (head.length === 0) return values.length === 1 && isOnlyTopic ? values[0]! : null;
  if (head.length !== values.length) return null;
  const own = identifier.toLowerCase();
  const columns = head.flatMap((cell, i) =>
    own === cell.toLowerCase() || own.endsWith(`-${cell.toLowerCase()}`) ? [i] : [],
  );
  return columns.length === 1 ? values[columns[0]!]! : null;
}

/**
 * Returns the two numbers that a note states for a topic; null unless it states both, and for this topic. A
 * note on several topics has a column for each; nothing is read from one that does not.
 */
export function evaluationResults(note: string, identifier: string): EvaluationResults | null {
  const lines = note.split('\n').map((line) => line.trim());
  const [submitted, funded] = [rowOf(lines, LABELS.submitted), rowOf(lines, LABELS.funded)];
  if (!submitted || !funded) return null;
  const named = new Set((note.match(TOPIC) ?? []).map((t) => t.toLowerCase()).filter((t) => /\d{4}/.test(t)));
  // A note may name the call as well, whose identifier begins that of its topic.
  const isOnlyTopic = [...named].every((t) => identifier.toLowerCase().startsWith(t));
  const [a, b] = [valueOf(submitted, identifier, isOnlyTopic), valueOf(funded, identifier, isOnlyTopic)];
  return a === null || b === null || b > a
    ? null
    : { submitted: a, funded: b, quote: `${submitted.line}\n${funded.line}` };
}
