// Which part of src may know which. test/architecture/boundaries.spec.ts plants a breach of every rule and sees it reported.
const { join } = require('node:path');

const ENTRIES = '^src/(main|worker|start|cli|demo)\\.ts$';
// dependency-cruiser names what comes with Node without its `node:`.
const npm = (...names) => `^node_modules/(${names.join('|')})/`;
const NEST = '@nestjs/[^/]+';

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
/** What is not named is forbidden, so that a package or folder added later is asked about once. */
const only = (name, comment, from, allowed) => never(name, comment, from, { pathNot: allowed });

const rooms = [
  only('domain-is-pure', 'The domain thinks: no framework, no database, no files, no network. A hash is a pure function.',
    { path: '^src/domain/' },
    ['^src/domain/', npm('zod', 'luxon', 'snowball-stemmers', 'diff'), '^crypto$']),
  only('source-knows-only-the-domain', 'A source plans and parses, it never fetches; and no source knows another.',
    { path: '^src/sources/([^/]+)/' },
    ['^src/domain/', '^src/sources/($1|_kit)/', npm('cheerio', 'parse5-htmlparser2-tree-adapter', 'zod', '@streamparser/json')]),
  only('channel-knows-only-the-domain', 'A channel renders and hands over by what it is given; and no channel knows another.',
    { path: '^src/channels/([^/]+)/' },
    ['^src/domain/', '^src/channels/($1|_kit)/', npm('zod'), '^crypto$']),
  only('persistence-keeps-rows', 'Rows know nothing of what they are used for. Of Node only what computes: no files, no network.',
    { path: '^src/persistence/' },
    ['^src/(domain|persistence|platform)/', npm('typeorm', 'pg', NEST), '^(crypto|util|zlib)$']),
  never('only-persistence-knows-typeorm', 'SQL is written in one folder.',
    { pathNot: '^src/persistence/' }, { path: npm('typeorm', '@nestjs/typeorm') }),
  never('platform-knows-only-the-domain', 'The outside serves every feature and is shaped by none.',
    { path: '^src/platform/' }, { path: '^src/', pathNot: '^src/(domain|platform)/' }),
  never('features-do-not-know-each-other', 'Features meet in the database and through jobs that carry ids.',
    { path: '^src/features/([^/]+)/' }, { path: '^src/features/', pathNot: '^src/features/$1/' }),
  never('feature-knows-its-room', 'A feature reaches the outside through repositories and the platform.',
    { path: '^src/features/' },
    // Other features, sources, channels and what comes with Node have rules that name the mistake more exactly.
    {
      pathNot: ['^src/(domain|platform|features|sources|channels)/', '^src/persistence/(repositories|entities)/', npm(NEST, 'zod', 'express')],
      dependencyTypesNot: ['core'],
    }),
  never('feature-opens-nothing', 'Files and sockets are the platform\'s. The registries alone read a folder: a source, a channel is one that is there.',
    { path: '^src/features/', pathNot: '^src/features/(ingest/source|notifications/channel)-registry\\.ts$' },
    { dependencyTypes: ['core'], pathNot: '^crypto$' }),
  only('web-shows-features', 'A page shows what a service of a feature tells.',
    { path: '^src/web/' }, ['^src/(domain|platform|features|web)/', npm(NEST, 'zod', 'express', 'preact', 'preact-render-to-string', 'intl-messageformat', 'luxon')]),
];

const doors = [
  never('sources-are-loaded-by-ingest', 'What a source read is known to the others by way of the database.',
    { pathNot: '^src/(sources|features/ingest)/' }, { path: '^src/sources/' }),
  never('sources-are-not-listed', 'Adding a source touches its folder alone: the registry loads what it finds there.',
    { path: '^src/features/ingest/' }, { path: '^src/sources/', dynamic: false }),
  never('channels-are-loaded-by-notifications', 'What leaves is written into the outbox; the channel that takes it is none of the writer\'s business.',
    { pathNot: '^src/(channels|features/notifications)/' }, { path: '^src/channels/' }),
  never('channels-are-not-listed', 'Adding a channel touches its folder alone: the registry loads what it finds there.',
    { path: '^src/features/notifications/' }, { path: '^src/channels/', dynamic: false }),
  never('only-entries-know-the-composition', 'What puts the parts together is known to none of them.',
    { pathNot: [ENTRIES, '^src/(app|demo)/'] }, { path: '^src/app/' }),
  never('samples-stay-in-the-demo', 'No sample call may ever reach a person who has not asked for samples.',
    { pathNot: ['^src/demo\\.ts$', '^src/demo/'] }, { path: '^src/demo/' }),
  never('nothing-imports-an-entry', 'Importing an entry starts a process.', {}, { path: ENTRIES }),
  never('src-does-not-know-tests', 'What supports the tests is not shipped.',
    { path: '^src/' }, { path: ['^test/', '\\.spec\\.[cm]?[jt]s$'] }),
];

const hygiene = [
  never('no-cycle', 'Two files that need each other are one file, or lack a third.', {}, { circular: true }),
  never('no-orphan', 'A file that nothing uses is not read any more, only kept up.',
    { orphan: true, pathNot: [ENTRIES, '\\.d\\.ts$', '^src/web/public/'] }, {}),
  never('no-dev-dependency', 'It is not there where only what is shipped was installed. Types are gone by then.',
    { path: '^src/' }, { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }),
  never('no-undeclared-package', 'A package that came along with another goes when that one does.',
    { path: '^src/' }, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
  never('no-unresolved', 'It would fail at the start.', {}, { couldNotResolve: true }),
];

module.exports = {
  forbidden: [...rooms, ...doors, ...hygiene],
  options: {
    doNotFollow: { path: '^node_modules/' },
    tsConfig: { fileName: join(__dirname, 'tsconfig.json') },
    // A type is knowledge too: what vanishes in the build still couples two files.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
