import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { inflateRawSync } from 'node:zlib';
import { allRoutes, type Route } from '../../../src/platform/access/rule.js';

/** Returns all declared routes of the application, in a fixed order. Routes that sign out come last. */
export const routesOf = (app: INestApplication): Route[] =>
  allRoutes(app.get(DiscoveryService), new MetadataScanner()).sort(
    (a, b) =>
      Number(a.path.includes('sign-out')) - Number(b.path.includes('sign-out')) ||
      `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`),
  );

export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Returns the parameters of a route's path by what precedes them: `calls/:call`, `matches.:format`. */
export function parametersOf({ path }: Route): string[] {
  const segments = path.split('/').filter(Boolean);
  return segments.flatMap((segment, i) =>
    [...segment.matchAll(/:(\w+)/g)].map(() =>
      segment.startsWith(':') ? `${segments[i - 1]}/${segment}` : segment,
    ),
  );
}

/**
 * Returns a route's addresses with these parameter values, one per value; none if a parameter has no value.
 */
export function addressesOf(route: Route, values: Record<string, string | string[]>): string[] {
  return parametersOf(route).reduce<string[]>(
    (paths, parameter) => {
      const given = values[parameter] ?? [];
      return paths.flatMap((path) =>
        [given].flat().map((value) => path.replace(/:\w+/, encodeURIComponent(value))),
      );
    },
    [route.path],
  );
}

/** Returns all text of an answer, including the content of workbooks, in lower case. */
export async function saidIn(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return `${headers}\n${bytes.toString('utf8')}\n${unzipped(bytes)}`.toLowerCase();
}

/** Returns the texts in a ZIP archive, such as an XLSX file (APPNOTE.TXT 4.3.7). */
function unzipped(bytes: Buffer): string {
  const texts: string[] = [];
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    const data = bytes.subarray(at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28));
    texts.push(
      bytes.readUInt16LE(at + 8) === 8
        ? inflateRawSync(data).toString('utf8')
        : data.subarray(0, bytes.readUInt32LE(at + 18)).toString('utf8'),
    );
  }
  return texts.join('\n');
}
