import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedCall } from '../../src/domain/call/parsed-call.js';
import { normalise } from '../../src/domain/call/normalise.js';
import { statusAt, statusFacts } from '../../src/domain/call/status.js';
import { ShapeError } from '../../src/domain/errors.js';
import { source } from '../../src/sources/anr/anr.source.js';

const FIXTURES = join(__dirname, '../../src/sources/anr/fixtures');
const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');
const parse = (text: string, key = 'page') => source.parse({ key, mediaType: 'text/html', bytes: Buffer.from(text) });

/** A call's page of these contents, which names its own address. */
const page = (body: string, head = '<link rel="canonical" href="https://anr.fr/fr/detail/call/x-2027/">'): string =>
  `<!DOCTYPE html><html lang="fr"><head>${head}</head><body><header><h1>ANR</h1></header><main><section class="content-style"><h1>Appel X 2027</h1>${body}</section></main></body></html>`;
const call = (body: string): ParsedCall => parse(page(`<p>Un texte.</p>${body}`)).calls[0]!;
const deadlines = (body: string) => call(body).deadlines;
const statusOn = (parsed: ParsedCall, day: string) => statusAt(statusFacts(normalise(parsed)), new Date(day));

describe('the feed', () => {
  const feed = (items: string, root = 'rss') => parse(`<?xml version="1.0"?><${root}><channel>${items}</channel></${root}>`).links;
  const item = (link: string) => `<item><title>t</title><link>${link}</link></item>`;

  it('is empty where it holds nothing: that the source holds more is known elsewhere', () => expect(feed('')).toEqual([]));

  it('names a call once, however its address is written', () => {
    const same = ['https://anr.fr/fr/detail/call/x/', 'http://www.anr.fr/fr/detail/call/x', '/fr/detail/call/x/?cHash=1'];
    expect(feed(same.map(item).join(''))).toEqual(['/fr/detail/call/x/?cHash=1']);
  });

  it('of RSS 1.0 and of Atom is read too', () => {
    expect(feed(item('https://anr.fr/fr/detail/call/x/'), 'rdf:RDF')).toEqual(['/fr/detail/call/x/']);
    expect(feed('<entry><link href="https://anr.fr/fr/detail/call/x/"/></entry>', 'feed')).toEqual(['/fr/detail/call/x/']);
  });

  it('that leads to no call at all has changed its form', () => {
    expect(() => feed(item('https://anr.fr/fr/actualites/1/'))).toThrow(ShapeError);
    expect(() => feed(item('https://anr.fr/en/call-for-proposals-details/call/x/') + item('https://anr.fr/detail/call/x/'))).toThrow(ShapeError);
    expect(() => feed(item('https://elsewhere.example/fr/detail/call/x/'))).toThrow(ShapeError);
    expect(() => feed('<item><title>t</title></item>')).toThrow(ShapeError);
  });
});

