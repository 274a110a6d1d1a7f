// Which part of src may know which. test/architecture/boundaries.spec.ts plants a breach of every rule and sees it reported.
const { join } = require('node:path');

const ENTRIES = '^src/(main|worker|backup|start|cli|demo)\\.ts$';
// dependency-cruiser names what comes with Node without its `node:`.
const npm = (...names) => `^node_modules/(${names.join('|')})/`;
const NEST = '@nestjs/[^/]+';

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
/** What is not named is forbidden, so that a package or folder added later is asked about once. */
const only = (name, comment, from, allowed) => never(name, comment, from, { pathNot: allowed });

/**
 * Each is a folder of its own: what it thinks (`domain`), keeps (`store`), does (the rest), answers (`api`) and shows (`pages`). They stand on one
 * another in this order: what a capability thinks, keeps and does leans on those before it alone. What it answers and shows may look at all.
 */
const ORDER = [
  'audit',
  'outbox',
  'calls',
  'profiles',
  'access',
  'funded-projects',
  'monitoring',
  'backups',
  'harvest',
  'matching',
  'decisions',
  'proposals',
  'pipeline',
  'network',
  'notifications',
  'calendars',
  'spreadsheets',
  'newsletters',
  'explain',
  'mcp',
  'privacy',
];
const CAPABILITIES = `(${ORDER.join('|')})`;
/** What others may use of a capability: what it thinks, its repositories, and the services at its top. */
const OPEN = '^src/[^/]+/((domain|store)/|[^/]+\.tsx?$)';
/** What puts a capability together, and what people and programs see of it. */
const SHOWN = ['^src/[^/]+/(api|pages)/', '\\.module\\.ts$'];
const THINKS = ['^src/kernel/', '^src/[^/]+/domain/'];
/** What is pure: what thinks, and the texts. */
const DOMAIN = [...THINKS, '^src/i18n/'];
const PLUGINS = '^src/(harvest/sources|notifications/channels|matching/signals)/';
/** What a capability does: neither what it thinks, keeps and shows, nor what is plugged in. */
const SERVICES = {
  path: `^src/${CAPABILITIES}/`,
  pathNot: ['^src/[^/]+/(domain|store|pages)/', '\\.module\\.ts$', PLUGINS],
};
const PAGES = '^src/[^/]+/pages/';

const rooms = [
  only(
    'domain-is-pure',
    'The domain thinks: no framework, no database, no files, no network. A hash is a pure function, and so is a mail out of its words.',
    { path: THINKS },
    [
      ...DOMAIN,
      npm('zod', 'luxon', 'snowball-stemmers', 'diff', 'preact', 'preact-render-to-string'),
      '^crypto$',
    ],
  ),
  only(
    'source-knows-only-the-domain',
    'A source plans and parses, it never fetches; and no source knows another.',
    { path: '^src/harvest/sources/([^/]+)/' },
    [
      ...DOMAIN,
      '^src/harvest/sources/($1|_kit)/',
      npm('cheerio', 'csv-parse', 'luxon', 'parse5-htmlparser2-tree-adapter', 'zod', '@streamparser/json'),
    ],
  ),
  only(
    'channel-knows-only-the-domain',
    'A channel renders and hands over by what it is given; and no channel knows another.',
    { path: '^src/notifications/channels/([^/]+)/' },
    [...DOMAIN, '^src/notifications/channels/($1|_kit)/', npm('zod'), '^crypto$'],
  ),
  only(
    'signal-knows-only-the-domain',
    'A signal counts by what it is given; and no signal knows another.',
    { path: '^src/matching/signals/([^/]+)/' },
    [...DOMAIN, '^src/matching/signals/($1|_kit)/', npm('zod')],
  ),
  only(
    'store-keeps-rows',
    'Rows know nothing of what they are used for. Of Node only what computes: no files, no network.',
    // A migration reads its SQL, and what loads the entities looks for their files.
    { path: '^src/([^/]+/store|app/database)/', pathNot: '^src/app/database/(migrations/|entities\\.ts$)' },
    [
      ...DOMAIN,
      '^src/([^/]+/store|app/database|platform)/',
      npm('typeorm', 'pg', NEST),
      '^(crypto|util|zlib)$',
    ],
  ),
  never(
    'only-stores-know-typeorm',
    'SQL is written where rows are kept.',
    { pathNot: '^src/([^/]+/store/|platform/database/|app/database/|app/platform\\.module\\.ts$)' },
    { path: npm('typeorm', '@nestjs/typeorm') },
  ),
  never(
    'platform-is-a-leaf',
    'The outside serves every capability and knows none: what it is given and gives has a shape of the kernel.',
    { path: '^src/platform/' },
    { path: '^src/', pathNot: ['^src/(kernel|platform)/'] },
  ),
  never(
    'service-knows-its-room',
    'A capability reaches the outside through stores and the platform, and knows no page.',
    SERVICES,
    // Other capabilities, sources, channels and what comes with Node have rules that name the mistake more exactly.
    {
      pathNot: [
        ...DOMAIN,
        '^src/platform/',
        // Where the reader is unknown, a route answers with a page in every language.
        '^src/ui/page-for-anyone\\.ts$',
        `^src/${CAPABILITIES}/(?!pages/)`,
        npm(NEST, 'zod', 'express', 'p-timeout', 'rxjs'),
      ],
      dependencyTypesNot: ['core'],
    },
  ),
  never(
    'service-opens-nothing',
    "Files and sockets are the platform's. The registries alone read a folder: a source, a channel, a signal is one that is there.",
    {
      ...SERVICES,
      pathNot: [
        ...SERVICES.pathNot,
        '^src/(harvest/source|notifications/channel|matching/signal)-registry\\.ts$',
      ],
    },
    { dependencyTypes: ['core'], pathNot: '^crypto$' },
  ),
  only('page-shows-services', 'A page shows what a service tells, and reads no row.', { path: PAGES }, [
    ...DOMAIN,
    '^src/(platform|ui|i18n)/',
    `^src/${CAPABILITIES}/(?!store/)`,
    npm(
      NEST,
      'zod',
      'express',
      'preact',
      'preact-render-to-string',
      'intl-messageformat',
      'luxon',
      'd3-scale',
    ),
  ]),
  only(
    'texts-know-nothing',
    'Texts are data: whoever says them gives what stands in them.',
    { path: '^src/i18n/' },
    ['^src/(kernel|i18n)/', npm('intl-messageformat')],
  ),
  only('ui-knows-no-page', 'What all pages look like depends on none of them.', { path: '^src/ui/' }, [
    ...DOMAIN,
    '^src/(platform|ui|i18n)/',
    npm(NEST, 'rxjs', 'zod', 'express', 'preact', 'preact-render-to-string', 'intl-messageformat', 'luxon'),
  ]),
];

