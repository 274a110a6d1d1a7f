import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../ui/public/', import.meta.url));
/** Files that come from a package. */
const PACKAGED: Record<string, string> = {
  'htmx.js': createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'),
};

const stamps = new Map<string, string>();

/**
 * Returns a few characters that change with the content of a public file. Throws if there is no such file, to
 * rule out broken links.
 */
export function assetStamp(name: string): string {
  const known = stamps.get(name);
  if (known) return known;
  const path = PACKAGED[name] ?? join(FOLDER, name);
  if (!existsSync(path)) throw new Error(`there is no public file "${name}"`);
  const stamp = createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 10);
  stamps.set(name, stamp);
  return stamp;
}

/** Serves the files below `/assets`, cached by browsers for good: their addresses carry a content stamp. */
export function serveStaticFiles(app: NestExpressApplication): void {
  const options = {
    immutable: true,
    maxAge: '365d',
    fallthrough: true,
    index: false as const,
    redirect: false,
  };
  for (const [name, path] of Object.entries(PACKAGED))
    app.use(`/assets/${name}`, (_: unknown, response: { sendFile: (path: string, o: object) => void }) =>
      response.sendFile(path, { maxAge: '365d', immutable: true }),
    );
  app.useStaticAssets(FOLDER, {
    prefix: '/assets/',
    ...options,
    // Express sets the charset of text types only, and SVG is XML.
    setHeaders: (response: Response, path: string) => {
      if (path.endsWith('.svg')) response.setHeader('Content-Type', 'image/svg+xml; charset=utf-8');
    },
  });
}
