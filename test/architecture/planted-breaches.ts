/** File texts by path. */
export type Tree = Record<string, string>;

const importing = (...names: string[]): string =>
  `${names.map((n) => `import '${n}';`).join('\n')}\nexport {};\n`;

/** A small code base that breaks no rule, with the files that the breaches import. */
export const LAWFUL: Tree = {
  'src/calls/domain/call.ts': importing('zod', 'luxon', 'node:crypto', '../../kernel/errors.js'),
  'src/calls/parts/inner.ts': importing('../domain/call.js'),
  'src/calls/call-events.ts': importing('./domain/call.js', './parts/inner.js'),
  'src/kernel/errors.ts': importing(),
  'src/harvest/sources/_kit/table.ts': importing('cheerio'),
  'src/harvest/sources/one/one.source.ts': importing(
    '../../../calls/domain/call.js',
    './parse-page.js',
    '../_kit/table.js',
    'zod',
  ),
  'src/harvest/sources/one/parse-page.ts': importing('cheerio', '@streamparser/json'),
  'src/notifications/channels/_kit/post.ts': importing('../../../calls/domain/call.js'),
  'src/notifications/channels/one/one.channel.ts': importing(
    '../../../calls/domain/call.js',
    './sign.js',
    '../_kit/post.js',
    'zod',
  ),
  'src/matching/signals/_kit/words.ts': importing('../../../calls/domain/call.js'),
  'src/matching/signals/one/one.signal.ts': importing('../_kit/words.js', './says.js', 'zod'),
  'src/matching/signals/one/says.ts': importing(),
  'src/notifications/channels/one/sign.ts': importing('node:crypto'),
  'src/commands/audit.ts': importing('../app/database/data-source.js'),
  'src/app/database/data-source.ts': importing(
    'typeorm',
    '@nestjs/typeorm',
    '../../platform/clock.js',
    '../../calls/store/call.repository.js',
  ),
  'src/calls/store/call.repository.ts': importing('typeorm', '../domain/call.js', 'node:zlib'),
  'src/platform/clock.ts': importing('undici', 'node:fs', '../kernel/errors.js'),
  'src/platform/database/setting.repository.ts': importing('typeorm'),
  'src/calls/api/calls.controller.ts': `import type { Request } from 'express';\nexport type R = Request;\n${importing(
    '@nestjs/common',
    'zod',
    'node:crypto',
    '../domain/call.js',
    '../../platform/database/setting.repository.js',
    '../store/call.repository.js',
  )}`,
  'src/harvest/source-registry.ts': `${importing('node:fs/promises')}export const load = () => import('./sources/one/one.source.js');\n`,
  'src/notifications/channel-registry.ts': `${importing('node:fs/promises')}export const load = () => import('./channels/one/one.channel.js');\n`,
  'src/matching/signal-registry.ts': `${importing('node:fs/promises')}export const load = () => import('./signals/one/one.signal.js');\n`,
  'src/explain/preview.ts': importing('../calls/call-events.js', '../calls/store/call.repository.js'),
  'src/explain/domain/many.ts': importing(),
  'src/calls/pages/tuned.ts': importing('../../explain/preview.js'),
  'src/ui/layout.ts': importing('@nestjs/common', '../calls/domain/call.js'),
  'src/calls/pages/page.controller.ts': importing(
    '@nestjs/common',
    '../api/calls.controller.js',
    '../../ui/layout.js',
  ),
  'src/app/app.module.ts': importing(
    '../calls/api/calls.controller.js',
    '../calls/pages/page.controller.js',
    './database/data-source.js',
  ),
  'src/demo/samples.ts': importing('../app/app.module.js', 'node:http'),
  'src/demo.ts': importing('./demo/samples.js'),
  'src/main.ts': importing(
    './app/app.module.js',
    './harvest/source-registry.js',
    './notifications/channel-registry.js',
    './matching/signal-registry.js',
  ),
  'test/support/until.ts': importing(),
};

