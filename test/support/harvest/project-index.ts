import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Source } from '../../../src/harvest/source-registry.js';
import { source } from '../../../src/harvest/sources/funded-projects/funded-projects.source.js';

const PAGE = 100;
type Metadata = Record<string, string[]>;
interface Row {
  reference: string;
  language: string;
  metadata: Metadata;
}

/** Participants as the index has them: JSON in one text. The first one coordinates. */
export const participants = (...all: [pic: string, name: string, country?: string][]): string[] => [
  JSON.stringify(
    all.map(([pic, legalName, country = 'DE'], i) => ({
      role: i === 0 ? 'coordinator' : 'participant',
      pic,
      legalName,
      eucontribution: '250000',
      postalAddress: { city: 'Jena', countryCode: { abbreviation: country, description: country } },
    })),
  ),
];

/** A row of a project under a topic. */
export const projectRow = (id: string, topic: string, more: Metadata = {}, part = 'PROJECT'): Row => ({
  reference: `${id}${part}en`,
  language: 'en',
  metadata: { projectId: [id], topicAbbreviation: [topic], ...more },
});

/** An index of funded projects with the rows that a test puts there. It asks for topics letter by letter. */
export class TestProjectIndex {
  rows: Row[] = [];
  /** What is sent instead of an answer; null for an answer. */
  instead: string | null = null;
  /** The topics of each request. */
  readonly asked: string[][] = [];
  private turn = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestProjectIndex> {
    const server = createServer((request, response) => {
      if (!request.url!.startsWith('/search-api/')) return void response.writeHead(404).end();
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(made.instead ?? JSON.stringify(made.answer(request.url!, Buffer.concat(chunks).toString())));
      });
    });
    const made = new TestProjectIndex(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The source as wired into the application; trusted, since it is on this machine. */
  get source(): Source {
    return {
      ...source,
      origin: this.url,
      requestsPerMinute: 100_000,
      trusted: true,
      listTrusted: false,
      headers: {},
    };
  }

  private answer(url: string, body: string): object {
    const part = (name: string): any =>
      JSON.parse(new RegExp(`name="${name}"[^]*?\\r\\n\\r\\n([^]*?)\\r\\n--`).exec(body)![1]!);
    const topics: string[] = part('query').bool.must[0].terms.topicAbbreviation;
    this.asked.push(topics);
    this.turn += 1;
    const { order } = part('sort');
    const number = Number(new URL(url, 'http://x').searchParams.get('pageNumber'));
    // Rows of one project tie, and stand in another order each time.
    const tie = ({ reference }: Row): number => (reference.length * 7 + this.turn) % 3;
    const found = this.rows
      .filter((r) => r.metadata['topicAbbreviation']!.some((topic) => topics.includes(topic)))
      .sort(
        (a, b) =>
          a.metadata['projectId']![0]!.localeCompare(b.metadata['projectId']![0]!) *
            (order === 'DESC' ? -1 : 1) || tie(a) - tie(b),
      );
    return {
      totalResults: found.length,
      pageNumber: number,
      pageSize: PAGE,
      results: found.slice((number - 1) * PAGE, number * PAGE),
    };
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}
