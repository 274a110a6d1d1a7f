import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Source } from '../../../src/harvest/source-registry.js';
import { source } from '../../../src/harvest/sources/comitology-register/comitology-register.source.js';
import { heading, paragraph, row, run, table, wordFile } from './word-file.js';

/** A topic of a draft, in a few words. */
export interface DraftedTopic {
  identifier: string;
  title: string;
  budget?: string;
  text?: string;
}

/** Makes a draft with one call, whose topics all have these dates: `Opening: … Deadline(s): …`. */
export function draft(call: string, dates: string, topics: DraftedTopic[]): Buffer {
  const names = ['Topics', 'Type of Action', 'Budgets', 'Expected EU contribution per project'];
  return wordFile(
    heading(1, run('Call - Invented')),
    heading(2, run(call)),
    table(
      row(names),
      row([dates]),
      ...topics.map((t) => row([`${t.identifier}: ${t.title}`, 'RIA', t.budget ?? '4.00', '2.00'])),
    ),
    ...topics.flatMap((t) => [
      heading(3, run(`${t.identifier}: ${t.title}`)),
      paragraph(run(`Scope: ${t.text ?? `Proposals should study ${t.identifier}.`}`)),
    ]),
  );
}

interface Listed {
  title: string;
  type: string;
  updatedAt: string;
  createdAt: string;
  /** The code of its meeting, and when the last day of the vote begins. */
  meeting: string;
  until: string | null;
  files: Record<string, Buffer>;
}

/** A register of committees with the documents that a test puts there. */
export class TestRegister {
  /** By reference and version. */
  private readonly documents = new Map<string, Listed>();
  /** What was requested, each path once. */
  readonly asked = new Set<string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TestRegister> {
    const server = createServer((request, response) => {
      const [type, body] = made.answer(request.url!);
      response.writeHead(body === null ? 404 : 200, { 'content-type': type }).end(body ?? '');
    });
    const made = new TestRegister(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  /** The source as wired into the application; trusted, since it is on this machine. */
  get source(): Source {
    const { port } = this.server.address() as AddressInfo;
    return {
      ...source,
      origin: `http://127.0.0.1:${port}`,
      requestsPerMinute: 100_000,
      trusted: true,
      listTrusted: false,
      headers: {},
    };
  }

  put(document: string, listed: Partial<Listed> = {}): void {
    const before = this.documents.get(document);
    const plain = {
      title: 'Invented',
      type: 'D',
      updatedAt: '2026-05-01T08:00:00Z',
      createdAt: '2026-05-01T08:00:00Z',
      meeting: `CMTD(${document})`,
      until: null,
      files: {},
    };
    this.documents.set(document, { ...plain, ...before, ...listed });
  }

  drop(document: string): void {
    this.documents.delete(document);
  }

  private rowOf(key: string, { title, type, updatedAt, createdAt, meeting, until }: Listed): object {
    const [documentReference, version] = key.split('/');
    return {
      documentReference,
      version: Number(version),
      title,
      committeeCode: 'C70408',
      committeeTitle: 'Invented committee',
      meetingCode: meeting,
      meetingEndDate: until,
      creationDate: createdAt,
      updateDate: updatedAt,
      documentType: { letter: type },
    };
  }

  private answer(url: string): [string, string | Buffer | null] {
    this.asked.add(url);
    const rows = [...this.documents].map(([key, listed]) => this.rowOf(key, listed));
    if (url.includes('/documents/search'))
      return ['application/json', JSON.stringify({ content: rows, totalElements: rows.length })];
    const [, key] = /\/documents\/(\d+\/\d+)$/.exec(url) ?? [];
    const [, number, of] = /\/ers\/(\d+)\/(\d+\/\d+)\/attachment$/.exec(url) ?? [];
    const listed = this.documents.get(key ?? of ?? '');
    if (!listed) return ['application/json', null];
    const names = Object.keys(listed.files);
    if (!key) return ['application/octet-stream', listed.files[names[Number(number)]!] ?? null];
    const documentsAttached = names.map((fileName, id) => ({ id, fileName }));
    return ['application/json', JSON.stringify({ ...this.rowOf(key, listed), documentsAttached })];
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}
