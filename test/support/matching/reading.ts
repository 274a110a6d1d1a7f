import type { ServerResponse } from 'node:http';
import { DataSource } from 'typeorm';
import type { Wiring } from '../../../src/app/platform.module.js';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import type { ReaderSettings } from '../../../src/matching/domain/reader/reader-cost.js';
import { Workers } from '../../../src/platform/queue/job-runner.js';
import type { DueCheck } from '../../../src/platform/schedule/ticker.js';
import type { Profile } from '../../../src/profiles/domain/profile.js';
import { api, startApp, type TestApp } from '../app.js';
import { aCall, storeCalls } from './calls.js';
import { ChatServer } from './chat-server.js';
import type { TestClock } from '../clock.js';
import { freshDatabase, type TestDatabase } from '../database/database.js';
import { configWith, on } from './profiles.js';
import { round } from '../queue/round.js';
import { worked } from '../until.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { ReadJob } from '../../../src/matching/reading/read.job.js';
import { ContactsJob } from '../../../src/notifications/contacts.job.js';
import { PlanJob } from '../../../src/notifications/plan.job.js';
import { NotifyJob } from '../../../src/notifications/notify.job.js';
import { DeliverJob } from '../../../src/notifications/deliver.job.js';

/** Part of every call of `aReadCall`. */
export const QUOTE = 'Proposals should address the blades of wind turbines';

/**
 * Returns a call that the built-in ranking finds for `aProfile`, with a sentence to quote; `more` is added to
 * its text.
 */
export const aReadCall = (reference: string, more = '', title = `Wind turbine ${reference}`): CallContent =>
  aCall(reference, {
    title,
    opensAt: '2026-04-01T00:00:00Z',
    deadlines: [{ at: '2026-10-01T15:00:00Z', timeTold: true }],
    sections: [{ kind: 'scope', title: 'Scope', text: `${QUOTE}.\n${more}` }],
  });

type Grade = 'wanted' | 'partly' | 'not';
interface SaidLine {
  institute: string;
  call: string;
  grade: Grade;
  reason: string;
  reasonOther?: string;
  quote: string;
}

type AskedBody = { messages: { content: string }[] };
const idsIn = ({ messages }: AskedBody, what: string): string[] =>
  messages.flatMap(({ content }) =>
    [...content.matchAll(new RegExp(`^${what}: *(\\S+)`, 'gm'))].map((m) => m[1]!),
  );

/** Returns what a prompt asks for, on lines of their own wherever they are. */
export const pairsAskedIn = (body: AskedBody): { institute: string; call: string }[] =>
  idsIn(body, 'Institute').flatMap((institute) => idsIn(body, 'Call').map((call) => ({ institute, call })));

/** Returns the calls whose summary a prompt asks for. */
export const summariesAskedIn = (body: AskedBody): string[] =>
  idsIn(body, 'Summaries').length > 0 ? idsIn(body, 'Call') : [];

/** A summary of every call of `aReadCall`. */
export const SUMMARY = {
  fr: 'Le projet conçoit les pales des éoliennes.',
  en: 'The project designs the blades of wind turbines.',
  quotes: [QUOTE],
};

/** A reader that grades as set up here; `over` changes its answer for a pair. */
export const reading =
  (grade: (institute: string, call: string) => Grade, over: Partial<SaidLine> = {}) =>
  (response: ServerResponse, body: AskedBody): void => {
    const readings = pairsAskedIn(body)
      .map(({ institute, call }) => ({
        institute,
        call,
        grade: grade(institute, call),
        reason: 'It makes the blades of turbines.',
        reasonOther: 'Il fabrique les pales des turbines.',
        quote: QUOTE,
        ...over,
      }))
      .filter((line) => line.grade !== 'not');
    const summaries = summariesAskedIn(body).map((call) => ({ call, ...SUMMARY }));
    ChatServer.send(response, JSON.stringify({ readings, ...(summaries.length > 0 && { summaries }) }));
  };

export const refusing =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end('{"error": {}}');
  };

