import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Source } from '../../../src/harvest/source-registry.js';
import { source } from '../../../src/harvest/sources/portal-questions/portal-questions.source.js';

/** A question as the portal has it. */
export interface Asked {
  keyword: string[];
  question: string;
  /** HTML. */
  answer: string;
  status: string;
  publishedAt: string | null;
  modifiedAt: string;
  /** How many characters of the answer its row in a list has. */
  cutAt: number | null;
}

/** The portal's index of questions, with those that a test puts there. */
export class QuestionsPortal {
  private readonly questions = new Map<string, Asked>();
  /** The requests made: the field searched by, or the number of a question. */
  asked: string[] = [];
  /** Questions whose own documents cannot be had. */
  readonly withheld = new Set<string>();
  /** Answers everything in place of the index. */
  instead: { status: number; body: string } | null = null;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<QuestionsPortal> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const { status, body } =
            (request.method === 'POST' && made.instead) ||
            made.answer(request.url!, Buffer.concat(chunks).toString('utf8'));
          response.writeHead(status, { 'content-type': 'application/json' }).end(body);
        });
    });
    const made = new QuestionsPortal(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  /** The source as wired into the application; trusted, since it is on this machine. */
  get source(): Source {
    const { port } = this.server.address() as AddressInfo;
    // A first message would wait for the checks.
    const { checks: _, ...definition } = source;
    return {
      ...definition,
      origin: `http://127.0.0.1:${port}`,
      requestsPerMinute: 100_000,
      everyHours: 8_760,
      trusted: true,
      listTrusted: false,
      headers: {},
    };
  }

  put(id: string, asked: Partial<Asked>): void {
    const plain: Asked = {
      keyword: [],
      question: `Question ${id}?`,
      answer: '<p>Yes.</p>',
      status: '0',
      publishedAt: '2026-05-01T08:00:00Z',
      modifiedAt: '2026-05-01T08:00:00Z',
      cutAt: null,
    };
    this.questions.set(id, { ...plain, ...this.questions.get(id), ...asked });
  }

  drop(id: string): void {
    this.questions.delete(id);
  }

  private rowOf(id: string, whole: boolean): object {
    const q = this.questions.get(id)!;
    const published = q.publishedAt && String(Date.parse(q.publishedAt));
    return {
      reference: id,
      language: 'en',
      metadata: {
        nid: [id],
        type: ['3'],
        status: [q.status],
        question: [q.question],
        answer: [whole || q.cutAt === null ? q.answer : q.answer.slice(0, q.cutAt)],
        keyword: q.keyword,
        ...(published && { publicationDate: [published] }),
        lastModified: [String(Date.parse(q.modifiedAt))],
        url: [`https://portal.example/faq/${id}`],
      },
    };
  }

  private answer(url: string, body: string): { status: number; body: string } {
    const [, id] = /\/document\/([^/?]+)\?/.exec(url) ?? [];
    if (!url.includes('apiKey=SEDIA_FAQ')) return { status: 404, body: '{}' };
    this.asked.push(id ?? /"terms":\{"(\w+)"/.exec(body)?.[1] ?? url);
    if (id !== undefined)
      return this.questions.has(id) && !this.withheld.has(id)
        ? { status: 200, body: JSON.stringify(this.rowOf(id, true)) }
        : { status: 400, body: '{"type":"businessError","message":"No result found"}' };
    const [, field, list] = /"terms":\{"(nid|keyword)":(\[[^\]]*\])/.exec(body)!;
    const wanted = new Set(JSON.parse(list!) as string[]);
    const found = [...this.questions].filter(([nid, q]) =>
      field === 'nid' ? wanted.has(nid) : q.keyword.some((k) => wanted.has(k.trim())),
    );
    const ids = found.map(([nid]) => nid).sort();
    if (body.includes('"DESC"')) ids.reverse();
    const [size, page] = ['pageSize', 'pageNumber'].map((name) =>
      Number(new URL(url, 'http://portal').searchParams.get(name)),
    );
    const results = ids.slice((page! - 1) * size!, page! * size!).map((nid) => this.rowOf(nid, false));
    return { status: 200, body: JSON.stringify({ totalResults: ids.length, results }) };
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}
