import { callOfTopic, ownIdentifier, parentTopicOf } from '../../../src/calls/domain/related-calls.js';
import { projectPage, topicPage } from '../../../src/calls/domain/page/outside-pages.js';

const BARE = { identifier: 'T-1', callIdentifier: 'T' };

describe('the identifiers of a call', () => {
  it.each(['grant', 'external-action'] as const)('are its own where it is no cascade call: %s', (kind) => {
    const call = { ...BARE, kind, parentTopic: { identifier: 'T-0', title: 'None of its' } };
    expect([ownIdentifier(call), callOfTopic(call), parentTopicOf(call)]).toEqual(['T-1', 'T', null]);
  });

  it("are its parent's where it is one, whether or not the parent is named", () => {
    expect([ownIdentifier({ ...BARE, kind: 'cascade' }), callOfTopic({ ...BARE, kind: 'cascade' })]).toEqual([
      null,
      null,
    ]);
    expect(
      parentTopicOf({ ...BARE, kind: 'cascade', parentTopic: { identifier: null, title: 'Above' } }),
    ).toEqual({ identifier: 'T-1', title: 'Above' });
    expect(parentTopicOf({ ...BARE, kind: 'cascade' })).toEqual({ identifier: 'T-1', title: null });
    expect(parentTopicOf({ kind: 'cascade', identifier: null })).toBeNull();
  });
});

describe('the page of another site', () => {
  it('is that of a project only for a number', () => {
    expect(projectPage('101070')).toBe('https://cordis.europa.eu/project/id/101070');
    for (const id of [null, '', '12a', '../x', ' 1', '1\n', '9'.repeat(30)])
      expect(projectPage(id)).toBeNull();
  });

  it('holds an identifier as one part of its path', () => {
    expect(topicPage('A/../B?x="')).toBe(
      'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/A%2F..%2FB%3Fx%3D%22',
    );
  });
});
