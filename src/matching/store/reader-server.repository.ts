import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SettingRepository } from '../../platform/database/setting.repository.js';
import type { Endpoint } from '../../platform/openai/openai-server.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import type { CallContent } from '../../calls/domain/call-content.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { bottomUpSql, liveSql } from '../../calls/store/call-filter.js';

const SERVER = 'reader.server';
const PLACE = 'setting/reader.server';

interface Stored {
  url: string;
  model: string;
  /** Sealed; null for a server that needs none. */
  key: string | null;
}

/** The server of the language model that was set on its page; its key is sealed. */
@Injectable()
export class ReaderServerRepository {
  constructor(
    private readonly settings: SettingRepository,
    private readonly box: SecretBox,
  ) {}

  /** Returns null if none was set; `locked` if none of our keys opens the server's. */
  async findServer(): Promise<Endpoint | 'locked' | null> {
    const stored = await this.settings.findByKey<Stored>(SERVER);
    if (!stored) return null;
    const key = stored.key === null ? undefined : this.box.open(stored.key, PLACE);
    return key === null ? 'locked' : { url: stored.url, model: stored.model, key };
  }

  put(server: Endpoint | null): Promise<void> {
    const sealed = server && {
      url: server.url,
      model: server.model,
      key: server.key === undefined ? null : this.box.seal(server.key, PLACE),
    };
    return this.settings.put(SERVER, sealed);
  }

  /** Seals the key with the current one, where another sealed it. */
  async reseal(): Promise<'sealed' | 'locked' | null> {
    const stored = await this.settings.findByKey<Stored>(SERVER);
    if (!stored?.key || stored.key.startsWith(this.box.present)) return null;
    const server = await this.findServer();
    if (server === null || server === 'locked') return server;
    await this.put(server);
    return 'sealed';
  }
}

/** The newest decisions that a model is held against. */
const MOST = 300;

/** A decision on a call for its subject or role, and whether it kept the call. */
interface DecidedPair {
  callId: string;
  profileId: string;
  kept: boolean;
}

/** A call and an institute, with the built-in score. */
interface TriedPair {
  callId: string;
  profileId: string;
  score: number;
}
/** Scores near which calls are tried: surely wanted, doubtful, hardly wanted. */
const TRIED_NEAR = [70, 40, 25];

/** What a language model is held against: officers' decisions, and the built-in judgement. */
@Injectable()
export class ReaderAgreementRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the newest decisions of all institutes. */
  async decided(): Promise<DecidedPair[]> {
    return this.database.query(
      `SELECT call_id AS "callId", profile_id AS "profileId", verdict <> 'not' AS kept FROM review
        WHERE verdict IN ('relevant', 'study') OR (verdict = 'not' AND reason IN ('topic', 'role')) ORDER BY verdict_at DESC NULLS LAST, call_id LIMIT ${MOST}`,
    );
  }

  /** Returns the contents of these calls and profiles, by id. */
  async contents(
    callIds: string[],
    profileIds: string[],
  ): Promise<{ calls: Map<string, CallContent>; profiles: Map<string, Profile> }> {
    const read = async <T>(table: 'call' | 'profile', ids: string[]): Promise<Map<string, T>> => {
      const rows: { id: string; content: T }[] = await this.database.query(
        `SELECT id, content FROM ${table} WHERE id = ANY($1)`,
        [ids],
      );
      return new Map(rows.map(({ id, content }) => [id, content]));
    };
    return {
      calls: await read<CallContent>('call', callIds),
      profiles: await read<Profile>('profile', profileIds),
    };
  }

  /** Returns three pairs, of different calls if there are enough: one near each of these scores. */
  async toTry(now: Date): Promise<TriedPair[]> {
    const pairs: TriedPair[] = [];
    for (const score of TRIED_NEAR) {
      const [pair]: TriedPair[] = await this.database.query(
        `SELECT m.call_id AS "callId", m.profile_id AS "profileId", m.built_in AS score FROM match m JOIN call ON call.id = m.call_id
          WHERE NOT ${bottomUpSql()} AND ${liveSql('$1::timestamptz')} AND NOT (m.call_id = ANY($2)) ORDER BY abs(m.built_in - $3), m.call_id, m.profile_id LIMIT 1`,
        [now, pairs.map((p) => p.callId), score],
      );
      if (pair) pairs.push(pair);
    }
    return pairs;
  }
}