/** Files that break the given rule and no other. */
export const BREACHES: Record<string, Tree> = {
  'domain-is-pure': {
    'src/calls/domain/reads.ts': importing('node:fs'),
    'src/calls/domain/asks.ts': importing('node:http'),
    'src/calls/domain/injected.ts': importing('@nestjs/common'),
    'src/calls/domain/remembers.ts': importing('../store/call.repository.js'),
    'src/calls/domain/knows-a-type.ts':
      "import type { Clock } from '../../platform/clock.js';\nexport type C = Clock;\n",
    'src/kernel/reads.ts': importing('node:fs'),
  },
  'source-knows-only-the-domain': {
    'src/harvest/sources/two/two.source.ts': importing('../one/one.source.js'),
    'src/harvest/sources/three/three.source.ts': importing('undici'),
    'src/harvest/sources/four/four.source.ts': importing('../../../platform/clock.js'),
    'src/harvest/sources/five/five.source.ts': importing('node:https'),
    'src/harvest/sources/six/six.source.ts': importing('../../../calls/store/call.repository.js'),
  },
  'channel-knows-only-the-domain': {
    'src/notifications/channels/two/two.channel.ts': importing('../one/one.channel.js'),
    'src/notifications/channels/three/three.channel.ts': importing('undici'),
    'src/notifications/channels/four/four.channel.ts': importing('../../../platform/clock.js'),
    'src/notifications/channels/five/five.channel.ts': importing('node:https'),
  },
  'signal-knows-only-the-domain': {
    'src/matching/signals/two/two.signal.ts': importing('../one/one.signal.js'),
    'src/matching/signals/three/three.signal.ts': importing('undici'),
    'src/matching/signals/four/four.signal.ts': importing('../../../platform/clock.js'),
    'src/matching/signals/five/five.signal.ts': importing('node:fs'),
  },
  'store-keeps-rows': {
    'src/calls/store/opens.ts': importing('node:fs'),
    'src/calls/store/asks.ts': importing('undici'),
    'src/calls/store/serves.ts': importing('../api/calls.controller.js'),
    'src/matching/store/works.ts': importing('../../calls/call-events.js'),
    'src/app/database/serves.ts': importing('../../calls/api/calls.controller.js'),
  },
  'only-stores-know-typeorm': {
    'src/platform/queries.ts': importing('typeorm'),
    'src/app/queries.ts': importing('@nestjs/typeorm'),
  },
  'platform-is-a-leaf': {
    'src/platform/thinks.ts': importing('../calls/domain/call.js'),
    'src/platform/serves.ts': importing('../calls/api/calls.controller.js'),
    'src/platform/remembers.ts': importing('../calls/store/call.repository.js'),
  },
  'others-use-what-is-open': {
    'src/matching/knows.ts': importing('../calls/parts/inner.js'),
    'src/matching/pages/knows.ts': importing('../../calls/parts/inner.js'),
  },
  'nothing-stands-on-what-is-shown': {
    'src/matching/peeks.ts': importing('../calls/api/calls.controller.js'),
  },
  'capabilities-stand-in-one-order': {
    'src/profiles/leans.ts': importing('../explain/preview.js'),
    'src/profiles/domain/leans.ts': importing('../../calls/domain/call.js', '../../explain/domain/many.js'),
  },
  'service-knows-its-room': {
    'src/matching/looks.ts': importing('../ui/layout.js'),
    'src/matching/asks.ts': importing('undici'),
    'src/matching/shows.ts': importing('../calls/pages/page.controller.js'),
  },
  'service-opens-nothing': { 'src/matching/reads.ts': importing('node:fs') },
  'page-shows-services': { 'src/calls/pages/asks.ts': importing('../store/call.repository.js') },
  'ui-knows-no-page': {
    'src/ui/shows.ts': importing('../calls/pages/page.controller.js'),
  },
  'texts-know-nothing': { 'src/i18n/asks.ts': importing('../calls/api/calls.controller.js') },
  'sources-are-loaded-by-the-harvest': {
    'src/app/loads.ts': "export const load = () => import('../harvest/sources/one/one.source.js');\n",
    'src/calls/pages/loads.ts':
      "export const load = () => import('../../harvest/sources/one/one.source.js');\n",
  },
  'sources-are-not-listed': { 'src/harvest/lists.ts': importing('./sources/one/one.source.js') },
  'channels-are-loaded-by-notifications': {
    'src/app/loads-channels.ts':
      "export const load = () => import('../notifications/channels/one/one.channel.js');\n",
    'src/calls/pages/loads-channels.ts':
      "export const load = () => import('../../notifications/channels/one/one.channel.js');\n",
  },
  'channels-are-not-listed': { 'src/notifications/lists.ts': importing('./channels/one/one.channel.js') },
  'signals-are-loaded-by-matching': {
    'src/app/loads-signals.ts':
      "export const load = () => import('../matching/signals/one/one.signal.js');\n",
    'src/calls/pages/loads-signals.ts':
      "export const load = () => import('../../matching/signals/one/one.signal.js');\n",
  },
  'signals-are-not-listed': { 'src/matching/lists.ts': importing('./signals/one/one.signal.js') },
  'only-entries-know-the-composition': { 'src/stray.ts': importing('./app/app.module.js') },
  'composition-knows-no-command': { 'src/app/commands.ts': importing('../commands/audit.js') },
  'samples-stay-in-the-demo': { 'src/app/shows-samples.ts': importing('../demo/samples.js') },
  'nothing-imports-an-entry': { 'src/app/restarts.ts': importing('../main.js') },
  'src-does-not-know-tests': { 'src/app/tested.ts': importing('../../test/support/until.js') },
  'no-cycle': { 'src/app/hen.ts': importing('./egg.js'), 'src/app/egg.ts': importing('./hen.js') },
  'no-orphan': { 'src/app/forgotten.ts': importing() },
  'no-dev-dependency': { 'src/app/untested.ts': importing('for-tests') },
  'no-undeclared-package': { 'src/app/borrows.ts': importing('undeclared') },
  'no-unresolved': { 'src/app/lost.ts': importing('./nowhere.js') },
};

const DEPENDENCIES = [
  '@streamparser/json',
  'zod',
  'luxon',
  'cheerio',
  'typeorm',
  '@nestjs/typeorm',
  '@nestjs/common',
  'undici',
];
const DEV_DEPENDENCIES = ['for-tests', '@types/express'];
const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));

/** Empty packages with the same names: only the target of an import matters. */
export const PACKAGES: Tree = {
  'package.json': JSON.stringify({
    name: 'planted',
    dependencies: versions(DEPENDENCIES),
    devDependencies: versions(DEV_DEPENDENCIES),
  }),
  ...Object.fromEntries(
    [...DEPENDENCIES, 'for-tests', 'express', 'undeclared'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'main.js' })],
      [`node_modules/${name}/main.js`, ''],
    ]),
  ),
};
