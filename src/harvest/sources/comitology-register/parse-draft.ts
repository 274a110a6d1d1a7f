import type { WordBlock } from '../../../kernel/document.js';
import type { ParsedCall, Section } from '../../../calls/domain/parsed-call.js';
import { datesIn, inBrussels } from '../_kit/dates.js';

/** `HORIZON-CL4-2027-04-DATA-08: Title`, whose blanks and hyphens a line break may have torn. */
const TOPIC = /^(HORIZON(?: ?- ?[A-Za-z0-9]+)+) ?: (.+)$/;
const CALL_IDENTIFIER = /^HORIZON(?: ?- ?[A-Za-z0-9]+)+$/;
const CALL = /^Call ?[-–:] ?(.+)$/i;
const DESTINATION = /^Destination ?[-–:0-9]/i;

const NOT_ID = / /g;
const MILLION = 1_000_000;
/** Horizon Europe, as the portal codes it. */
const PROGRAMME = { code: '43108390', name: 'Horizon Europe' };

/** What the table of a call says of a topic. */
interface Line {
  typeOfAction: string;
  budget: number | null;
  contribution: { min: number; max: number } | null;
  projects: number | null;
  opens: string | null;
  deadlines: string[];
  stages: boolean;
  callIdentifier: string | null;
  callTitle: string | null;
}

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/\d+(?:[.,]\d+)?/g)].map(([number]) => Number(number.replace(',', '.')));

const millions = (number: number): number => Math.round(number * MILLION);

function contributionIn(text: string): Line['contribution'] {
  const [min, max = min] = numbersIn(text);
  return min === undefined ? null : { min: millions(min), max: millions(max!) };
}

const topicIn = (text: string): { identifier: string; title: string } | null => {
  const [, identifier, title] = TOPIC.exec(text) ?? [];
  return identifier === undefined
    ? null
    : { identifier: identifier.replace(NOT_ID, ''), title: title!.trim() };
};

const columnOf = (head: string[], name: RegExp): number => head.findIndex((cell) => name.test(cell));

/** Reads the table of a call's conditions. A row of dates holds for the topics below it. */
function linesOf(rows: string[][], call: Pick<Line, 'callIdentifier' | 'callTitle'>): [string, Line][] {
  const head = rows[0] ?? [];
  const [type, contribution, projects] = [
    columnOf(head, /^type of action/i),
    columnOf(head, /contribution per project/i),
    columnOf(head, /number of projects/i),
  ];
  if (!/^topics?\b/i.test(head[0] ?? '') || type < 0 || contribution < 0) return [];
  let dates: Pick<Line, 'opens' | 'deadlines' | 'stages'> = { opens: null, deadlines: [], stages: false };
  return rows.slice(1).flatMap((row): [string, Line][] => {
    const [first = ''] = row;
    if (/^opening ?:/i.test(first)) dates = datesOf(first);
    const topic = topicIn(first);
    if (!topic) return [];
    // One column of money a year.
    const budgets = row.slice(type + 1, contribution).flatMap((cell) => numbersIn(cell).slice(0, 1));
    return [
      [
        topic.identifier.toLowerCase(),
        {
          ...dates,
          ...call,
          typeOfAction: row[type] ?? '',
          budget: budgets.length ? millions(budgets.reduce((sum, n) => sum + n, 0)) : null,
          contribution: contributionIn(row[contribution] ?? ''),
          projects: projects < 0 ? null : (numbersIn(row[projects] ?? '')[0] ?? null),
        },
      ],
    ];
  });
}

/** `Opening: 02 Mar 2027 Deadline(s): 04 May 2027 (First Stage), 23 Nov 2027 (Second Stage)` */
function datesOf(text: string): Pick<Line, 'opens' | 'deadlines' | 'stages'> {
  const at = text.search(/deadline/i);
  const days = (part: string): string[] => datesIn(part).map(({ day }) => day);
  return {
    opens: days(at < 0 ? text : text.slice(0, at))[0] ?? null,
    deadlines: at < 0 ? [] : days(text.slice(at)).sort(),
    stages: /second stage/i.test(text),
  };
}

const PARTS: { kind: Section['kind']; title: string; label: RegExp }[] = [
  { kind: 'expected-outcome', title: 'Expected Outcome', label: /^expected outcomes? ?: ?/i },
  { kind: 'scope', title: 'Scope', label: /^scope ?: ?/i },
  { kind: 'objective', title: 'Objective', label: /^objectives? ?: ?/i },
];