interface ShownMatch {
  id: string;
  score: number;
  call: { id: string; title: string };
}
interface WholeMatch extends ShownMatch {
  evidence: { signal?: string; contribution: number; found: string[]; reading?: Record<string, unknown> }[];
  reasons: { signal: string; says: string; contribution: number; points: number }[];
}

/** An installation whose calls a language model reads. Due checks run only when it is told to. */
export class ReadingInstallation {
  private readonly config;
  app!: TestApp;

  private constructor(
    private readonly database: TestDatabase,
    private readonly clock: TestClock,
    profiles: Profile[],
  ) {
    this.config = configWith(profiles);
  }

  static async with(profiles: Profile[], clock: TestClock): Promise<ReadingInstallation> {
    return new ReadingInstallation(await freshDatabase(), clock, profiles);
  }

  /** Starts or restarts it; earlier jobs are lost. */
  async start(variables: Record<string, string>, settings?: ReaderSettings): Promise<void> {
    this.app?.queue!.clear();
    await this.app?.stop();
    this.app = await this.begin(variables, settings);
    await this.app.app.get(Workers).start();
  }

  /** Starts another process, whose jobs nobody runs. */
  begin(variables: Record<string, string>, settings?: ReaderSettings): Promise<TestApp> {
    const adjust = (wiring: Wiring): Wiring => {
      const wired = on(this.config.dir)(wiring);
      return { ...wired, settings: { ...wired.settings, ...(settings && { reader: settings }) } };
    };
    return startApp(variables, {
      clock: this.clock,
      databaseUrl: this.database.url,
      working: false,
      adjust,
    });
  }

  store(calls: CallContent[]): Promise<void> {
    return storeCalls(this.app.app, calls, 'test', this.clock.now());
  }

  /** Runs the due checks and their jobs. */
  async due(...checks: (new (...given: any[]) => DueCheck)[]): Promise<void> {
    await round(this.app.app, checks);
    await worked();
  }

  /** Matches, reads, and matches with the reading results. */
  async read(): Promise<void> {
    await this.due(MatchJob);
    await this.due(ReadJob);
    await this.due(MatchJob);
  }

  /** Writes the due messages and sends them. */
  async told(): Promise<{ kind: string; subject: string; text: string }[]> {
    await this.due(ContactsJob, PlanJob, NotifyJob);
    await this.due(ContactsJob, PlanJob, NotifyJob, DeliverJob);
    return this.rows('SELECT kind, subject, text FROM notification ORDER BY created_at, id');
  }

  rows<T = any>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.app.app.get(DataSource).query(sql, values);
  }

  get<T = any>(path: string, token?: string): Promise<{ status: number; body: T }> {
    return api<T>(this.app.url, path, token === undefined ? {} : { token });
  }

  /** Sends a change as the operator. */
  async put(path: string, body: unknown): Promise<void> {
    const { status, body: said } = await api(this.app.url, path, { method: 'PUT', body });
    if (status >= 300) throw new Error(`PUT ${path}: ${status} ${JSON.stringify(said)}`);
  }

  /** Returns scores as whole points by title. */
  async scores(profile: string): Promise<Record<string, number>> {
    const { items } = (await this.get<{ items: ShownMatch[] }>(`/v1/matches?profile=${profile}&limit=100`))
      .body;
    return Object.fromEntries(items.map((m) => [m.call.title, Math.round(m.score)]));
  }

  /** As the caller sees it, by default the network. */
  async match(profile: string, title: string, language = 'en', token?: string): Promise<WholeMatch> {
    const { items } = (
      await this.get<{ items: ShownMatch[] }>(`/v1/matches?profile=${profile}&limit=100`, token)
    ).body;
    const { id } = items.find((m) => m.call.title === title)!;
    return (await this.get<WholeMatch>(`/v1/matches/${id}?language=${language}`, token)).body;
  }

  async stop(): Promise<void> {
    await this.app?.stop();
    await this.database.drop();
    this.config.remove();
  }
}
