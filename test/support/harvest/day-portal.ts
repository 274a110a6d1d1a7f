import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { startSamplePortal, type Faults, type SamplePortal } from '../../../src/demo/sample-portal.js';
import type { PortalRecord } from '../../../src/demo/sample-records.js';
import { TestPortal } from './portal.js';

/** What a portal held on each of several days. */
export type History = Map<string, PortalRecord[]>;

/** Returns the samples for the first day; each later day applies its edit to the day before. */
export async function history(
  first: string,
  edits: Record<string, (portal: TestPortal) => void>,
): Promise<History> {
  const portal = await TestPortal.start(new Date(`${first}T00:00:00Z`));
  const days: History = new Map([[first, [...portal.records]]]);
  for (const [day, edit] of Object.entries(edits)) {
    edit(portal);
    days.set(day, [...portal.records]);
  }
  await portal.close();
  return days;
}

/** A portal stand-in over several days; POST /_control moves it to another day and makes it misbehave. */
export class DayPortal {
  /** The days it was moved to, and the faults on each. */
  readonly moves: { day: string; faults: Faults }[] = [];
  private day: string;

  private constructor(
    private readonly portal: SamplePortal,
    private readonly server: Server,
    private readonly days: History,
    public faults: Faults,
  ) {
    this.day = [...days.keys()][0]!;
    server.on(
      'request',
      (req: IncomingMessage, res: ServerResponse) =>
        void (req.url === '/_control' ? this.control(req, res) : this.pass(req, res)),
    );
  }

  static async start(days: History, faults: Faults = {}): Promise<DayPortal> {
    const portal = await startSamplePortal({ records: [...days.values()][0]!, faults, seed: 11 });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new DayPortal(portal, server, days, faults);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  requests(): number {
    return this.portal.requests();
  }

  /** Does the same as POST /_control. */
  set({ day = this.day, faults = this.faults }: { day?: string; faults?: Faults }): void {
    this.day = day;
    this.faults = faults;
    this.moves.push({ day, faults });
    this.portal.set({ records: this.days.get(day)!, faults });
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
    await this.portal.close();
  }

  private async control(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method === 'POST') this.set((await json(req)) as { day?: string; faults?: Faults });
    res
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ days: [...this.days.keys()], day: this.day, faults: this.faults }));
  }

  /** Forwards a request; if the portal cuts the connection, it is cut here too. */
  private pass(req: IncomingMessage, res: ServerResponse): void {
    const { pathname, search } = new URL(req.url!, this.url);
    const passed = request(
      this.portal.url + pathname + search,
      { method: req.method!, headers: req.headers },
      (answer) => {
        res.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(res);
      },
    );
    passed.once('error', () => res.destroy());
    req.pipe(passed);
  }
}
