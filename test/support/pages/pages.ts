import { load, type CheerioAPI } from 'cheerio';
import { request, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { somebody, type Somebody } from '../access/people.js';
import { addressesOf, nameOf, routesOf } from './routes.js';
import { liveValuesOf } from './route-values.js';
import type { TwoInstitutes } from '../access/two-institutes.js';
import { sampled } from '../release.js';

/** A received page, and its bytes on the wire including headers. */
export interface Came {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  bytes: number;
}
export interface PageSeen extends Came {
  name: string;
  path: string;
  html: string;
}

/**
 * Fetches over its own connection, so that its bytes can be counted; compressed as for browsers unless
 * `plain`.
 */
export const fetchCounted = (url: string, cookie: string, plain = false): Promise<Came> =>
  new Promise((resolve, reject) => {
    const encoding = plain ? {} : { 'accept-encoding': 'gzip, deflate, br' };
    request(
      url,
      { agent: false, headers: { accept: 'text/html', ...encoding, ...(cookie && { cookie }) } },
      (response) => {
        const pieces: Buffer[] = [];
        response
          .on('data', (piece: Buffer) => pieces.push(piece))
          .on('end', () =>
            resolve({
              status: response.statusCode!,
              headers: response.headers,
              body: Buffer.concat(pieces),
              bytes: response.socket.bytesRead,
            }),
          );
      },
    )
      .on('error', reject)
      .end();
  });

/** Fetches a page as a person. */
export async function pageFor(who: Somebody, path: string): Promise<CheerioAPI> {
  const { status, body } = await who.get(path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return load(body);
}

/** A page and its viewer. */
export interface Reached {
  name: string;
  path: string;
  who: 'officer' | 'coordinator' | 'nobody';
  cookie: string;
  came: Came;
}

/**
 * Returns every page of the application with everyone who may see it; `unseen` are those nobody sees, since
 * they redirect.
 */
export async function pagesOf(
  world: TwoInstitutes,
  chosen: (address: unknown, at: number) => boolean = () => true,
): Promise<{ pages: Reached[]; unseen: string[] }> {
  const { test } = world;
  const readers = [
    { who: 'officer', cookie: world.leti.officer.cookie },
    { who: 'coordinator', cookie: (await somebody(test, { role: 'coordinator' })).cookie },
    { who: 'nobody', cookie: '' },
  ] as const;
  const routes = routesOf(test.app).filter((r) => r.method === 'GET' && !/^\/(v1|health|mcp)\b/.test(r.path));
  const pages: Reached[] = [];
  const unseen: string[] = [];
  // The item to explain is in the query: without it the page is only a form.
  const asked = (address: string): string[] =>
    address.endsWith('/why') ? [address, `${address}?call=${world.ids.call}`] : [address];
  const addresses = routes.flatMap((route) =>
    addressesOf(route, liveValuesOf(world))
      .flatMap(asked)
      .map((address) => ({ name: nameOf(route), path: address })),
  );
  for (const { name, path } of sampled('pages', addresses, chosen)) {
    let shown = false;
    for (const reader of readers) {
      const came = await fetchCounted(new URL(path, test.url).href, reader.cookie);
      if (came.status !== 200) continue;
      shown = true;
      // Anything else is a file (a feed, an export) or an e-mail in a frame without scripts.
      const { 'content-type': type, 'content-security-policy': policy } = came.headers;
      if (String(type).startsWith('text/html') && !String(policy).endsWith('; sandbox'))
        pages.push({ name, path, ...reader, came });
    }
    if (!shown) unseen.push(`${name} ${path}`);
  }
  return { pages, unseen };
}

/** Fetches every page, or those chosen, for everyone who may see it; calls `see` with each. */
export async function everyPage(
  world: TwoInstitutes,
  see: (page: PageSeen) => Promise<void>,
  chosen?: (address: unknown, at: number) => boolean,
): Promise<string[]> {
  const { pages, unseen } = await pagesOf(world, chosen);
  for (const { name, path, came } of pages) await see({ ...came, name, path, html: unpacked(came) });
  return unseen;
}

const UNPACK: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
};

function unpacked({ headers, body }: Came): string {
  const unpack = UNPACK[String(headers['content-encoding'])];
  return (unpack ? unpack(body) : body).toString('utf8');
}

/** Returns the addresses of the files that a page loads. */
export function filesOf(html: string): string[] {
  const page = load(html);
  return [
    ...page('link[rel=stylesheet], link[rel=icon]')
      .map((_, e) => page(e).attr('href')!)
      .get(),
    ...page('script[src], img[src]')
      .map((_, e) => page(e).attr('src')!)
      .get(),
  ];
}
