import { load } from 'cheerio';
import { request, type IncomingHttpHeaders } from 'node:http';
import { somebody } from './people.js';
import { addressesOf, nameOf, parametersOf, routesOf } from './routes.js';
import { liveValuesOf, type TwoInstitutes } from './two-institutes.js';

/** A page as it came, and how many bytes that were on the wire, headers included. */
export interface Came { status: number; headers: IncomingHttpHeaders; body: Buffer; bytes: number }
export interface PageSeen extends Came { name: string; path: string; html: string }

/** Asks over a connection of its own, so that its bytes can be counted. Without `plain` as browsers do, compressed. */
export const fetchCounted = (url: string, cookie: string, plain = false): Promise<Came> => new Promise((resolve, reject) => {
  const encoding = plain ? {} : { 'accept-encoding': 'gzip, deflate, br' };
  request(url, { agent: false, headers: { accept: 'text/html', ...encoding, ...(cookie && { cookie }) } }, (response) => {
    const pieces: Buffer[] = [];
    response.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces), bytes: response.socket.bytesRead }));
  }).on('error', reject).end();
});

/** Every page of the application as it is shown to the institute's officer, or to those who may see it, `see` is called with each. */
export async function everyPage(world: TwoInstitutes, see: (page: PageSeen) => Promise<void>): Promise<string[]> {
  const { test } = world;
  const cookies = [world.leti.officer.cookie, (await somebody(test, { role: 'coordinator' })).cookie, ''];
  const unseen: string[] = [];
  // What is no page is a file: a feed, an export.
  const isPage = (r: ReturnType<typeof routesOf>[number]): boolean => r.method === 'GET' && !/^\/(v1|health)\b/.test(r.path) && !parametersOf(r).some((p) => p.endsWith(':format'));
  for (const route of routesOf(test.app).filter(isPage)) {
    for (const path of addressesOf(route, liveValuesOf(world))) {
      let seen = false;
      for (const cookie of cookies) {
        const came = await fetchCounted(new URL(path, test.url).href, cookie);
        const plain = await fetchCounted(new URL(path, test.url).href, cookie, true);
        if (came.status !== 200) continue;
        seen = true;
        await see({ ...came, name: nameOf(route), path, html: plain.body.toString('utf8') });
      }
      if (!seen) unseen.push(`${nameOf(route)} ${path}`);
    }
  }
  return unseen;
}

/** The addresses of the files that a page brings with it. */
export function filesOf(html: string): string[] {
  const page = load(html);
  return [...page('link[rel=stylesheet], link[rel=icon]').map((_, e) => page(e).attr('href')!).get(), ...page('script[src], img[src]').map((_, e) => page(e).attr('src')!).get()];
}
