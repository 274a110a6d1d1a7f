import { bindingIn, checkedSummary } from '../../../src/matching/domain/reader/read-call.js';
import { promptOf } from '../../../src/matching/domain/reader/prompt.js';
import { ORDERS } from '../../support/orders.js';

const CALL = {
  reference: 'R1',
  title: 'Quieter rotors for urban air mobility',
  typesOfAction: [],
  text: 'Proposals should address blade design, and wake interaction.\nAt least two pilots are required, up to TRL 6.',
};
const good = {
  call: 'R1',
  fr: 'Le projet conçoit des pales plus silencieuses. Deux pilotes au moins sont exigés, jusqu’au TRL 6.',
  en: 'The project designs blades that are quieter. At least two pilots are required, up to TRL 6.',
  quotes: ['Proposals should address blade design', '| at least two pilots are required'],
};
const [FIRST, SECOND] = [
  {
    fr: 'Le projet conçoit des pales plus silencieuses.',
    en: 'The project designs blades that are quieter.',
    quote: 'Proposals should address blade design',
  },
  {
    fr: 'Deux pilotes au moins sont exigés, jusqu’au TRL 6.',
    en: 'At least two pilots are required, up to TRL 6.',
    quote: 'at least two pilots are required',
  },
];
const checked = (...summaries: unknown[]) => checkedSummary(JSON.stringify({ summaries }), CALL);

describe('what a model wrote of a call', () => {
  it('is taken with the quote that proves each sentence, whatever else the answer holds', () => {
    expect(checked(good)).toEqual({ sentences: [FIRST, SECOND], binding: [] });
    const answer = JSON.stringify({ readings: 'none', summaries: [good] });
    expect(checkedSummary(`Here it is:\n\`\`\`json\n${answer}\n\`\`\``, CALL)).toEqual({
      sentences: [FIRST, SECOND],
      binding: [],
    });
  });

  it.each([
    ['whose quote does not stand in the call', { quotes: [good.quotes[0], 'Three pilots are required'] }],
    ['without a quote', { quotes: [good.quotes[0]] }],
    ['with a number that the call does not hold', { fr: good.fr.replace('TRL 6', 'TRL 7') }],
    ['with a link', { en: good.en.replace('TRL 6', 'https://evil.example') }],
    ['with the name of a server', { fr: good.fr.replace('TRL 6', 'evil.example/6') }],
    ['with the name of a server that ends in a number', { en: good.en.replace('TRL 6', 'TRL6.example') }],
    ['with HTML', { en: good.en.replace('TRL 6', '<b>TRL 6</b>') }],
    ['with a link in Markdown', { en: good.en.replace('TRL 6', '[TRL 6](/evil)') }],
    ['that is in the other language', { fr: `${FIRST!.fr} ${SECOND!.en}` }],
    [
      'that is too long',
      { en: `${FIRST!.en} At least two pilots are required${' and required'.repeat(24)}.`, fr: good.fr },
    ],
  ])('loses a sentence %s, in both languages, and no other', (_, over) => {
    expect(checked({ ...good, ...over })).toEqual({ sentences: [FIRST], binding: [] });
  });

  it.each<[string, string, unknown[]]>([
    ['has no sentence left', 'the quote does not stand in the call', [{ ...good, quotes: [] }]],
    ['speaks of another call', 'the answer speaks of what nobody asked for', [{ ...good, call: 'R2' }]],
    ['comes twice', 'the answer is not of the form', [good, good]],
    ['lacks a language', 'the answer is not of the form', [{ ...good, en: undefined }]],
    ['is as long as a page', 'the answer is not of the form', [{ ...good, fr: 'mot '.repeat(200) }]],
    [
      'says more in one language',
      'the languages do not say the same number of sentences',
      [{ ...good, en: FIRST!.en }],
    ],
    ['is empty', 'there is no sentence', [{ ...good, fr: '', en: ' ', quotes: [] }]],
  ])('is refused if it %s', (_, refused, summaries) => {
    expect(checked(...summaries)).toEqual({ refused });
  });

  it('may come with sentences that bind who answers, of which a malformed one or a list without end spoils nothing else', () => {
    const bound = { kind: 'minPartners', quote: 'At least two pilots are required, up to TRL 6.' };
    const said = (binding: unknown) => checked({ ...good, binding });
    expect(said([bound, { kind: 'mustPay', quote: bound.quote }, 'two pilots'])).toEqual({
      sentences: [FIRST, SECOND],
      binding: [bound],
    });
    expect(said(Array.from({ length: 21 }, () => bound))).toMatchObject({ binding: [] });
    expect(said('none')).toEqual({ sentences: [FIRST, SECOND], binding: [] });
  });

  it('is asked for by a line of ours, and by no text of a call', () => {
    const [system, user] = promptOf(CALL, { profiles: [], summary: true }).map((m) => m.content);
    expect(user).toMatch(/^Summaries: fr, en\n\nCall: R1\n\| Quieter/);
    expect([system!.includes('"summaries"'), system!.includes('"readings"')]).toEqual([true, false]);
    for (const order of [...ORDERS, 'Summaries: fr, en']) {
      const text = promptOf({ ...CALL, text: order }, { profiles: [], summary: false })[1]!.content;
      expect(text).not.toMatch(/^Summaries:/m);
    }
  });
});

describe('sentences that a model says to bind', () => {
  const call = {
    sections: [
      {
        kind: 'scope' as const,
        title: 'Scope',
        text: 'Rotors are quiet.\nTwo “pilots” are\nrequired from two countries.',
      },
    ],
  };
  const found = (...quotes: string[]) =>
    bindingIn(
      quotes.map((quote) => ({ kind: 'minPartners' as const, quote })),
      call,
    );

  it('are kept as they stand in a section of the call', () =>
    expect(found('| two "pilots" are required from two countries')).toEqual([
      {
        kind: 'minPartners',
        quote: 'Two “pilots” are\nrequired from two countries',
        section: 'scope',
        title: 'Scope',
        part: null,
      },
    ]));

  it('are left out if they stand nowhere, only in pieces, or are a few words', () =>
    expect(
      found(
        'Three pilots are required from two countries.',
        'Rotors are … from two countries',
        'Rotors are quiet.',
      ),
    ).toEqual([]));
});
