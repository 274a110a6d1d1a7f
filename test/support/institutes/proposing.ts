import { DataSource } from 'typeorm';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { CallRepository } from '../../../src/calls/store/call.repository.js';
import { api, startApp, TOKEN, type TestApp } from '../app.js';
import { aCall, deadline, storeCalls } from '../matching/calls.js';
import { TestClock } from '../clock.js';
import { somebody, type Somebody } from '../access/people.js';
import { aProfile, configWith, on } from '../matching/profiles.js';
import { startSmtpSink, type SmtpSink } from '../notifications/smtp-sink.js';
import { until } from '../until.js';

export const WIND = 'Wind energy';
export const MATERIALS = 'Composite materials';
export const OTHER_INSTITUTE = 'sea';

export const PROFILE: Profile = aProfile('air', {
  name: 'Carnot Air',
  competences: Profile.shape.competences.parse([
    { label: WIND, keywords: ['wind turbine', 'offshore wind'] },
    { label: MATERIALS, keywords: ['composite blade', 'recycled carbon fibre'] },
    { label: 'Ocean acoustics', keywords: ['underwater noise'] },
  ]),
});

/** A call for both competences, above all for wind. */
const CALL: CallContent = aCall('WIND-01', {
  title: 'Larger offshore wind farms',
  typesOfAction: ['HORIZON Research and Innovation Actions'],
  deadlines: [deadline(60)],
  budget: {
    currency: 'EUR',
    total: 12_000_000,
    expectedGrants: 3,
    minContribution: 4_000_000,
    maxContribution: 4_000_000,
    years: ['2026'],
  },
  sections: [
    {
      kind: 'scope',
      title: 'Scope',
      text: 'Proposals address a wind turbine for offshore wind in deep water. Each offshore wind project shows a composite blade that lasts.',
    },
    {
      kind: 'conditions',
      title: 'Conditions',
      text: 'Eligible costs will take the form of a lump sum as defined in the Decision of 7 July 2021.',
    },
  ],
  url: 'https://example.org/calls/wind-01',
});

/** The application with one matched call, an officer, and a mail server that keeps what it receives. */
export class Proposing {
  private key: string | undefined;

  private constructor(
    readonly test: TestApp,
    readonly sink: SmtpSink,
    readonly clock: TestClock,
    readonly officer: Somebody,
    readonly callId: string,
    private readonly config: { remove: () => void },
  ) {}

  static async start(call: CallContent = CALL): Promise<Proposing> {
    const sink = await startSmtpSink();
    const config = configWith([PROFILE, aProfile(OTHER_INSTITUTE)]);
    const clock = new TestClock(new Date().toISOString());
    const test = await startApp(
      { SMTP_URL: sink.url, MAIL_FROM: 'calls@carnot.test', PUBLIC_URL: 'http://calls.test' },
      { adjust: on(config.dir), clock },
    );
    await storeCalls(test.app, [call]);
    await test.app.get(MatchJob).run({ profileId: PROFILE.id });
    const officer = await somebody(test, {
      role: 'officer',
      profile: PROFILE.id,
      name: 'Odile Officer',
      email: 'odile@air.example',
      language: 'fr',
      mails: false,
    });
    const { items } = await test.app.get(CallRepository).list({}, clock.now(), 1, null);
    return new Proposing(test, sink, clock, officer, items[0]!.call.id, config);
  }

  async stop(): Promise<void> {
    await this.test.stop();
    await this.sink.close();
    this.config.remove();
  }

  /**
   * Sends a request to the institute's API, with the officer's key unless another is given; null means as the
   * operator.
   */
  async call<T = any>(
    path: string,
    init: { method?: string; body?: unknown; token?: string | null } = {},
  ): Promise<{ status: number; body: T }> {
    if (init.method) this.clock.move({ seconds: 1 });
    const token =
      init.token === null ? TOKEN : (init.token ?? (this.key ??= await this.officer.key('write')));
    return api<T>(this.test.url, `/v1/profiles/${PROFILE.id}${path}`, { ...init, token });
  }

  /** Adds a researcher; returns their id. */
  async researcher(name: string, competences: string[], language: 'fr' | 'en' = 'en'): Promise<string> {
    const email = `${name.toLowerCase().replace(/\W+/g, '.')}@lab.example`;
    const { status, body } = await this.call('/researchers', {
      method: 'POST',
      body: { name, email, language, competences },
    });
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body.id;
  }

  /** Proposes the call with the prepared message; returns the link in the e-mail. */
  async asked(researcher: string): Promise<string> {
    const { body } = await this.call(`/calls/${this.callId}/candidates`);
    const { draft } = body.items.find((c: { researcher: { id: string } }) => c.researcher.id === researcher);
    const before = this.sink.mails.length;
    await this.call(`/calls/${this.callId}/proposals`, { method: 'POST', body: { researcher, ...draft } });
    await this.mails(before + 1);
    return linkIn(this.sink.mails.at(-1)!.text!);
  }

  /** Waits until that many e-mails have arrived. */
  mails(count: number): Promise<SmtpSink['mails']> {
    return until(`${count} mails`, async () => this.sink.mails.length >= count && this.sink.mails);
  }

  /** Revokes a person's right to sign in. */
  async leave(personId: string): Promise<void> {
    await this.test.app
      .get(DataSource)
      .query('UPDATE person SET removed_at = $2 WHERE id = $1', [personId, this.clock.now()]);
  }

  /** Sets whether the call counts as withdrawn. */
  async withdrawn(yes: boolean): Promise<void> {
    await this.test.app
      .get(DataSource)
      .query('UPDATE call SET withdrawn_at = $2 WHERE id = $1', [this.callId, yes ? this.clock.now() : null]);
  }

  /** Returns the contents of the database as one text. */
  async everything(): Promise<string> {
    const database = this.test.app.get(DataSource);
    const tables = ['researcher', 'proposal', 'transactional_mail'];
    return JSON.stringify(await Promise.all(tables.map((table) => database.query(`SELECT * FROM ${table}`))));
  }
}

/** Returns the path of the link for answering an e-mail. */
export const linkIn = (text: string): string => /http:\/\/calls\.test(\/answer\/[\w-]{43})\s/.exec(text)![1]!;
