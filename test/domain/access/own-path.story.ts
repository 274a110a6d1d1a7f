import { ownPath } from '../../../src/access/domain/landing.js';

describe('the page that was asked for before signing in, or that a form came from', () => {
  it.each([
    '/calls',
    '/institutes/leti/inbox?state=new&q=%C3%A9t%C3%A9',
    '/calls/1#call',
    '/a%2f%2fb',
    '/x?next=//elsewhere.example',
    '/x:y@z',
  ])('%s is one of ours', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    '//elsewhere.example',
    '///elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '\t//elsewhere.example',
    '/.//elsewhere.example',
    '/x/..//elsewhere.example',
    '/%2e//elsewhere.example',
    'https://elsewhere.example/',
    'https:elsewhere.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'calls',
    '',
    ' /calls',
    '@elsewhere.example',
    '.elsewhere.example',
    '/calls\u0000',
    `/${'x'.repeat(2_000)}`,
  ])('%j is not', (path) => {
    expect(ownPath(path)).toBeNull();
  });

  it.each(['/sign-in', '/sign-in?next=/sign-in', '/sign-in/abc', '/sign-out'])(
    '%s would lead in a circle',
    (path) => {
      expect(ownPath(path)).toBeNull();
    },
  );

  it('is not needed', () => {
    expect([ownPath(null), ownPath(undefined)]).toEqual([null, null]);
  });
});
