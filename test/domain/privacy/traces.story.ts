import { borneNames, renamed } from '../../../src/kernel/borne-names.js';
import { TraceFinder } from '../../../src/privacy/domain/traces.js';

const of = (...names: string[]) => new TraceFinder({ names, addresses: ['ada.l@x.test'] });
const without = (text: string, ...names: string[]): string => of(...names).inText(text).value;

describe('somebody in a text', () => {
  it.each([
    ['Ask Ada Lovelace, she knows.', 'Ask –, she knows.'],
    ['ADA  LOVELACE and ada\nlovelace', '– and –'],
    ['d’Ada Lovelace, Ada Lovelace’s, l’Ada Lovelace', 'd’–, –’s, l’–'],
    ['@Ada Lovelace! (Ada Lovelace)', '@–! (–)'],
    ['Ada Lovelace-Byron, Marie-Ada Lovelace, Ada Lovelaces', null],
    ['Canada Lovelace, Ada, Lovelace', null],
  ])('is replaced by their whole name alone: %s', (text, expected) => {
    expect(without(text, 'Ada Lovelace')).toBe(expected ?? text);
  });

  it.each([
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ])('is found where a text has accents in %s and the name in %s', (ofText, ofName) => {
    expect(without('Ask Zoé Élan.'.normalize(ofText), 'Zoé Élan'.normalize(ofName))).toBe('Ask –.');
  });

  it('is not taken for a common word, nor for part of another name', () => {
    expect(without('Rose likes a rose, Rose-Marie, O’Rose and Rosetta', 'Rose')).toBe(
      '– likes a rose, Rose-Marie, O’– and Rosetta',
    );
    expect(without('O’Brien, O and P', 'O')).toBe('O’Brien, – and P');
    expect(without('everything', 'e', ' ', '')).toBe('everything');
  });

  it('is replaced by the longest name first, whatever signs are in it', () => {
    expect(without('J. (Jo) O’Neil* met J. (Jo)', 'J. (Jo)', "J. (Jo) O'Neil*")).toBe('– met –');
  });

  it('is replaced by an address that is not part of a longer one, also where a link spells it', () => {
    expect(without('ADA.L@x.test, <ada.l@x.test>. mailto:ada.l%40x.test?a')).toBe('–, <–>. mailto:–?a');
    for (const other of ['kada.l@x.test', 'b-ada.l@x.test', 'ada.l@x.test.org', 'ada.l@x.tests'])
      expect(without(other)).toBe(other);
  });

  it('is found with a hyphen in name or address', () => {
    const finder = new TraceFinder({
      names: ['Anne-Marie Le-Goff'],
      addresses: ['anne-marie.le-goff@x-y.test'],
    });
    expect(finder.inText('Anne-Marie Le-Goff <anne-marie.le-goff@x-y.test>').value).toBe('– <–>');
  });

  it('is shown with the words around, each place of a long text by itself', () => {
    const { around } = of('Ada Lovelace').inText(
      `${'a '.repeat(50)}Ada Lovelace${' z'.repeat(50)} Ada Lovelace`,
    );
    expect(around).toEqual([
      `…${'a '.repeat(20)}[Ada Lovelace]${' z'.repeat(20)}…`,
      `…${'z '.repeat(20)}[Ada Lovelace]`,
    ]);
  });

  it('is replaced where a page is read, and not in its tags', () => {
    const html = `<p class="p" title="p">p, O&#39;Brien&nbsp;P</p><a href="mailto:ada.l@x.test">x</a>`;
    expect(of('p', "O'Brien P").inHtml(html).value).toBe(
      '<p class="p" title="p">–, –</p><a href="mailto:–">x</a>',
    );
  });

  it('is replaced in the values of a query', () => {
    expect(of('Ada Lovelace').inQuery('q=Ada+Lovelace&show=Ada%20Lovelace%21').value).toBe(
      'q=%E2%80%93&show=%E2%80%93%21',
    );
    expect(of('Ada Lovelace').inQuery('q=%20x').value).toBe('q=%20x');
  });

  it('is replaced in the members of JSON in which people write, and in no word of the program', () => {
    const json = {
      stage: { from: 'go', to: 'submitted' },
      kind: 'go',
      tasks: { from: [], to: [{ id: 'go', text: 'go: ask', personId: null }] },
      contacts: [
        { name: 'go', email: 'ADA.L@x.test' },
        { name: 'go', email: 'other@x.test' },
      ],
      url: 'https://x.test?to=ada.l@x.test',
    };
    expect(of('go').inJson(json).value).toEqual({
      ...json,
      tasks: { from: [], to: [{ id: 'go', text: '–: ask', personId: null }] },
      contacts: [{ name: '–', email: 'other@x.test' }],
      url: 'https://x.test?to=–',
    });
  });
});

describe('the names of somebody', () => {
  const at = (hours: number): Date => new Date(Date.UTC(2026, 0, 1, hours));
  const first = { name: 'Ada Byron', nameSince: at(0), formerNames: [] };

  it('are those borne for longer than a day', () => {
    expect(borneNames(first, at(24))).toEqual([]);
    expect(borneNames(first, at(25))).toEqual(['Ada Byron']);
    const slip = renamed(first, 'e', at(30));
    expect(borneNames(slip, at(31))).toEqual(['Ada Byron']);
    const married = renamed(slip, 'Ada Lovelace', at(32));
    expect(married).toEqual({ name: 'Ada Lovelace', nameSince: at(32), formerNames: ['Ada Byron'] });
    expect(borneNames(married, at(60))).toEqual(['Ada Byron', 'Ada Lovelace']);
    expect(renamed(married, 'Ada Lovelace', at(70))).toEqual(married);
  });
});
