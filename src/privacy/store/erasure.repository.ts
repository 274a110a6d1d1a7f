import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { sha256 } from '../../calls/domain/versions/content-hash.js';
import { acrossInstitutes } from '../../platform/database/acting.js';
import { type Subject, subjectOf } from './erased-person.js';
import { apply, changesOf, type ErasedText, type Untouched, untouchedBy } from './erased-texts.js';
import { ADDRESSED, ERASED, sweeps, UNNAMED } from './erasure-statements.js';
import { tellsAnswer } from './texts.js';
import { AT, valuesOf, type Whose } from './whose.js';

/** Erases somebody: by their ids, by their address, and from the texts of their institute. */
@Injectable()
export class ErasureRepository {
  constructor(private readonly database: DataSource) {}

  /** The texts that an erasure would change; `mark` identifies them as they are now. */
  async texts(whose: Whose, now: Date): Promise<{ texts: ErasedText[]; mark: string }> {
    const tx = this.database.manager;
    const changes = await changesOf(tx, await subjectOf(tx, whose, now), false);
    const mark = sha256(JSON.stringify(changes.map((c) => [c.place, c.row, c.field, c.before])));
    return { texts: changes, mark };
  }

  /**
   * Texts of others that the session sees and that name them: those are not changed. Of what other institutes
   * write inside, nothing is said.
   */
  async untouched(whose: Whose, now: Date): Promise<Untouched[]> {
    const tx = this.database.manager;
    return untouchedBy(tx, whose, await subjectOf(tx, whose, now));
  }

  /**
   * Erases a person who was removed, a researcher or a contact: deletes rows that are only about them, and
   * removes them from rows that document an institute's work. One transaction; returns how many rows and
   * texts were changed.
   */
  async erase(whose: Whose, now: Date): Promise<{ rows: number; texts: number }> {
    return this.database.transaction(async (tx) => {
      const subject = await subjectOf(tx, whose, now);
      const values = [...valuesOf(whose), sha256(whose.email)];
      let rows = 0;
      const run = async (statement: string, given: unknown[]): Promise<void> => {
        // Passes only the parameters that the statement uses.
        const used = Math.max(0, ...[...statement.matchAll(/\$(\d)/g)].map(([, n]) => Number(n)));
        const [, count]: [unknown, number] = await tx.query(statement, given.slice(0, used));
        rows += count;
      };
      const changes = await changesOf(tx, subject, true);
      await apply(tx, changes);
      await run(
        `UPDATE notification t SET text = '', html = '', payload = NULL WHERE state IN ('sent', 'failed') AND ${tellsAnswer('$1', '$2')}`,
        [subject.researchers, subject.email],
      );
      const keys = await keysOf(tx, whose, subject);
      await acrossInstitutes('somebody who is erased is named by their id nowhere any more', async () => {
        for (const statement of UNNAMED) await run(statement, [subject.people]);
      });
      for (const statement of ERASED) await run(statement, values);
      await acrossInstitutes('an institute goes on writing to a contact that another erased', async () => {
        for (const statement of ADDRESSED) await run(statement, values);
      });
      for (const statement of await sweeps(tx, whose, subject)) await run(...statement);
      // The deferred audit triggers name the person once more; then the names go, and the entries stay.
      await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
      await entered(tx, whose, subject, keys, { rows, texts: changes.length });
      await tx.query('DELETE FROM audit_name WHERE pseudonym = ANY($1)', [keys.map((k) => k.pseudonym)]);
      return { rows, texts: changes.length };
    });
  }
}

interface Named {
  key: string;
  pseudonym: string;
  profileId: string | null;
}

/** Their names in the audit log: as people, as researchers (also removed ones) and as addresses. */
function keysOf(tx: EntityManager, whose: Whose, { people, researchers }: Subject): Promise<Named[]> {
  return tx.query(
    `SELECT DISTINCT key, pseudonym, profile_id AS "profileId" FROM audit_name
      WHERE key = ANY($4) OR key ~ ANY($5) OR (key !~ '^from/' AND lower(address) = $1 AND ${AT()}) ORDER BY key`,
    [
      ...valuesOf(whose),
      [...people.map((id) => `person/${id}`), ...researchers.map((id) => `researcher/${id}`)],
      people.map((id) => `^from/${id}/`),
    ],
  );
}

/** Enters the erasure in the log of each institute where they were known, and in that of the asker. */
async function entered(
  tx: EntityManager,
  whose: Whose,
  { borne }: Subject,
  keys: Named[],
  done: { rows: number; texts: number },
): Promise<void> {
  const at = whose.at === 'everywhere' ? [] : [whose.at.profileId];
  const institutes = new Set([...at, ...[...borne.keys()].map((id) => id || null)]);
  for (const institute of institutes) {
    const there = keys.filter((k) => k.profileId === institute && !k.key.startsWith('from/'));
    const named = there.find((k) => k.key.startsWith('person/')) ?? there[0];
    const subject = named ? `${named.key.split('/')[0]!}/${named.pseudonym}` : null;
    await tx.query('SELECT audit_note($1, $2, $3, $4, NULL, NULL)', [
      'personal-data.erased',
      institute,
      subject,
      JSON.stringify(done),
    ]);
  }
}
