import type { EntityManager } from 'typeorm';
import { borneNames } from '../../kernel/borne-names.js';
import { AT, valuesOf, type Whose } from './whose.js';

/** Somebody's rows, and what they are called at each institute ('' for the network). */
export interface Subject {
  email: string;
  people: string[];
  researchers: string[];
  /** The names that they bore for longer than a day, and all of them. */
  borne: Map<string, string[]>;
  called: Map<string, string[]>;
  /** The institutes whose texts are searched; null for all. */
  within: string[] | null;
}

interface Found {
  id: string;
  profileId: string | null;
  name: string;
  nameSince: Date;
  formerNames: string[];
}

/** Who is erased. Names of researchers who were removed from the list are those in the audit log. */
export async function subjectOf(tx: EntityManager, whose: Whose, now: Date): Promise<Subject> {
  const found = (table: 'person' | 'researcher'): Promise<Found[]> =>
    tx.query(
      `SELECT id, profile_id AS "profileId", name, name_since AS "nameSince", former_names AS "formerNames" FROM ${table} WHERE lower(email) = $1 AND ${AT()}`,
      valuesOf(whose),
    );
  const [people, researchers] = [await found('person'), await found('researcher')];
  const proposed: { profileId: string; name: string }[] = await tx.query(
    `SELECT DISTINCT profile_id AS "profileId", name FROM proposal WHERE lower(email) = $1 AND ${AT()}`,
    valuesOf(whose),
  );
  const former: { profileId: string; name: string }[] = await tx.query(
    `SELECT profile_id AS "profileId", name FROM (
       SELECT key, profile_id, name, address, since, coalesce(lead(since) OVER (PARTITION BY key ORDER BY since), now()) AS until FROM audit_name WHERE key LIKE 'researcher/%') borne
      WHERE lower(address) = $1 AND name <> '' AND until > since + interval '1 day' AND ${AT()}`,
    valuesOf(whose),
  );
  const [borne, called] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (names: Map<string, string[]>, at: string | null, more: string[]): void => {
    names.set(at ?? '', [...new Set([...(names.get(at ?? '') ?? []), ...more])]);
  };
  for (const one of [...people, ...researchers]) {
    add(borne, one.profileId, borneNames(one, now));
    add(called, one.profileId, [...one.formerNames, one.name]);
  }
  for (const { profileId, name } of former) add(borne, profileId, [name]);
  for (const { profileId, name } of proposed) add(called, profileId, [name]);
  return {
    ...{ email: whose.email.toLowerCase(), borne, called },
    people: people.map((p) => p.id),
    researchers: researchers.map((r) => r.id),
    within: whose.at === 'everywhere' ? null : [whose.at.profileId ?? ''],
  };
}
