import type { EntityManager } from 'typeorm';
import { grouped } from '../../kernel/collections.js';
import { type Mentionable, piecesOf } from '../../pipeline/domain/mentions.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { containing } from '../../platform/database/values.js';
import { type Erased, TraceFinder } from '../domain/traces.js';
import type { Subject } from './erased-person.js';
import { type Place, type TextColumn, TEXTS, type TextTable } from './texts.js';
import type { Whose } from './whose.js';

/** A text from which somebody is erased. */
export interface ErasedText {
  place: Place;
  /** The institute that wrote it; null for the network. */
  institute: string | null;
  /** The ids of its row. */
  row: string;
  field: string;
  /** The words around each place; the name is in brackets. */
  around: string[];
  /** Whether everybody at the institute reads it. */
  read: boolean;
}

/** Texts of others, which are left as they are. */
export interface Untouched {
  place: Place;
  institute: string | null;
  texts: number;
}

export interface Change extends ErasedText {
  table: TextTable;
  column: TextColumn;
  key: unknown[];
  before: unknown;
  after: unknown;
}

interface Row {
  key: unknown[];
  institute: string | null;
  named: boolean;
  values: Record<string, unknown>;
}

/** Each of these is in every text that names them, however it is spelt. */
function patternsOf(email: string, names: string[]): string[] {
  const words = names.flatMap((name) => {
    const parts = name.match(/[\p{L}\p{N}]+/gu) ?? [];
    return parts.sort((a, b) => b.length - a.length).slice(0, 1);
  });
  return [...new Set([email, email.replace('@', '%40'), ...words])].map(containing);
}

/** The rows of a table that may name them. */
async function candidates(
  tx: EntityManager,
  table: TextTable,
  asked: Pick<Subject, 'email' | 'people' | 'researchers' | 'within'> & { patterns: string[]; lock: boolean },
): Promise<Row[]> {
  const { columns, key, institute, named = 'false', theirs = 'false' } = table;
  // The query of an address is encoded, and a mention is by first name.
  const any = columns.some((c) => c.shape === 'query') ? ' OR true' : '';
  const mention = table.place === 'comments' ? ` OR position('@' IN t.text) > 0` : '';
  return tx.query(
    `SELECT jsonb_build_array(${Object.keys(key)
      .map((k) => `t.${k}`)
      .join()}) AS key, ${institute} AS institute, (${named}) AS named,
            jsonb_build_object(${columns.map(({ name }) => `'${name}', t.${name}`).join()}) AS values
       FROM ${table.table} t WHERE cardinality($1::uuid[]) >= 0 AND cardinality($2::uuid[]) >= 0 AND ($3::text[] IS NULL OR coalesce(${institute}, '') = ANY($3))
        AND $5 <> '' AND NOT coalesce(${theirs}, false) AND (concat_ws(' ', ${columns.map(({ name }) => `t.${name}::text`).join()}) ILIKE ANY($4)${mention}${any} OR (${named}))
      ORDER BY 1${asked.lock ? ' FOR UPDATE OF t' : ''}`,
    [asked.people, asked.researchers, asked.within, asked.patterns, asked.email],
  );
}

function erasedIn(finder: TraceFinder, column: TextColumn, value: unknown): Erased<unknown> {
  if (value === null || value === undefined) return { value, around: [] };
  switch (column.shape) {
    case 'text':
      return finder.inText(value as string);
    case 'html':
      return finder.inHtml(value as string);
    case 'query':
      return finder.inQuery(value as string);
    case 'json': {
      if (column.type === 'text') {
        const { value: after, around } = finder.inJson(JSON.parse(value as string));
        return { value: around.length ? JSON.stringify(after) : value, around };
      }
      if (!column.only) return finder.inJson(value, column.type === 'text[]');
      const whole = value as Record<string, unknown>;
      const parts = column.only.map((name) => ({ name, erased: finder.inJson({ [name]: whole[name] }) }));
      return {
        value: Object.assign({}, whole, ...parts.map((p) => p.erased.value)),
        around: parts.flatMap((p) => p.erased.around),
      };
    }
  }
}