describe("a call's page", () => {
  it('is known by the address that it names, else by the one that was asked for', () => {
    expect(parse(page('<p>t</p>'), '/fr/detail/call/y/').calls[0]!.reference).toBe('x-2027');
    expect(parse(page('<p>t</p>', ''), '/fr/detail/call/y-2027/?tx_anrprojects_request%5Baction%5D=show&cHash=1').calls[0]).toMatchObject({
      reference: 'y-2027', url: 'https://anr.fr/fr/detail/call/y-2027/',
    });
    expect(() => parse(page('<p>t</p>', ''))).toThrow(/not that of a call/);
    expect(() => parse(page('<p>t</p>', '<link rel="canonical" href="https://anr.fr/fr/">'))).toThrow(ShapeError);
  });

  it('without its title where it was has changed its form', () => {
    expect(() => parse(page('').replace('class="content-style"', 'class="new-style"'))).toThrow(ShapeError);
    expect(() => parse(page('').replace('Appel X 2027', ' '))).toThrow(ShapeError);
  });

  it('is unread without a text and a date, and says why', () => {
    expect(parse(page(''))).toMatchObject({ calls: [], unread: [{ reference: 'x-2027', why: 'its page has neither a text nor a deadline' }] });
    expect(parse(page('<div class="date">01/03/2027 - 15/06/2027</div>')).calls).toHaveLength(1);
  });

  it.each([
    ['<div class="date">01/03/2027\n   - 15/06/2027</div>', [{ at: '2027-06-15T00:00:00Z', timeTold: false }]],
    ['<div class="date">Mars 2027\n   - Juin 2027</div>', []],
    ['<div class="date">15/06/2027</div>', []],
    ['<ul><li><strong>Date limite de soumission :</strong> 15 juin 2027 à 13h00</li></ul>', [{ at: '2027-06-15T13:00:00+02:00', timeTold: true }]],
    ['<dl><dt>Clôture</dt><dd>15 juin 2027, 13:00 (CEST)</dd></dl>', [{ at: '2027-06-15T13:00:00+02:00', timeTold: true }]],
    ['<p>Clôture&nbsp;: 15&nbsp;juin&nbsp;2027 à&nbsp;13h</p>', [{ at: '2027-06-15T13:00:00+02:00', timeTold: true }]],
    ['<p>Pour mémoire, la clôture de 2025 avait été fixée bien plus tôt, en mars, soit le 3 mars 2025.</p>', []],
  ])('tells its deadline: %s', (body, expected) => expect(deadlines(body)).toEqual(expected));

  it('closes at 17:00 in Brussels where it tells no time, and says that it does not', () => {
    const [deadline] = normalise(call('<div class="date">01/03/2027 - 15/06/2027</div>')).deadlines;
    expect(deadline).toMatchObject({ kind: 'single', brussels: '2027-06-15T17:00:00+02:00', timeTold: false });
  });

  it('of two stages keeps both', () => {
    const staged = call('<p>Clôture des pré-propositions : 15 juin 2027 à 13h</p><p>Clôture des propositions complètes : 2 novembre 2027 à 13h</p>');
    expect(normalise(staged).deadlines.map((d) => [d.kind, d.brussels])).toEqual([
      ['stage-1', '2027-06-15T13:00:00+02:00'], ['stage-2', '2027-11-02T13:00:00+01:00'],
    ]);
    expect(statusOn(staged, '2027-08-01T00:00:00Z')).toBe('open');
    expect(statusOn(staged, '2027-12-01T00:00:00Z')).toBe('closed');
  });

  it('is open, forthcoming or closed as it says, until a date tells it', () => {
    const tagged = (tag: string, body = '') => call(`<div class="categories"><span class="tag-type">${tag}</span></div>${body}`);
    expect(statusOn(tagged('Appel à projets spécifique'), '2027-01-01T00:00:00Z')).toBe('open');
    expect(statusOn(tagged('Pré-annonce'), '2027-01-01T00:00:00Z')).toBe('forthcoming');
    expect(statusOn(tagged('Appel clos'), '2027-01-01T00:00:00Z')).toBe('closed');
    expect(tagged('Appel à projets pour une ferme expérimentale').sourceStatus).toBe('open');
    expect(statusOn(tagged('Appel clos', '<p>Clôture : 15 juin 2027</p>'), '2027-01-01T00:00:00Z')).toBe('open');
  });

  it('names its own page elsewhere, and only that', () => {
    expect(parse(fixture('appel-transnational-invente-eaux-grises-2027.html')).calls[0]!.alsoAt).toEqual([
      'https://www.eaux-grises.example/joint-activities/grey-water-2027-joint-call?utm=anr',
    ]);
    expect(call('<a href="https://partner.example/">Notre partenaire</a>').alsoAt).toEqual([]);
  });

  it('leaves the persons behind a call out of its text', () => {
    const text = JSON.stringify(call('<h2>Contacts</h2><p>Anne Exemple, anne@example.org</p><h2>Objectifs</h2><p>Un but.</p>').sections);
    expect(text).not.toContain('anne@example.org');
    expect(text).toContain('Un but.');
  });
});
