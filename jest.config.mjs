import { statfsSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

// What was compiled outlives a start of the machine.
const cacheDirectory = join(tmpdir(), 'jest-carnot-europe');
// The program is started some hundred times as a process of its own: compiled once, it starts in two thirds of the time.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-carnot-europe');
// Databases are made and dropped by the hundred, each of some 800 files: on a disk a third of a processor's time goes into that.
if (!process.env.TMPDIR && roomInMemory()) process.env.TMPDIR = '/dev/shm';

function roomInMemory() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 4_000_000_000;
  } catch {
    return false;
  }
}

// Nest 12 ships ES modules only; jest's own module system takes them once swc has turned them into CommonJS.
const esm = [
  'age-encryption',
  '@noble',
  '@scure',
  'asn1js',
  '@nestjs',
  'file-type',
  'strtok3',
  'token-types',
  '@tokenizer',
  'uint8array-extras',
  'load-esm',
  'cheerio',
  'feed',
  'openid-client',
  'p-timeout',
  'oauth4webapi',
  'jose',
  'intl-messageformat',
  '@formatjs',
  'preact',
  'preact-render-to-string',
  'd3-[a-z-]+',
  'internmap',
];
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};
const shared = {
  cacheDirectory,
  testEnvironment: 'node',
  // Every use of a global asks the sandbox anew, which makes the stemmers (one such use for each letter) ten times slower.
  sandboxInjectedGlobals: ['Object', 'Math', 'Array', 'String', 'Number', 'Map', 'Set', 'Symbol', 'Reflect'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
  transform: {
    // It declares a class `Set`, which cannot stand beside the global that is given in; as a variable it can.
    '/node_modules/asn1js/': ['@swc/jest', { ...swc, jsc: { ...swc.jsc, target: 'es5' } }],
    '^.+\\.(tsx?|m?js)$': ['@swc/jest', swc],
  },
};
const onDatabase = {
  setupFilesAfterEnv: ['<rootDir>/test/support/row-scope.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};
export default {
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Each waits for processes and servers for a third of its time; each more compiles all of it for itself (four instead of three: a fifth of a processor's time more).
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // For what hangs, and nothing else: what takes five seconds takes sixty on a machine with six times as much to do. No test has one of its own.
  testTimeout: 900_000,
  // Each file loads all of the application anew, and not all of it is given back: a worker that has grown makes room for a fresh one.
  workerIdleMemoryLimit: '1500MB',
  projects: [
    // Pure functions and parsers: no service is started for them.
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/test/{domain,sources,channels,signals,platform,architecture,web,evaluation}/**/*.spec.ts',
      ],
    },
    // Real PostgreSQL, real BullMQ, real SMTP, real HTTP.
    {
      ...shared,
      ...onDatabase,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{persistence,features,pages}/**/*.spec.ts'],
    },
    // All of these, several as one: `npm test` runs them. What replaces a module stands alone.
    {
      ...shared,
      ...onDatabase,
      displayName: 'suites',
      testMatch: [
        '<rootDir>/test/suites/*.spec.ts',
        '<rootDir>/test/pages/{holds,row-level-security}.spec.ts',
      ],
    },
    // The program as processes.
    { ...shared, ...onDatabase, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
  ],
};
