import {
  fieldsOf,
  fieldText,
  fieldWeight,
  fieldKinds,
  type MatchableCall,
} from '../../../src/matching/domain/index/fields.js';
import { Matcher } from '../../../src/matching/domain/scoring/matcher.js';
import { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { passagesOf } from '../../../src/matching/domain/embedding/texts.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { aCall } from '../../support/matching/calls.js';
import { shippedModel } from '../../support/matching/shipped-model.js';

const settings = MatchingSettings.parse({});
const profile = Profile.parse({
  id: 'lab',
  name: 'Lab',
  competences: [
    { label: 'Photonic sensors', description: '', keywords: ['photonic sensor'], exclusions: [] },
  ],
});
const cascade = (title: string, parent: string, overrides: Parameters<typeof aCall>[1] = {}): MatchableCall =>
  aCall(title, {
    kind: 'cascade',
    title,
    identifier: 'HORIZON-PARENT',
    parentTopic: { identifier: 'HORIZON-PARENT', title: parent },
    sections: [{ kind: 'other', title: '', text: 'Vouchers for companies of one region.' }],
    ...overrides,
  });

describe('what a cascade call comes out of', () => {
  const matcher = new Matcher(shippedModel());
  const score = (call: MatchableCall): number => {
    matcher.put('call', call);
    return matcher.explain('call', { profile }, settings)!.score;
  };

  it("is read where it stands, and weighs as little as the title of a topic's call", () => {
    const call = cascade('Open call two', 'Photonic sensors', {
      project: { acronym: 'GLOW', name: 'Light for all', id: '1' },
    });
    expect(fieldsOf(call).map((f) => [f.name, f.text])).toEqual([
      ['title', 'Open call two'],
      ['parentTopic', 'Photonic sensors'],
      ['project', 'Light for all'],
      ['sections.0', 'Vouchers for companies of one region.'],
    ]);
    expect([
      fieldText(call, 'parentTopic'),
      fieldText(call, 'project'),
      fieldText(aCall('x'), 'project'),
    ]).toEqual(['Photonic sensors', 'Light for all', null]);
    expect([fieldWeight('parentTopic', settings), fieldWeight('project', settings)]).toEqual([
      settings.fieldWeights.callTitle,
      settings.fieldWeights.callTitle,
    ]);
    // The index stores the kind of a field in half a byte.
    expect(fieldKinds.length).toBeLessThanOrEqual(16);
  });

  it('brings far less than its own title does, and says where it was found', () => {
    const [own, parent] = [
      score(cascade('Vouchers for photonic sensors', 'Regions')),
      score(cascade('Vouchers', 'Photonic sensors for regions')),
    ];
    expect(
      matcher
        .explain('call', { profile }, settings)!
        .evidence.filter((e) => e.signal === undefined || e.signal === 'words')
        .map((e) => e.field),
    ).toContain('parentTopic');
    expect(parent).toBeGreaterThan(0);
    expect(parent).toBeLessThan(own / 2);
  });

  it('is no zone and no contract: these are no words of a subject', () => {
    const action = (overrides: Parameters<typeof aCall>[1]) =>
      score(aCall('a', { kind: 'external-action', ...overrides }));
    expect(action({ zones: ['Photonic sensor'], contractType: 'Photonic sensor' })).toBe(action({}));
  });

  it('is read by a brought model only where the call has no text of its own', () => {
    const texts = (overrides: Parameters<typeof aCall>[1]) =>
      passagesOf(cascade('Open call two', 'Photonic sensors', overrides))
        .map((p) => p.text.text)
        .join(' ');
    expect(texts({})).not.toContain('Photonic');
    expect(texts({ sections: [] })).toContain('Photonic');
  });
});