const between = [
  never(
    'others-use-what-is-open',
    'What lies in a folder of its own inside a capability may be changed without asking anybody. Only what puts the program together looks there.',
    { path: '^src/([^/]+)/', pathNot: '^src/(app|commands|demo)/' },
    { path: `^src/${CAPABILITIES}/`, pathNot: ['^src/$1/', OPEN, ...SHOWN, PLUGINS] },
  ),
  never(
    'nothing-stands-on-what-is-shown',
    'An answer or a page of another capability changes with what people want to see.',
    { path: `^src/${CAPABILITIES}/`, pathNot: SHOWN },
    // Of pages the rules of the rooms tell.
    { path: [`^src/${CAPABILITIES}/api/`, '\\.module\\.ts$'], pathNot: '^src/$1/' },
  ),
  ...ORDER.map((name, i) =>
    never(
      'capabilities-stand-in-one-order',
      'Of two capabilities one can be understood without the other.',
      { path: `^src/${name}/`, pathNot: SHOWN },
      { path: `^src/(${ORDER.slice(i + 1).join('|') || 'none'})/`, pathNot: SHOWN },
    ),
  ),
  never(
    'sources-are-loaded-by-the-harvest',
    'What a source read is known to the others by way of the database.',
    { pathNot: '^src/harvest/' },
    { path: '^src/harvest/sources/' },
  ),
  never(
    'sources-are-not-listed',
    'Adding a source touches its folder alone: the registry loads what it finds there.',
    { path: '^src/harvest/(?!sources/)' },
    { path: '^src/harvest/sources/', dynamic: false },
  ),
  never(
    'channels-are-loaded-by-notifications',
    "What leaves is written into the outbox; the channel that takes it is none of the writer's business.",
    { pathNot: '^src/notifications/' },
    { path: '^src/notifications/channels/' },
  ),
  never(
    'channels-are-not-listed',
    'Adding a channel touches its folder alone: the registry loads what it finds there.',
    { path: '^src/notifications/(?!channels/)' },
    { path: '^src/notifications/channels/', dynamic: false },
  ),
  never(
    'signals-are-loaded-by-matching',
    'A score is asked of the matcher, and its reasons carry their own words.',
    { pathNot: '^src/matching/' },
    { path: '^src/matching/signals/' },
  ),
  never(
    'signals-are-not-listed',
    'Adding a signal touches its folder alone: the registry loads what it finds there.',
    { path: '^src/matching/(?!signals/)' },
    { path: '^src/matching/signals/', dynamic: false },
  ),
  never(
    'only-entries-know-the-composition',
    'What puts the parts together is known to none of them.',
    { pathNot: [ENTRIES, '^src/(app|commands|demo)/'] },
    { path: '^src/(app|commands)/' },
  ),
  never(
    'composition-knows-no-command',
    'A command uses what puts the program together, and is used by none of it.',
    { path: '^src/(app|demo)/' },
    { path: '^src/commands/' },
  ),
  never(
    'samples-stay-in-the-demo',
    'No sample call may ever reach a person who has not asked for samples.',
    { pathNot: ['^src/demo\\.ts$', '^src/demo/'] },
    { path: '^src/demo/' },
  ),
  never('nothing-imports-an-entry', 'Importing an entry starts a process.', {}, { path: ENTRIES }),
  never(
    'src-does-not-know-tests',
    'What supports the tests is not shipped.',
    { path: '^src/' },
    { path: ['^test/', '\\.spec\\.[cm]?[jt]s$'] },
  ),
];

const hygiene = [
  never('no-cycle', 'Two files that need each other are one file, or lack a third.', {}, { circular: true }),
  never(
    'no-orphan',
    'A file that nothing uses is not read any more, only kept up.',
    { orphan: true, pathNot: [ENTRIES, '\\.d\\.ts$', '^src/ui/public/'] },
    {},
  ),
  never(
    'no-dev-dependency',
    'It is not there where only what is shipped was installed. Types are gone by then, and so is what builds.',
    { path: '^src/', pathNot: '^src/build[.]mjs$' },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  never(
    'no-undeclared-package',
    'A package that came along with another goes when that one does.',
    { path: '^src/' },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  never('no-unresolved', 'It would fail at the start.', {}, { couldNotResolve: true }),
];

module.exports = {
  forbidden: [...rooms, ...between, ...hygiene],
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
