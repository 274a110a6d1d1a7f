import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { partnerFacets } from './sample-partners.js';
import { SampleList, type ListSettings } from './sample-list.js';
import type { PortalRecord } from './sample-records.js';
import { rowsFor, type Search } from './sample-search.js';

/** How the server fails. Each value is a probability from 0 to 1; `slowMs` delays every answer. */
export interface Faults {
  http500?: number;
  /** Refused for good. */
  http403?: number;
  /** 429 with Retry-After: 1. */
  http429?: number;
  /** The connection is cut. */
  reset?: number;
  /** Half of a JSON body. */
  truncate?: number;
  /** Status 200 with an HTML page that requires a browser. */
  challenge?: number;
  /** Status 200 and no rows. */
  empty?: number;
  /** Every second row is missing, and the total is reduced to match. */
  half?: number;
  /** `metadata` has another name. */
  shape?: number;
  slowMs?: number;
}

/** What the server holds and how it behaves; `seed` makes a run repeatable. */
export interface PortalSettings extends ListSettings {
  records: PortalRecord[];
  partners?: PortalRecord[];
  faults?: Faults;
  seed?: number;
}

export interface SamplePortal {
  /** Scheme, host and port. */
  url: string;
  close(): Promise<void>;
  /** Searches so far, whatever the result; those of the partner index are counted separately. */
  requests(): number;
  partnerRequests(): number;
  /** Requests for the list and the topic files, with the answers: `200 <path>`. */
  listAnswers(): string[];
  /** Changes what the server holds or how it behaves from now on; faults are replaced as a whole. */
  set(change: Partial<PortalSettings>): void;
}

const SEARCH_PATH = '/search-api/prod/rest/search';
/** The facet path; empty here, because the samples use only codes that the program knows. */
const FACET_PATH = '/search-api/prod/rest/facet';
const PARTNERS = 'SEDIA_PERSON';
const MOST_ROWS_A_PAGE = 100;
const BROWSER_CHECK = '<!doctype html><title>One moment</title><p>Please switch JavaScript on to go on.</p>';