/** A row of two cells is a heading and what stands under it, so that its sentences can be quoted alone. */
const textIn = (block: WordBlock): string =>
  block.kind === 'table'
    ? block.rows.map((row) => row.join(row.length === 2 ? '\n' : ' | ')).join('\n')
    : block.text;

/** Splits the text of a topic by its labels. What stands before the first is its conditions. */
function sectionsOf(blocks: WordBlock[]): Section[] {
  const sections: (Omit<Section, 'text'> & { lines: string[] })[] = [
    { kind: 'conditions', title: 'Specific conditions', lines: [] },
  ];
  for (const block of blocks) {
    const text = textIn(block);
    const part = block.kind === 'table' ? undefined : PARTS.find(({ label }) => label.test(text));
    if (part) sections.push({ kind: part.kind, title: part.title, lines: [text.replace(part.label, '')] });
    else sections.at(-1)!.lines.push(text);
  }
  return sections
    .map(({ kind, title, lines }) => ({ kind, title, text: lines.filter(Boolean).join('\n') }))
    .filter((s) => s.text);
}

/** Returns what a topic's own table says under a heading, if a call's table lacks it. */
function conditionIn(blocks: WordBlock[], name: RegExp): string | null {
  const rows = blocks.flatMap((b) => (b.kind === 'table' ? b.rows : []));
  return rows.find(([label = '']) => name.test(label))?.[1] ?? null;
}

function topicOf(
  { identifier, title }: { identifier: string; title: string },
  blocks: WordBlock[],
  line: Line | undefined,
  destination: string | null,
): ParsedCall {
  const type = line?.typeOfAction || conditionIn(blocks, /^type of action/i);
  const inText = conditionIn(blocks, /^indicative budget/i);
  const budget = line?.budget ?? (inText ? (numbersIn(inText).map(millions)[0] ?? null) : null);
  const { contribution = null, projects = null } = line ?? {};
  return {
    dataSource: 'COMITOLOGY',
    reference: identifier,
    language: 'en',
    title,
    kind: 'grant',
    identifier,
    callIdentifier: line?.callIdentifier ?? null,
    callTitle: line?.callTitle ?? null,
    programme: PROGRAMME,
    divisions: [],
    typesOfAction: type ? [type] : [],
    sourceStatus: 'draft',
    opensAt: line?.opens ? inBrussels(line.opens) : null,
    deadlineModel: line?.deadlines.length ? (line.stages ? 'two-stage' : 'single-stage') : null,
    deadlines: (line?.deadlines ?? []).map((day) => ({ at: `${day}T00:00:00Z`, timeTold: false })),
    budget:
      budget === null && contribution === null
        ? null
        : {
            currency: 'EUR',
            total: budget || null,
            expectedGrants: projects || null,
            minContribution: contribution?.min || null,
            maxContribution: contribution?.max || null,
            years: [],
          },
    destination,
    keywords: [],
    sections: sectionsOf(blocks),
    url: null,
    alsoAt: [],
  };
}

/**
 * Returns the topics of a draft work programme: each heading that is an identifier and a title, with what
 * follows up to the next heading of its level or above. Texts and introductions mention other topics, which
 * are none.
 */
export function topicsOf(blocks: WordBlock[]): ParsedCall[] {
  const lines = new Map<string, Line>();
  const topics = new Map<string, ParsedCall>();
  let call: Pick<Line, 'callIdentifier' | 'callTitle'> = { callIdentifier: null, callTitle: null };
  let destination: string | null = null;
  for (const [i, block] of blocks.entries()) {
    if (block.kind === 'table') for (const [id, line] of linesOf(block.rows, call)) lines.set(id, line);
    if (block.kind !== 'heading') continue;
    const title = CALL.exec(block.text)?.[1];
    if (title !== undefined) call = { callIdentifier: null, callTitle: title };
    else if (CALL_IDENTIFIER.test(block.text))
      call = { ...call, callIdentifier: block.text.replace(NOT_ID, '') };
    else if (DESTINATION.test(block.text)) destination = block.text.replace(/^Destination ?[-–:]? ?/i, '');
    const topic = topicIn(block.text);
    if (!topic) continue;
    const rest = blocks.slice(i + 1);
    const end = rest.findIndex((b) => b.kind === 'heading' && b.level <= block.level);
    const own = end < 0 ? rest : rest.slice(0, end);
    topics.set(topic.identifier, topicOf(topic, own, lines.get(topic.identifier.toLowerCase()), destination));
  }
  return [...topics.values()];
}
