/** Files by path, each with its text. */
export type Tree = Record<string, string>;

const importing = (...names: string[]): string => `${names.map((n) => `import '${n}';`).join('\n')}\nexport {};\n`;

/** A small house that breaks no rule, and what the breaches lean on. */
export const LAWFUL: Tree = {
  'src/domain/call.ts': importing('zod', 'luxon', 'node:crypto'),
  'src/sources/_kit/table.ts': importing('cheerio'),
  'src/sources/one/one.source.ts': importing('../../domain/call.js', './parse-page.js', '../_kit/table.js', 'zod'),
  'src/sources/one/parse-page.ts': importing('cheerio', '@streamparser/json'),
  'src/channels/_kit/post.ts': importing('../../domain/call.js'),
  'src/channels/one/one.channel.ts': importing('../../domain/call.js', './sign.js', '../_kit/post.js', 'zod'),
  'src/channels/one/sign.ts': importing('node:crypto'),
  'src/persistence/data-source.ts': importing('typeorm', '@nestjs/typeorm', '../platform/clock.js'),
  'src/persistence/repositories/call.repository.ts': importing('typeorm', '../../domain/call.js', 'node:zlib'),
  'src/platform/clock.ts': importing('undici', 'node:fs', '../domain/call.js'),
  'src/features/calls/calls.controller.ts': `import type { Request } from 'express';\nexport type R = Request;\n${importing(
    '@nestjs/common', 'zod', 'node:crypto', '../../domain/call.js', '../../platform/clock.js', '../../persistence/repositories/call.repository.js',
  )}`,
  'src/features/ingest/source-registry.ts': `${importing('node:fs/promises')}export const load = () => import('../../sources/one/one.source.js');\n`,
  'src/features/notifications/channel-registry.ts': `${importing('node:fs/promises')}export const load = () => import('../../channels/one/one.channel.js');\n`,
  'src/web/page.controller.ts': importing('@nestjs/common', '../features/calls/calls.controller.js'),
  'src/app/app.module.ts': importing('../features/calls/calls.controller.js', '../web/page.controller.js', '../persistence/data-source.js'),
  'src/demo/samples.ts': importing('../app/app.module.js', 'node:http'),
  'src/demo.ts': importing('./demo/samples.js'),
  'src/main.ts': importing('./app/app.module.js', './features/ingest/source-registry.js', './features/notifications/channel-registry.js'),
  'test/support/until.ts': importing(),
};

/** For each rule, files that break it and no other. */
export const BREACHES: Record<string, Tree> = {
  'domain-is-pure': {
    'src/domain/reads.ts': importing('node:fs'),
    'src/domain/asks.ts': importing('node:http'),
    'src/domain/injected.ts': importing('@nestjs/common'),
    'src/domain/remembers.ts': importing('../persistence/data-source.js'),
    'src/domain/knows-a-type.ts': "import type { Clock } from '../platform/clock.js';\nexport type C = Clock;\n",
  },
  'source-knows-only-the-domain': {
    'src/sources/two/two.source.ts': importing('../one/one.source.js'),
    'src/sources/three/three.source.ts': importing('undici'),
    'src/sources/four/four.source.ts': importing('../../platform/clock.js'),
    'src/sources/five/five.source.ts': importing('node:https'),
  },
  'channel-knows-only-the-domain': {
    'src/channels/two/two.channel.ts': importing('../one/one.channel.js'),
    'src/channels/three/three.channel.ts': importing('undici'),
    'src/channels/four/four.channel.ts': importing('../../platform/clock.js'),
    'src/channels/five/five.channel.ts': importing('node:https'),
  },
  'persistence-keeps-rows': {
    'src/persistence/opens.ts': importing('node:fs'),
    'src/persistence/asks.ts': importing('undici'),
    'src/persistence/serves.ts': importing('../features/calls/calls.controller.js'),
  },
  'only-persistence-knows-typeorm': {
    'src/platform/queries.ts': importing('typeorm'),
    'src/app/queries.ts': importing('@nestjs/typeorm'),
  },
  'platform-knows-only-the-domain': {
    'src/platform/serves.ts': importing('../features/calls/calls.controller.js'),
    'src/platform/remembers.ts': importing('../persistence/data-source.js'),
  },
  'features-do-not-know-each-other': { 'src/features/matching/peeks.ts': importing('../calls/calls.controller.js') },
  'feature-knows-its-room': {
    'src/features/matching/migrates.ts': importing('../../persistence/data-source.js'),
    'src/features/matching/asks.ts': importing('undici'),
    'src/features/matching/shows.ts': importing('../../web/page.controller.js'),
  },
  'feature-opens-nothing': { 'src/features/matching/reads.ts': importing('node:fs') },
  'web-shows-features': { 'src/web/asks.ts': importing('../persistence/repositories/call.repository.js') },
  'sources-are-loaded-by-ingest': {
    'src/app/loads.ts': "export const load = () => import('../sources/one/one.source.js');\n",
    'src/features/matching/loads.ts': "export const load = () => import('../../sources/one/one.source.js');\n",
  },
  'sources-are-not-listed': { 'src/features/ingest/lists.ts': importing('../../sources/one/one.source.js') },
  'channels-are-loaded-by-notifications': {
    'src/app/loads-channels.ts': "export const load = () => import('../channels/one/one.channel.js');\n",
    'src/features/matching/loads-channels.ts': "export const load = () => import('../../channels/one/one.channel.js');\n",
  },
  'channels-are-not-listed': { 'src/features/notifications/lists.ts': importing('../../channels/one/one.channel.js') },
  'only-entries-know-the-composition': { 'src/stray.ts': importing('./app/app.module.js') },
  'samples-stay-in-the-demo': { 'src/app/shows-samples.ts': importing('../demo/samples.js') },
  'nothing-imports-an-entry': { 'src/app/restarts.ts': importing('../main.js') },
  'src-does-not-know-tests': { 'src/app/tested.ts': importing('../../test/support/until.js') },
  'no-cycle': { 'src/app/hen.ts': importing('./egg.js'), 'src/app/egg.ts': importing('./hen.js') },
  'no-orphan': { 'src/app/forgotten.ts': importing() },
  'no-dev-dependency': { 'src/app/untested.ts': importing('for-tests') },
  'no-undeclared-package': { 'src/app/borrows.ts': importing('undeclared') },
  'no-unresolved': { 'src/app/lost.ts': importing('./nowhere.js') },
};

const DEPENDENCIES = ['@streamparser/json', 'zod', 'luxon', 'cheerio', 'typeorm', '@nestjs/typeorm', '@nestjs/common', 'undici'];
const DEV_DEPENDENCIES = ['for-tests', '@types/express'];
const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));

/** Packages of the same names that hold nothing: what counts is where an import leads. */
export const PACKAGES: Tree = {
  'package.json': JSON.stringify({ name: 'planted', dependencies: versions(DEPENDENCIES), devDependencies: versions(DEV_DEPENDENCIES) }),
  ...Object.fromEntries([...DEPENDENCIES, 'for-tests', 'express', 'undeclared'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'main.js' })],
    [`node_modules/${name}/main.js`, ''],
  ])),
};
