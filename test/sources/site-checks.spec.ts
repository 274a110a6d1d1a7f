import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import {
  type CheckAnswer,
  type CheckRequest,
  differing,
  judgeChecks,
  MOST_CHECK_REQUESTS,
  nextCheckRequests,
  type SourceCheck,
} from '../../src/harvest/domain/check.js';
import { checks as ofAnr } from '../../src/harvest/sources/anr/anr.source.js';
import { checks as ofEureka } from '../../src/harvest/sources/eureka/eureka.source.js';
import { source as template } from '../../src/harvest/sources/_template/template.source.js';

const SOURCES = join(__dirname, '../../src/harvest/sources');
const SITES: [string, SourceCheck[]][] = [
  ['anr', ofAnr],
  ['eureka', ofEureka],
  ['_template', template.checks!],
];

/** Returns the saved page whose name is the end of the path. */
function saved(folder: string, path: string): string | undefined {
  const fixtures = join(SOURCES, folder, 'fixtures');
  const slug = path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  const pages = readdirSync(fixtures).filter(
    (name) => /\.(html|json|xml)$/.test(name) && !name.endsWith('.expected.json'),
  );
  const found = pages.find((name) => slug.endsWith(`-${basename(name, extname(name))}`));
  return found && readFileSync(join(fixtures, found), 'utf8');
}

type Site = (path: string) => string | undefined;
const answer = ({ key, path }: CheckRequest, site: Site): CheckAnswer => {
  const text = site(path);
  const bytes = Buffer.from(text ?? '');
  return {
    key,
    status: text === undefined ? 404 : 200,
    mediaType: '',
    bytes,
    etag: null,
    error: text === undefined ? 'status 404' : null,
    passing: false,
  };
};

function asked(checks: SourceCheck[], site: Site) {
  const answers: CheckAnswer[] = [];
  for (let next = nextCheckRequests(checks, answers); next.length; next = nextCheckRequests(checks, answers))
    answers.push(...next.map((request) => answer(request, site)));
  return { requests: answers.length, results: judgeChecks(checks, answers) };
}

describe.each(SITES)('what is assumed of %s', (folder, checks) => {
  const seenBy = (site: Site) => Object.fromEntries(asked(checks, site).results.map((r) => [r.id, r.holds]));
  const site: Site = (path) => saved(folder, path);

  it('holds on the pages that were saved of it, in no more requests than it may be asked', () => {
    const { requests, results } = asked(checks, site);
    expect(differing(results)).toEqual([]);
    expect(results.filter((r) => r.holds).map((r) => r.id)).toEqual(checks.map((c) => c.id));
    expect(requests).toBeLessThanOrEqual(MOST_CHECK_REQUESTS);
  });

  it('does not hold where its pages are others, and says what follows', () => {
    const { results } = asked(
      checks,
      () =>
        '<!doctype html><html><head><title>Moved</title></head><body><h1>Page not found</h1></body></html>',
    );
    expect(results.filter((r) => r.holds)).toEqual([]);
    expect(differing(results).map((r) => r.id)).toContain('lists');
    for (const { consequence } of differing(results)) expect(consequence).not.toBe('');
  });

  it('does not hold where the pages of calls are gone, while the lists do', () => {
    const gone: Site = (path) =>
      /\/detail\/call\/|\/programmes-and-calls\/[a-z]|\/calls\/[a-z]/.test(path) ? undefined : site(path);
    expect(seenBy(gone)).toMatchObject({ lists: true, calls: false });
  });

  it('says nothing of what is not there to be seen', () => {
    const empty: Site = (path) =>
      site(path)?.replace(
        /<nav[\s\S]*?<\/nav>|<ul class="pagination[\s\S]*?<\/ul>|<a[^>]*(paged=|page\/)\d[^>]*>/g,
        '',
      );
    expect(seenBy(empty)).toMatchObject({ lists: true, 'further-pages': null });
  });
});

it('dates of the cards of the ANR’s list are missed where there are none', () => {
  const { results } = asked(ofAnr, (path) => saved('anr', path)?.replace(/class="date[^"]*"/g, ''));
  expect(results.find((r) => r.id === 'dates-of-cards')).toMatchObject({
    holds: false,
    seen: expect.stringMatching(/^0 of \d+ cards$/),
  });
});

it('a listed call that the control of Eureka lacks is seen', () => {
  const lacking: Site = (path) =>
    path.startsWith('/wp-json')
      ? saved('eureka', path)?.replaceAll('eurostars', 'otherwise')
      : saved('eureka', path);
  expect(asked(ofEureka, lacking).results.find((r) => r.id === 'control')).toMatchObject({
    holds: false,
    seen: expect.stringMatching(/and \d of \d listed calls/),
  });
});
