import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { ConfigError } from '../../../src/platform/config/config-error.js';
import { loadSettings } from '../../../src/app/config/settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carnot-config-'));
  cpSync('config/default.yaml', join(folder, 'default.yaml'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const problems = (sourceIds?: string[]): string[] => {
  try {
    loadSettings(folder, sourceIds);
  } catch (error) {
    return (error as ConfigError).problems.map((p) => p.replaceAll(`${folder}/`, ''));
  }
  return [];
};

describe('the settings', () => {
  it('shipped with the project are right', () => {
    const settings = loadSettings('config');
    expect(settings).toMatchObject({
      harvest: { languages: ['en'], tickSeconds: 10, abandonAfterMinutes: 30, maxUnreadShare: 0.02 },
      digest: {
        frequency: 'weekly',
        weekday: 'monday',
        at: '07:00',
        maxItems: 15,
        first: 10,
        minScore: 40,
        decisionSpread: 1.5,
      },
      http: {
        timeoutSeconds: 30,
        maxMegabytes: 50,
        maxRedirects: 5,
        robots: true,
        rateLimit: true,
        requestsPerMinute: 60,
      },
      monitoring: {
        everySeconds: 60,
        oldestWaitingMinutes: 15,
        longestQueue: 1000,
        workerSilentMinutes: 15,
        graceSeconds: 120,
      },
      sources: {},
      matching: MatchingSettings.parse({}),
    });
  });

  it('shipped as an example in sources.yaml are right too', () => {
    const example = readFileSync('config/sources.yaml', 'utf8')
      .match(/^# {3}\S[^]*/m)![0]
      .replace(/^# {3}/gm, '');
    write('sources.yaml', example);
    expect(
      loadSettings(folder, [
        'funding-tenders',
        'appels-projets-recherche',
        'funded-projects',
        'comitology-register',
        'portal-questions',
      ]).sources,
    ).toEqual({
      'appels-projets-recherche': { enabled: true },
      'funded-projects': { topics: ['HORIZON-CL5-2023-D2-01-05'] },
      'comitology-register': { committees: ['C70408', 'C70409'] },
      'portal-questions': { topics: ['HORIZON-CL4-2027-01-AB-01'] },
      'funding-tenders': {
        enabled: true,
        everyHours: 12,
        requestsPerMinute: 20,
        expectsAtLeast: 100,
        quietAfterDays: 10,
        origin: 'http://localhost:8080',
        headers: {
          'user-agent': 'Mozilla/5.0 (compatible; carnot-europe)',
          referer: 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/home',
          origin: 'https://ec.europa.eu',
        },
      },
    });
  });

  it('hold what a language model may read apart from what scores depend on', () => {
    expect(loadSettings(folder).reader).toEqual({ readerDailyLimit: { tokens: 5_000_000 } });
    const matching = loadSettings(folder).matching;
    write(
      'matching.yaml',
      'readerPrices: { prompt: 0.1, completion: 0.3, currency: EUR }\nreaderDailyLimit: { money: 2 }\n',
    );
    expect(loadSettings(folder)).toMatchObject({
      matching,
      reader: {
        readerPrices: { prompt: 0.1, completion: 0.3, currency: 'EUR' },
        readerDailyLimit: { money: 2 },
      },
    });
    write('matching.yaml', 'readerDailyLimit: { tokens: 10 }\n');
    expect(problems()).toEqual([
      expect.stringMatching(/^matching\.yaml:1:\d+ readerDailyLimit\.tokens: must be/),
    ]);
    write('matching.yaml', 'readerDailyLimit: { money: 2 }\n');
    expect(problems()).toEqual([
      expect.stringMatching(
        /^matching\.yaml.* readerPrices: a cost limit needs prices\. Fix: Add readerPrices/,
      ),
    ]);
  });

  it('take matching.yaml over the defaults of matching', () => {
    const example = readFileSync('config/matching.yaml', 'utf8')
      .match(/^# {3}[^]*(?=^\{\}$)/m)![0]
      .replace(/^# {3}/gm, '');
    write('matching.yaml', example);
    const { fieldWeights, ...others } = MatchingSettings.parse({});
    const expected = { ...others, commonWord: 0.2, fieldWeights: { ...fieldWeights, title: 5 } };
    expect(loadSettings(folder).matching).toEqual(expected);
    write('matching.yaml', 'fieldWeights:\n  sections:\n    scope: lots\n    scopes: 1\n');
    expect(problems()).toEqual([
      'matching.yaml:3:5 fieldWeights.sections.scope: must be a number (it is "lots"). Fix: Write a number without quotes, with a point and not a comma, as 0.5.',
      expect.stringMatching(
        /^matching\.yaml:4:5 fieldWeights\.sections\.scopes: is not a known field\. Fix: Did you mean "scope"\?/,
      ),
    ]);
  });

  it('are the same without the files that only change something', () => {
    expect(loadSettings(folder)).toEqual({ ...loadSettings('config'), groups: [] });
  });

  it('take local.yaml over default.yaml, map by map; a list replaces a list', () => {
    write(
      'local.yaml',
      'digest: { frequency: daily }\nharvest: { languages: [fr, fr] }\nhttp: { contact: "mailto:a@example.org" }\n',
    );
    const plain = { ...loadSettings('config'), groups: [] };
    expect(loadSettings(folder)).toEqual({
      ...plain,
      digest: { ...plain.digest, frequency: 'daily' },
      harvest: { ...plain.harvest, languages: ['fr'] },
      http: { ...plain.http, contact: 'mailto:a@example.org' },
    });
  });

  it('bound how long a browser stays signed in', () => {
    write('local.yaml', 'signIn:\n  idleHours: 0\n  longestDays: 366\n');
    expect(problems()).toEqual([
      'local.yaml:2:3 signIn.idleHours: must be 1 or more (it is 0). Fix: Correct this value.',
      'local.yaml:3:3 signIn.longestDays: must be 365 or less (it is 366). Fix: Correct this value.',
    ]);
  });

  it('take passkeys that are "off" for the word, which YAML of before took for false', () => {
    write('local.yaml', 'signIn:\n  passkeys: off\n');
    expect(loadSettings(folder).signIn).toEqual({ passkeys: 'off', idleHours: 720, longestDays: 90 });
    write('local.yaml', 'signIn:\n  passkeys: sometimes\n');
    expect(problems()).toEqual([
      'local.yaml:2:3 signIn.passkeys: must be one of: off, offered, required (it is "sometimes"). Fix: Write one of these.',
    ]);
  });

  it('name the problems of all files at once', () => {
    write(
      'default.yaml',
      readFileSync('config/default.yaml', 'utf8')
        .replace('tickSeconds: 10', 'tickSeconds: 0')
        .replace(/^ {2}maxRedirects.*\n/m, ''),
    );
    write('local.yaml', 'digest:\n  at: 7\n  weekday: lundi\n  frequenci: daily\n');
    write('sources.yaml', 'funding-tenders:\n  everyHours: 0\nFunding: {}\n');
    const lines = readFileSync('config/default.yaml', 'utf8').split('\n');
    const lineOf = (start: string) => lines.findIndex((l) => l.startsWith(start)) + 1;
    expect(problems()).toEqual([
      `default.yaml:${lineOf('  tickSeconds')}:3 harvest.tickSeconds: must be 1 or more (it is 0). Fix: Correct this value.`,
      `default.yaml:${lineOf('http')}:1 http.maxRedirects: is required. Fix: Add the line "maxRedirects:".`,
      'local.yaml:2:3 digest.at: must be a text (it is 7). Fix: Write one text; put it in quotes if it is a number or has a colon in it.',
      'local.yaml:3:3 digest.weekday: must be one of: monday, tuesday, wednesday, thursday, friday, saturday, sunday (it is "lundi"). Fix: Write one of these.',
      'local.yaml:4:3 digest.frequenci: is not a known field. Fix: Did you mean "frequency"? Known here: frequency, weekday, at, maxItems, first, minScore, decisionSpread.',
      'sources.yaml:2:3 funding-tenders.everyHours: must be more than 0 (it is 0). Fix: Correct this value.',
      'sources.yaml:3:1 Funding: is not a valid id: use lower-case letters, digits and hyphens. Fix: Correct this value.',
    ]);
  });

  it.each([
    [
      'digest: { at: "7:00" }',
      'local.yaml:1:11 digest.at: is not a time of day (it is "7:00"). Fix: Write hours and minutes in quotes, as "07:00".',
    ],
    [
      'digest: { at: "24:00" }',
      'local.yaml:1:11 digest.at: is not a time of day (it is "24:00"). Fix: Write hours and minutes in quotes, as "07:00".',
    ],
    [
      'harvest: { languages: [EN] }',
      'local.yaml:1:24 harvest.languages[0]: is not a language code of two lower-case letters (it is "EN"). Fix: Correct this value.',
    ],
    [
      'http: { contact: "https://x.org) evil" }',
      'local.yaml:1:9 http.contact: is not an address such as https://example.org/about or mailto:name@example.org (it is "https://x.org) evil"). Fix: Correct this value.',
    ],
  ])('refuse %s', (text, expected) => {
    write('local.yaml', text);
    expect(problems()).toEqual([expected]);
  });

  it.each([
    ['{ cookie: a=b }', /headers\.cookie: is not a known field\..*Known here: user-agent, referer, origin\./],
    ['{ user-agent: "a\\r\\nHost: b" }', /headers\.user-agent: must be one line of plain text/],
    ['{ user-agent: "" }', /headers\.user-agent: /],
    ['{ referer: ec.europa.eu }', /headers\.referer: is not an http or https address/],
    [
      '{ referer: "https://user:password@ec.europa.eu/" }',
      /headers\.referer: is not an http or https address/,
    ],
    [
      '{ origin: "https://ec.europa.eu/info" }',
      /headers\.origin: must be an http or https address with host and port only/,
    ],
  ])('refuse the headers %s', (headers, expected) => {
    write('sources.yaml', `funding-tenders:\n  headers: ${headers}\n`);
    expect(problems()).toEqual([expect.stringMatching(expected)]);
  });

  it('refuse an override of a source that does not exist', () => {
    write('sources.yaml', 'funding-tender: { enabled: false }\n');
    expect(problems(['funding-tenders', 'anr'])).toEqual([
      'sources.yaml:1:1 funding-tender: is not a known field. Fix: Did you mean "funding-tenders"? Known here: funding-tenders, anr.',
    ]);
  });

  it('refuse workers that report so seldom that they would count as stopped, wherever each setting stands', () => {
    write('local.yaml', 'monitoring: { everySeconds: 600 }\n');
    expect(problems()).toEqual([
      'monitoring.everySeconds is 600, and no sign of life of a worker for monitoring.workerSilentMinutes (15) is an alarm. Fix: Set everySeconds to at most 450, or workerSilentMinutes to at least 20.',
    ]);
    write('local.yaml', 'monitoring: { everySeconds: 600, workerSilentMinutes: 20 }\n');
    expect(problems()).toEqual([]);
  });

  it('refuse a file that would be without effect for its name', () => {
    write('source.yaml', '{}');
    write('local.yml', '{}');
    write('groups.yaml', '{}');
    expect(problems()).toEqual([
      'local.yml: unknown file. Fix: Rename it to local.yaml, or remove it.',
      'source.yaml: unknown file. Fix: Rename it to sources.yaml, or remove it.',
    ]);
  });

  it('need default.yaml', () => {
    rmSync(join(folder, 'default.yaml'));
    expect(problems()).toEqual(['default.yaml: is missing. Fix: Put it back, or name the right folder.']);
  });
});