/** A linear congruential generator: good enough for faults and ties, and repeatable from a seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Reads the JSON parts of the body. Like the portal, ignores any part not typed application/json. */
async function readParts(request: IncomingMessage): Promise<Search> {
  const type = request.headers['content-type'] ?? '';
  const body = (await buffer(request)).toString();
  if (!type.startsWith('multipart/form-data')) return {};
  // formData() drops the type of a part that is not a file, so every part is made one.
  const files = body.replace(
    /^(content-disposition: form-data; name="[^"]+")(?=\r\n)/gim,
    '$1; filename="part"',
  );
  const form = await new Response(files, { headers: { 'content-type': type } }).formData();
  const parts: Record<string, unknown> = {};
  for (const [name, part] of form) {
    if (typeof part === 'string' || !part.type.startsWith('application/json')) continue;
    parts[name] = JSON.parse(await part.text());
  }
  return parts;
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

/** Returns a positive integer from the URL, or the service's default. */
function count(url: URL, name: string, otherwise: number): number {
  const value = Number(url.searchParams.get(name) ?? otherwise);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

/** Returns a row's fields in the form without `metadata`. */
const atTop = ({ DATASOURCE, ...fields }: PortalRecord['metadata']): Record<string, unknown> => ({
  ...fields,
  datasource: DATASOURCE,
});

function shown({ metadata, flat, ...row }: PortalRecord, renamed: boolean): string {
  return JSON.stringify({
    ...row,
    summary: row.content,
    database: 'SEDIA',
    ...(renamed ? { meta: metadata } : flat ? atTop(metadata) : { metadata }),
  });
}

/** Records never change and appear in many answers, so their text is cached. */
const written = new WeakMap<PortalRecord, string>();
function writtenOnce(row: PortalRecord): string {
  const text = written.get(row) ?? shown(row, false);
  written.set(row, text);
  return text;
}

class Portal {
  requests = 0;
  partnerRequests = 0;
  private faults: Faults = {};
  private records: PortalRecord[] = [];
  private partners: PortalRecord[] = [];
  private random = randomFrom(1);
  readonly list = new SampleList();

  set({ records, partners, faults, seed, ...list }: Partial<PortalSettings>): void {
    this.list.set(list);
    if (records) this.records = records;
    if (partners) this.partners = partners;
    if (faults) this.faults = faults;
    if (seed !== undefined) this.random = randomFrom(seed);
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const listed = this.list.answer(url.pathname, request.headers['if-none-match'], this.records);
    if (listed) return send(response, listed.status, listed.body, listed.headers);
    const index = url.searchParams.get('apiKey');
    const facets = url.pathname === FACET_PATH && index === PARTNERS;
    if (url.pathname === FACET_PATH && !facets) return send(response, 200, '{"facets":[]}');
    // robots.txt gets a 404: a 5xx would forbid everything (RFC 9309).
    if (url.pathname !== SEARCH_PATH && !facets) return send(response, 404, '{"error":"Not Found"}');
    if (index === PARTNERS) this.partnerRequests += 1;
    else this.requests += 1;
    if (this.faults.slowMs) await sleep(this.faults.slowMs);
    if (this.refused(request, response)) return;
    if (request.method !== 'POST') return send(response, 405, '{"error":"Method Not Allowed"}');
    if (index !== 'SEDIA' && index !== PARTNERS) return send(response, 403, '{"error":"Forbidden"}');
    const page = facets
      ? JSON.stringify(partnerFacets)
      : this.page(url, index === PARTNERS ? this.partners : this.records, await readParts(request));
    send(response, 200, this.happens('truncate') ? page.slice(0, page.length / 2) : page);
  }

  private happens(fault: Exclude<keyof Faults, 'slowMs'>): boolean {
    return this.random() < (this.faults[fault] ?? 0);
  }

  /** Faults that replace the whole answer. */
  private refused(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.happens('reset')) request.socket.destroy();
    else if (this.happens('http429'))
      send(response, 429, '{"error":"Too Many Requests"}', { 'retry-after': '1' });
    else if (this.happens('http403')) send(response, 403, '{"error":"Forbidden"}');
    else if (this.happens('http500')) send(response, 500, '{"error":"Internal Server Error"}');
    else if (this.happens('challenge')) send(response, 200, BROWSER_CHECK, { 'content-type': 'text/html' });
    else return false;
    return true;
  }

  private page(url: URL, records: PortalRecord[], search: Search): string {
    const pageSize = Math.min(count(url, 'pageSize', 50), MOST_ROWS_A_PAGE);
    const pageNumber = count(url, 'pageNumber', 1);
    let rows = rowsFor(this.list.withoutHidden(records), search, this.random);
    if (this.happens('half')) rows = rows.filter((_, i) => i % 2 === 0);
    if (this.happens('empty')) rows = [];
    const renamed = this.happens('shape');
    const results = rows
      .slice((pageNumber - 1) * pageSize, pageNumber * pageSize)
      .map((row) => (renamed ? shown(row, true) : writtenOnce(row)));
    const terms = url.searchParams.get('text');
    const about = JSON.stringify({
      apiVersion: '2.144',
      terms,
      totalResults: rows.length,
      pageNumber,
      pageSize,
    });
    return `${about.slice(0, -1)},"results":[${results.join(',')}]}`;
  }
}

/** Starts the server. Without `port`, the system picks a free one. */
export async function startSamplePortal(
  options: PortalSettings & { port?: number; host?: string },
): Promise<SamplePortal> {
  const { port = 0, host = '127.0.0.1' } = options;
  const portal = new Portal();
  portal.set(options);
  const server = createServer((request, response) => {
    portal.answer(request, response).catch((error: unknown) => {
      // An error may come after the answer has begun, and a client that disconnects is no error.
      if (response.headersSent) response.destroy();
      else send(response, 500, JSON.stringify({ error: String(error) }));
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    requests: () => portal.requests,
    partnerRequests: () => portal.partnerRequests,
    listAnswers: () => [...portal.list.answers],
    set: (change) => portal.set(change),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        // A client's keep-alive connections would block the stop.
        server.closeAllConnections();
      }),
  };
}
