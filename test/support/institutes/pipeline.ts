import { TAKE_UP } from '../../../src/decisions/jobs.js';
import { runJob } from '../queue/run-job.js';
import { TakeUpJob } from '../../../src/pipeline/take-up.job.js';
import type { OpportunityView, StepView } from '../../../src/pipeline/api/opportunity-views.js';
import { api } from '../app.js';
import { aCall } from '../matching/calls.js';
import type { TestClock } from '../clock.js';
import { startInbox, type InboxTest } from './inbox.js';
import { aProfile } from '../matching/profiles.js';
import { WIND } from './sheets.js';

type Refused = { status: number; detail: string; errors?: { path: string; message: string }[] };
type Said<T> = { status: number; body: T & Refused };

/** Two wind institutes with calls that fit both, and queries for the pipeline of the first. */
export class PipelineTest {
  private constructor(
    readonly world: InboxTest,
    readonly clock: TestClock,
  ) {}

  static async start(titles: string[], clock: TestClock): Promise<PipelineTest> {
    const world = await startInbox(
      [aProfile('wind', { language: 'en' }), aProfile('other')],
      titles.map((title, i) => PipelineTest.call(title, i)),
      [],
      clock,
    );
    return new PipelineTest(world, clock);
  }

  static call(title: string, i: number, at = '2026-11-17T16:00:00.000Z') {
    return aCall(`P${i}`, {
      title,
      identifier: `HORIZON-P${i}-2026-01`,
      sections: WIND,
      deadlines: [{ at, timeTold: true }],
    });
  }

  async ask<T = OpportunityView>(method: string, path: string, body?: unknown): Promise<Said<T>> {
    const { status, body: said } = await api<T & Refused>(this.world.test.url, `/v1/profiles/wind/${path}`, {
      method,
      token: this.world.token,
      ...(body !== undefined && { body }),
    });
    return { status, body: said };
  }

  /** Does due work, as a tick does. */
  async takeUp(): Promise<string[]> {
    const jobs = await this.world.test.app.get(TakeUpJob).due();
    for (const { data } of jobs) await runJob(this.world.test.app, TAKE_UP, data as never);
    return jobs.map(({ data }) => (data as { profileId: string }).profileId);
  }

  async decide(title: string, body: unknown): Promise<void> {
    const path = `calls/${await this.world.id(title)}/verdict`;
    const { status } = await this.ask(body === null ? 'DELETE' : 'PUT', path, body ?? undefined);
    expect({ title, status }).toEqual({ title, status: 200 });
  }

  async all(query = ''): Promise<OpportunityView[]> {
    return (await this.ask<{ items: OpportunityView[] }>('GET', `opportunities${query}`)).body.items;
  }

  async one(title: string): Promise<OpportunityView> {
    const found = (await this.all()).find((o) => o.call.title === title);
    if (!found) throw new Error(`"${title}" is not in the pipeline`);
    return found;
  }

  async begin(title: string): Promise<OpportunityView> {
    return (await this.ask('POST', 'opportunities', { call: await this.world.id(title) })).body;
  }

  move(id: string, stage: string, more: object = {}): Promise<Said<OpportunityView>> {
    return this.ask('PUT', `opportunities/${id}/stage`, { stage, ...more });
  }

  async history(id: string): Promise<StepView[]> {
    return (await this.ask<{ items: StepView[] }>('GET', `opportunities/${id}/history`)).body.items;
  }

  stop(): Promise<void> {
    return this.world.stop();
  }
}