/** All texts that name somebody, with what they become. */
export async function changesOf(tx: EntityManager, subject: Subject, lock: boolean): Promise<Change[]> {
  const { email, borne, called, people, researchers, within } = subject;
  const patterns = patternsOf(email, [...borne.values(), ...called.values()].flat());
  const finders = new Map<string, TraceFinder>();
  const finderOf = (institute: string, named: boolean): TraceFinder => {
    const key = `${institute}/${named}`;
    const names = [...(borne.get(institute) ?? []), ...(named ? (called.get(institute) ?? []) : [])];
    const finder = finders.get(key) ?? new TraceFinder({ names: [...new Set(names)], addresses: [email] });
    finders.set(key, finder);
    return finder;
  };
  const mentionable = new Map<string, Mentionable[]>();
  for (const institute of people.length ? called.keys() : [])
    mentionable.set(
      institute,
      await tx.query(
        `SELECT id, name FROM person WHERE coalesce(profile_id, '') = $1 AND (removed_at IS NULL OR id = ANY($2))`,
        [institute, people],
      ),
    );
  const changes: Change[] = [];
  for (const table of TEXTS) {
    for (const row of await candidates(tx, table, { email, people, researchers, within, patterns, lock })) {
      const institute = row.institute ?? '';
      const finder = finderOf(institute, row.named);
      for (const column of table.columns) {
        const before = row.values[column.name];
        const erased =
          table.place === 'comments'
            ? finder.inText(
                before as string,
                mentionsIn(before as string, mentionable.get(institute) ?? [], people),
              )
            : erasedIn(finder, column, before);
        if (erased.around.length)
          changes.push({
            ...{ table, column, key: row.key, before, after: erased.value, around: erased.around },
            ...{ place: table.place, institute: row.institute, row: row.key.join('/') },
            ...{ field: column.name, read: table.read },
          });
      }
    }
  }
  return changes;
}

/** Where a comment mentions one of these people, by whichever name. */
function mentionsIn(text: string, all: Mentionable[], ids: string[]): { from: number; to: number }[] {
  let at = 0;
  return piecesOf(text, all).flatMap((piece) => {
    const from = at;
    at += piece.text.length;
    return piece.person !== null && ids.includes(piece.person) ? [{ from: from + 1, to: at }] : [];
  });
}

export async function apply(tx: EntityManager, changes: Change[]): Promise<void> {
  for (const all of grouped(changes, (c) => [`${c.table.table}/${c.row}`]).values()) {
    const { table, key } = all[0]!;
    const set = all.map(({ column }, i) => `${column.name} = $${i + 1}::${column.type}`);
    const where = Object.entries(table.key).map(([k, type], i) => `${k} = $${all.length + i + 1}::${type}`);
    await tx.query(
      `UPDATE ${table.table} SET ${[...set, ...(table.also ? [table.also] : [])].join()} WHERE ${where.join(' AND ')}`,
      [...all.map(({ column, after }) => (column.type === 'jsonb' ? JSON.stringify(after) : after)), ...key],
    );
  }
}

/** Texts of others that the session sees and that name somebody, counted by place and institute. */
export async function untouchedBy(tx: EntityManager, whose: Whose, subject: Subject): Promise<Untouched[]> {
  const { email, borne, within, people, researchers } = subject;
  const own = new Set([...borne.keys(), ...(within ?? [])]);
  const names = [...borne.values()].flat();
  // Whoever erases themselves takes their address out of every text.
  const finder = new TraceFinder({ names, addresses: whose.at === 'everywhere' ? [] : [email] });
  const found = new Map<string, Untouched>();
  for (const table of TEXTS.filter((t) => t.shared)) {
    const read = (): Promise<Row[]> =>
      candidates(tx, table, {
        ...{ email, people, researchers, within: null, lock: false },
        patterns: patternsOf(email, names),
      });
    const rows = await (table.table === 'interest'
      ? acrossInstitutes('an interest is opened to all institutes', read)
      : read());
    for (const { institute, values } of rows) {
      if (own.has(institute ?? '')) continue;
      if (!table.columns.some((column) => erasedIn(finder, column, values[column.name]).around.length))
        continue;
      const key = `${table.place}/${institute ?? ''}`;
      const known = found.get(key) ?? { place: table.place, institute, texts: 0 };
      found.set(key, { ...known, texts: known.texts + 1 });
    }
  }
  return [...found.values()];
}
