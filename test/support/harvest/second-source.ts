import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ParsedCall } from '../../../src/calls/domain/parsed-call.js';
import { defineSource } from '../../../src/harvest/domain/source.js';
import type { Source } from '../../../src/harvest/source-registry.js';

/** A test source: one list of calls, exactly as given. */
export class SecondSource {
  calls: ParsedCall[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SecondSource> {
    const server = createServer((request, response) => {
      if (request.url !== '/calls.json') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(made.calls));
    });
    const made = new SecondSource(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  /** The source as wired into the application; trusted, since it is on this machine. */
  get source(): Source {
    const definition = defineSource({
      id: 'second',
      name: 'Second source',
      homepage: 'https://second.example/',
      origin: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`,
      everyHours: 12,
      requestsPerMinute: 600,
      coverage: 'full',
      expectsAtLeast: 1,
      quietAfterDays: 300,
      plan: (done) =>
        done.length ? [] : [{ key: 'calls', path: '/calls.json', method: 'GET', headers: {}, body: null }],
      parse: ({ bytes }) => ({ total: null, calls: JSON.parse(bytes.toString()), unread: [], links: [] }),
    });
    return { ...definition, trusted: true, listTrusted: false, headers: {} };
  }

  put(...calls: ParsedCall[]): void {
    for (const call of calls)
      this.calls = [...this.calls.filter((c) => c.reference !== call.reference), call];
  }

  edit(reference: string, told: Partial<ParsedCall>): void {
    this.calls = this.calls.map((c) => (c.reference === reference ? { ...c, ...told } : c));
  }

  drop(reference: string): ParsedCall {
    const gone = this.calls.find((c) => c.reference === reference)!;
    this.calls = this.calls.filter((c) => c.reference !== reference);
    return gone;
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}

/** Returns a call in the second source's own words. */
export const secondCall = (reference: string, told: Partial<ParsedCall> = {}): ParsedCall => ({
  dataSource: 'SECOND',
  reference,
  language: 'en',
  title: `What the second source calls ${reference}`,
  kind: 'grant',
  identifier: null,
  callIdentifier: null,
  callTitle: null,
  programme: null,
  divisions: [],
  typesOfAction: [],
  sourceStatus: 'open',
  opensAt: null,
  deadlineModel: null,
  deadlines: [],
  budget: null,
  destination: null,
  keywords: [],
  sections: [{ kind: 'summary', title: '', text: `About ${reference}.` }],
  url: `https://second.example/calls/${reference}`,
  alsoAt: [],
  ...told,
});
