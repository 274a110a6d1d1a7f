import { SAMPLE_NOTICE } from '../../../src/demo/sample-records.js';
import { affinityOf } from '../../../src/matching/domain/scoring/affinity.js';
import type { MatchableCall } from '../../../src/matching/domain/index/fields.js';
import { fieldText } from '../../../src/matching/domain/index/fields.js';
import type { Matched } from '../../../src/matching/domain/scoring/match.js';
import { Matcher } from '../../../src/matching/domain/scoring/matcher.js';
import type { PastProject } from '../../../src/matching/domain/semantic/pieces.js';
import { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { shippedModel } from '../../support/matching/shipped-model.js';

const settings = MatchingSettings.parse({});
const call = (title: string, text: string, identifier: string | null = null): MatchableCall => ({
  identifier,
  title,
  callTitle: null,
  language: 'en',
  keywords: [],
  destination: null,
  sections: [{ kind: 'scope', title: '', text }],
});

const CALLS: Record<string, MatchableCall> = {
  electrolyser: call(
    'Durable stacks for water electrolysis',
    'Proposals develop catalysts and membranes for electrolysers that make renewable hydrogen at low cost, and show them in a demonstrator.',
  ),
  fuelcell: call(
    'Heavy-duty vehicles that run on hydrogen',
    'Fuel cell systems for trucks: lifetime, refuelling and on-board storage are improved and shown on the road.',
    'INVENTED-H2-2027-03',
  ),
  livestock: call(
    'Resilient dairy farming',
    'Breeding, feed and animal welfare of ruminants in a changing climate; methane emissions of cattle are lowered.',
  ),
  museum: call(
    'Digital tools for museums',
    'Collections of cultural heritage are made open to citizens, with participatory methods and new narratives.',
  ),
  aircraft: call(
    'Quieter aircraft wings',
    'Aerodynamics and acoustics of wings: simulation and wind tunnel tests of noise at landing.',
  ),
};
const competence = {
  label: 'Hydrogen technologies',
  description: 'Electrolysers and fuel cells from materials to systems.',
  keywords: ['fuel cell', 'electrolysis'],
  exclusions: [] as string[],
};
const profile = (changes: object = {}, language: 'en' | 'fr' = 'en'): Profile =>
  Profile.parse({ id: 'lab', name: 'Lab', language, competences: [{ ...competence, ...changes }] });
const french = profile(
  {
    label: 'Technologies de l’hydrogène',
    description: 'Électrolyseurs et piles à combustible, des matériaux aux systèmes.',
    keywords: ['pile à combustible', 'électrolyse'],
  },
  'fr',
);
const affinity = affinityOf(
  [{ scheme: 'IA', projects: 20 }],
  [
    { scheme: 'HORIZON-IA', projects: 50 },
    { scheme: 'CSA', projects: 50 },
  ],
);
const project: PastProject = {
  id: '1',
  acronym: 'INVENTO',
  title: 'Low-noise wings',
  objective: 'Aerodynamic and acoustic design of aircraft wings',
  topics: [{ code: 'INVENTED-AIR-2025-01', title: 'Aircraft noise' }],
};

describe('the matcher', () => {
  const model = shippedModel();
  const filled = (ids = Object.keys(CALLS)): Matcher => {
    const matcher = new Matcher(model);
    for (const id of ids) matcher.put(id, CALLS[id]!);
    return matcher;
  };
  const matcher = filled();
  const sum = (xs: number[]): number => xs.reduce((a, b) => a + b, 0);

  it('puts the calls of the subject first, in either language, and leaves the others out', () => {
    for (const p of [profile(), french]) {
      const ranked = matcher.score({ profile: p }, settings);
      expect(
        ranked
          .slice(0, 2)
          .map((r) => r.id)
          .sort(),
      ).toEqual(['electrolyser', 'fuelcell']);
      expect(ranked.map((r) => r.id)).not.toContain('museum');
      expect(ranked[1]!.match.score).toBeGreaterThan(2 * (ranked[2]?.match.score ?? 0));
    }
  });

  it('lets a call lose points that is addressed to others, says so, and not to an institute that answers such calls', () => {
    const addressed = filled();
    addressed.put('fuelcell', {
      ...CALLS['fuelcell']!,
      kind: 'grant',
      typesOfAction: ['HORIZON Pre-commercial Procurement'],
    });
    const buyer = Profile.parse({ ...profile(), preferences: { answersAs: ['public-buyers'] } });
    const [open, lost, lifted] = [
      matcher.explain('fuelcell', { profile: profile() }, settings)!,
      addressed.explain('fuelcell', { profile: profile() }, settings)!,
      addressed.explain('fuelcell', { profile: buyer }, settings)!,
    ];
    expect(lost.score).toBeCloseTo(0.6 * open.score);
    expect(lost.evidence.at(-1)).toMatchObject({
      signal: 'addressees',
      term: 'public-buyers',
      contribution: expect.closeTo(-0.4 * open.score),
    });
    expect(sum(lost.evidence.map((e) => e.contribution))).toBeCloseTo(lost.score);
    expect(lifted).toEqual(open);
    const listed = (p: Profile) =>
      addressed.score({ profile: p }, settings, { floor: open.score - 1 }).map((r) => r.id);
    expect([listed(profile()).includes('fuelcell'), listed(buyer).includes('fuelcell')]).toEqual([
      false,
      true,
    ]);
    expect(toEnd(addressed.pointsOfAll({ profile: profile() }, settings)).get('fuelcell')).toBeCloseTo(
      lost.score,
    );
    const bare = profile({
      label: 'Electrolysers',
      description: '',
      keywords: [
        'water electrolysis',
        'electrolyser',
        'proton exchange membrane',
        'battery',
        'internal combustion engine',
      ],
    });
    const far = { ...CALLS['fuelcell']!, identifier: 'AGRIP-SIMPLE-2030-X' };
    const whole = matcher.explain('fuelcell', { profile: bare }, settings)!.score;
    addressed.put('fuelcell', far);
    // Matched by meaning only, with enough points before the penalty for a call addressed to others: it
    // remains a match and shows the penalty.
    expect([whole >= 15, 0.3 * whole < 15]).toEqual([true, true]);
    expect(
      addressed.score({ profile: bare }, settings).find((r) => r.id === 'fuelcell')?.match,
    ).toMatchObject({
      score: expect.closeTo(0.3 * whole),
      evidence: expect.arrayContaining([expect.objectContaining({ signal: 'addressees' })]),
    });
    addressed.put('fuelcell', CALLS['fuelcell']!);
    expect(addressed.explain('fuelcell', { profile: profile() }, settings)).toEqual(open);
  });

  it('lets a call lose points that says that only hospitals, or only patient organisations, may apply', () => {
    const open = matcher.explain('fuelcell', { profile: profile() }, settings)!.score;
    const addressed = filled();
    for (const [rule, keeps] of [
      ['hospitals-only', 0.4],
      ['patients-only', 0.3],
    ] as const) {
      const roleRules = [{ rule, quote: 'Réservé.' }];
      addressed.put('fuelcell', { ...CALLS['fuelcell']!, kind: 'grant', roleRules });
      const { score } = addressed.explain('fuelcell', { profile: profile() }, settings)!;
      expect(score).toBeCloseTo(keeps * open);
    }
  });

  it('reads French as it reads English', () => {
    const score = (p: Profile): number => matcher.explain('fuelcell', { profile: p }, settings)!.score;
    expect(Math.abs(score(french) - score(profile()))).toBeLessThan(0.25 * score(profile()));
    const words = matcher
      .explain('fuelcell', { profile: french }, settings)!
      .evidence.find((e) => e.term === 'pile à combustible')!;
    expect(words.spans.map((s) => fieldText(CALLS['fuelcell']!, words.field)!.slice(s.start, s.end))).toEqual(
      ['Fuel cell'],
    );
  });

  it('finds a call in which no word of the profile stands, by what it means, and says by which of its words', () => {
    const bare = profile({
      label: 'Proton exchange membranes',
      description: '',
      keywords: ['proton exchange membrane'],
    });
    const match = matcher.explain('fuelcell', { profile: bare }, settings)!;
    expect(match.evidence.every((e) => e.signal === 'meaning')).toBe(true);
    expect(match.score).toBeGreaterThan(matcher.explain('museum', { profile: bare }, settings)!.score);
    for (const e of match.evidence)
      for (const s of e.spans)
        expect(e.term).toContain(
          fieldText(CALLS['fuelcell']!, e.field)!.slice(s.start, s.end).toLowerCase().slice(0, 4),
        );
  });

  it('says by phrases that tell something and by no single word, of as many points', () => {
    const others = filled();
    others.put(
      'coats',
      call(
        'New bio-based materials of high performance',
        'Projects develop new coatings based on lignin and cellulose, use them in new products and support the performance of materials made of biopolymers.',
      ),
    );
    const coats = profile({
      label: 'Bio-based polymers and materials',
      description: '',
      keywords: ['polylactic acid'],
    });
    const { evidence, score } = others.explain('coats', { profile: coats }, settings)!;
    const meant = evidence.filter((e) => e.signal === 'meaning').map((e) => e.term);
    expect(meant).toContain('bio-based materials');
    expect(meant.filter((term) => !/[ -]/.test(term))).toEqual([]);
    expect(sum(evidence.map((e) => e.contribution))).toBeCloseTo(score, 6);
  });

  it('names phrases that stand so in the call, within one sentence and list item, and none twice', () => {
    const others = filled();
    const text =
      'Bio-based coatings lower costs.Lignin films replace plastic. Projects on lignin[9] and cellulose work with the Lignin Mission.\nBiopolymer fibres\nCellulose packagingBiopolymer films';
    const coats = call('New materials', text);
    others.put('coats', coats);
    const competences = [
      'Bio-based polymers and coatings',
      'Lignin and cellulose films',
      'Biopolymer packaging',
    ];
    const { evidence, score } = others.explain(
      'coats',
      {
        profile: Profile.parse({
          ...profile(),
          competences: competences.map((label) => ({
            ...competence,
            label,
            description: '',
            keywords: [label],
          })),
        }),
      },
      settings,
    )!;
    const meant = evidence.filter((e) => e.signal === 'meaning' && e.term !== '');
    const named = meant.map((e) => e.term.toLowerCase());
    expect(named.length).toBeGreaterThan(1);
    const pieces = ['new materials', ...text.toLowerCase().split(/\.|\n|\[\d\]|mission|packaging/)];
    expect(named.filter((term) => !pieces.some((piece) => piece.includes(term)))).toEqual([]);
    for (const { term, field, spans } of meant)
      expect(fieldText(coats, field)!.slice(spans[0]!.start, spans[0]!.end).toLowerCase()).toBe(
        term.toLowerCase(),
      );
    expect(named.filter((term, i) => named.some((other, k) => k !== i && other.includes(term)))).toEqual([]);
    expect(sum(evidence.map((e) => e.contribution))).toBeCloseTo(score, 6);
  });

  describe('names noun phrases, whole', () => {
    const coatings = profile({
      label: 'Biopolymers, lignin and cellulose',
      description: '',
      keywords: ['polylactic acid'],
    });
    const named = (text: string): string[] => {
      const others = filled();
      others.put('coats', call('A call', text));
      return others
        .explain('coats', { profile: coatings }, settings)!
        .evidence.filter((e) => e.signal === 'meaning')
        .map((e) => e.term)
        .filter(Boolean);
    };

    it.each([
      ['A noun that looks like a verb stays: the lignin yields are high.', 'lignin yields'],
      ['It does not end with an adjective: lignin thermal films.', 'lignin thermal films'],
      ['A compound takes what it is about: lignin-based coatings.', 'lignin-based coatings'],
      ['So does an adjective: greater lignin of the lignin films.', 'lignin films'],
    ])('%s', (text, phrase) => expect(named(text)).toContain(phrase));

    it.each([
      ['a verb in front', 'They improve lignin.'],
      ['a verb behind', 'There lignin enhances it.'],
      ['a verb at the end', 'It is seen where lignin fails.'],
      ['a verb that is a noun, too, after "to"', 'It is there to support lignin.'],
      ['such a verb after "to … and"', 'It is there to unlock and increase lignin.'],
      ['such a verb behind a plural', 'Biopolymers benefit from it.'],
      ['such a verb before another word', 'This supports lignin.'],
      ['what governs "the"', 'It is about gasifying the rest; cellulose gasifying the rest.'],
      ['an adverb', 'There lignin typically costs more.'],
      ['a participle', 'It is lignin modified by heat.'],
      ['one of as many letters as a noun', 'It is lignin caused by heat; its causes vary.'],
      ['half of a compound', 'It is a lignin start-up.'],
      ['the other half', 'It is state-of-the-art lignin.'],
    ])('without %s: %s', (_, text) => expect(named(text)).toEqual([]));

    it('from the text, and from no note at its end', () =>
      expect(
        named('It is special.[1] Nothing more is said here.[1] Made of lignin films and cellulose fibres.'),
      ).toEqual([]));

    it('from no notice that a call of the demonstration is invented', () => {
      const samples = filled();
      samples.put('sample', call('New materials', SAMPLE_NOTICE));
      const label = 'Invented samples of calls';
      const { evidence } = samples.explain(
        'sample',
        { profile: profile({ label, description: '', keywords: [label] }) },
        settings,
      )!;
      const meant = evidence.filter(({ signal, field }) => signal === 'meaning' && field !== 'title');
      expect(meant.map(({ term }) => term)).toEqual([]);
    });

    it('also in French, where adjectives stand behind', () => {
      const others = filled();
      const french = {
        ...call('Un appel', 'Des films de lignine et de la cellulose modifiée.'),
        language: 'fr',
      };
      others.put('films', french);
      const { evidence } = others.explain('films', { profile: coatings }, settings)!;
      expect(evidence.map((e) => e.term)).toContain('cellulose modifiée');
    });
  });

  it('gives reasons that sum to the score, whatever it is made of', () => {
    for (const matched of [
      { profile: profile() },
      { profile: french },
      { profile: profile(), projects: [project] },
      { profile: { ...profile(), competences: [] }, projects: [project] },
    ]) {
      for (const id of Object.keys(CALLS)) {
        const match = matcher.explain(id, matched, settings)!;
        expect(sum(match.evidence.map((e) => e.contribution))).toBeCloseTo(match.score, 6);
        expect(match.evidence.every((e) => e.contribution > 0)).toBe(true);
        const ofCompetences = match.evidence.filter((e) => e.competence !== '').map((e) => e.contribution);
        expect(sum(match.competences.map((c) => c.score))).toBeCloseTo(sum(ofCompetences), 6);
      }
    }
  });

  it('counts what the institute did, by project', () => {
    const [best] = matcher.score(
      { profile: { ...profile(), competences: [] }, projects: [project] },
      settings,
    );
    expect(best!.id).toBe('aircraft');
    expect(best!.match.evidence.find((e) => e.signal === 'past-projects')).toMatchObject({
      term: 'INVENTO: Low-noise wings',
      competence: '',
    });
    const before: PastProject = { ...project, topics: [{ code: 'INVENTED-H2-2025-03', title: null }] };
    const edition = matcher.explain(
      'fuelcell',
      { profile: { ...profile(), competences: [] }, projects: [before] },
      settings,
    )!;
    expect(edition.evidence.find((e) => e.signal === 'editions')).toMatchObject({
      term: 'INVENTO: Low-noise wings',
    });
  });

  it('gives a call points or takes some for its type of action, and none to one that has none', () => {
    const typed = filled();
    typed.put('electrolyser', { ...CALLS['electrolyser']!, typesOfAction: ['HORIZON Innovation Actions'] });
    typed.put('fuelcell', {
      ...CALLS['fuelcell']!,
      typesOfAction: ['HORIZON-CSA', 'HORIZON Pre-commercial Procurement'],
    });
    const matched = { profile: profile({ exclusions: ['cattle'] }), affinity };
    const of = (id: string, m: Matched = matched) => typed.explain(id, m, settings)!;
    const bare = (id: string) => matcher.explain(id, { profile: matched.profile }, settings)!;
    expect(of('electrolyser')).toMatchObject({
      score: expect.closeTo(bare('electrolyser').score * (1 + 0.05 * affinity.get('IA')!.lift)),
      evidence: expect.arrayContaining([expect.objectContaining({ signal: 'types-of-action', term: 'IA' })]),
    });
    const lost = of('fuelcell').evidence.slice(-2);
    expect(lost).toMatchObject([
      {
        signal: 'types-of-action',
        term: 'CSA',
        contribution: expect.closeTo(-0.05 * bare('fuelcell').score),
      },
      { signal: 'addressees', contribution: expect.closeTo(-0.4 * 0.95 * bare('fuelcell').score) },
    ]);
    expect([of('museum'), of('livestock')]).toEqual([bare('museum'), bare('livestock')]);
    for (const id of Object.keys(CALLS))
      expect(sum(of(id).evidence.map((e) => e.contribution))).toBeCloseTo(of(id).score, 9);
    typed.put('livestock', { ...CALLS['livestock']!, typesOfAction: ['IA'] });
    expect(of('livestock')).toMatchObject({ score: 0, evidence: [] });
  });

  it('keeps a competence out that a word of the call excludes, with all that it would mean', () => {
    const match = matcher.explain('fuelcell', { profile: profile({ exclusions: ['trucks'] }) }, settings)!;
    expect(match).toMatchObject({
      score: 0,
      evidence: [],
      competences: [
        {
          competence: 'Hydrogen technologies',
          score: 0,
          excludedBy: { term: 'trucks', field: 'sections.0' },
        },
      ],
    });
    expect(
      matcher.score({ profile: profile({ exclusions: ['trucks'] }) }, settings).map((r) => r.id),
    ).not.toContain('fuelcell');
    expect(
      matcher.explain('electrolyser', { profile: profile({ exclusions: ['trucks'] }) }, settings)!.score,
    ).toBeGreaterThan(20);
  });

  it('scores alike whatever order the calls came in, one by one or all at once', () => {
    const all = matcher.score({ profile: profile() }, settings);
    expect(filled(Object.keys(CALLS).reverse()).score({ profile: profile() }, settings)).toEqual(all);
    for (const { id, match } of all) {
      const [one] = matcher.score({ profile: profile() }, settings, { only: new Set([id]) });
      expect(one!.match.score).toBeCloseTo(match.score, 9);
    }
  });

  it('scores alike whether profiles were expected, all at once, or each is looked for when it is ranked, and takes up what comes later', () => {
    const everybody = [
      profile(),
      french,
      profile({ keywords: ['methane emissions', 'wind tunnel', 'refuelling'], exclusions: ['trucks'] }),
      profile({ keywords: ['open to citizens', 'tunnel tests', 'participative method'] }),
    ];
    const [expecting, usual] = [filled(Object.keys(CALLS).slice(0, 4)), filled()];
    toEnd(expecting.expect(everybody, settings));
    expecting.put('aircraft', CALLS['museum']!);
    expecting.put('aircraft', CALLS['aircraft']!);
    for (const p of everybody)
      expect(expecting.score({ profile: p }, settings)).toEqual(usual.score({ profile: p }, settings));
  });

  it('gives as many as are wanted, from so many points on', () => {
    const all = matcher.score({ profile: profile() }, settings);
    expect(matcher.score({ profile: profile() }, settings, { limit: 1 })).toEqual(all.slice(0, 1));
    expect(
      matcher.score({ profile: profile() }, settings, { floor: all[1]!.match.score }).map((r) => r.id),
    ).toEqual(all.slice(0, 2).map((r) => r.id));
  });

  it('reads profiles that say the same once, and not again however often they are loaded', () => {
    const letters = [...'bcdfghklmnprstvz'];
    const competences = letters.map((a) => ({
      label: `Field ${a}`,
      keywords: letters.map((b) => `${a}o${b}um ${b}a${a}ix`),
    }));
    const copies = (n: number): Profile[] =>
      Array.from({ length: n }, () => Profile.parse({ id: 'many', name: 'Many', competences }));
    const stepsFor = (of: Matcher, profiles: Profile[]): number => [...of.expect(profiles, settings)].length;
    const [one, many] = [filled(), filled()];
    const once = stepsFor(one, copies(1));
    expect(stepsFor(many, copies(20))).toBe(once);
    stepsFor(many, [profile()]);
    const known = stepsFor(many, [profile()]);
    // Together they have more words than are kept of different profiles.
    for (const copy of copies(3_000)) many.score({ profile: copy }, settings, { only: new Set() });
    expect(stepsFor(many, [profile()])).toBe(known);
  });

  it('leaves no call out that has the points, however few are looked at closely', () => {
    const texts = Object.values(CALLS).map((c) => c.sections[0]!.text.split(/[,:;.] ?/).filter(Boolean));
    const many = new Matcher(model);
    for (let i = 0; i < 120; i += 1) {
      const [one, other] = [texts[i % 5]!, texts[Math.floor(i / 5) % 5]!];
      many.put(`c${i}`, {
        ...call(
          Object.values(CALLS)[i % 5]!.title,
          [...one.slice(0, 1 + (i % 3)), ...other.slice(i % 2)].join('. '),
        ),
        typesOfAction: [['IA'], ['HORIZON-CSA'], []][i % 3]!,
      });
    }
    for (const matched of [
      { profile: profile() },
      { profile: french },
      { profile: profile(), projects: [project] },
      { profile: profile(), affinity },
      { profile: profile(), projects: [project], affinity },
    ]) {
      const points = [...toEnd(many.pointsOfAll(matched, settings))]
        .filter(([, p]) => p >= 15)
        .sort(([, a], [, b]) => b - a);
      for (const [id, floor] of points.filter((_, i) => i % 7 === 0)) {
        const ranked = many.score(matched, settings, { floor });
        expect(ranked.map((r) => r.match.score)).toEqual(points.map(([, p]) => p).filter((p) => p >= floor));
        expect(ranked.map((r) => r.id)).toContain(id);
      }
    }
  });

  it('knows how alike calls are', () => {
    expect(matcher.likeness('electrolyser', 'electrolyser')).toBeCloseTo(1, 4);
    expect(matcher.likeness('electrolyser', 'fuelcell')).toBeGreaterThan(
      matcher.likeness('electrolyser', 'museum'),
    );
    expect(matcher.likeness('electrolyser', 'nothing')).toBe(0);
    expect(matcher.explain('nothing', { profile: profile() }, settings)).toBeNull();
  });
});
