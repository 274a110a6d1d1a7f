import {
  acrossInstitutes,
  requestContext,
  inContext,
  asInstitute,
} from '../../src/platform/database/request-context.js';
import { SessionScope } from '../../src/platform/database/connections.js';

const LETI = { 'carnot.institute': 'leti', 'carnot.inside': 'leti' };
/** Where nothing is certain. */
const WHOLE = { ...LETI, 'carnot.since': '' };
const ALL = { 'carnot.institute': '*', 'carnot.inside': '*' };
const NONE = { 'carnot.institute': '', 'carnot.inside': '' };

describe('what is set on a connection before a statement', () => {
  /** Sets what is missing, as the client does. */
  const sets = (scope: SessionScope, statement: string): unknown => {
    const missing = scope.missing(statement, requestContext());
    if (missing) scope.wasSet(missing);
    return missing;
  };

  it('is whose rows are shown, whenever that changes, and nothing else', () => {
    const scope = new SessionScope();
    const select = (): unknown => sets(scope, 'SELECT 1');
    expect(select()).toBeNull();
    asInstitute('leti', () => {
      expect(select()).toEqual(LETI);
      expect(select()).toBeNull();
      acrossInstitutes('a test', () => expect(select()).toEqual(ALL));
      expect(select()).toEqual(LETI);
    });
    expect(select()).toEqual(NONE);
  });

  it('is for whom something is written too, without what is of the process alone', () => {
    const scope = new SessionScope();
    inContext({ kind: 'nobody', from: '192.0.2.1', work: { request: 'r' } }, () => {
      expect(sets(scope, 'SELECT 1')).toBeNull();
      expect(sets(scope, ' insert into note')).toEqual({
        'carnot.context': JSON.stringify({ kind: 'nobody', from: '192.0.2.1' }),
      });
      expect(sets(scope, 'UPDATE note')).toBeNull();
    });
  });

  it('is set again where setting it failed', () => {
    const scope = new SessionScope();
    asInstitute('leti', () => {
      expect(sets(scope, 'SELECT 1')).toEqual(LETI);
      scope.wasNotSet();
      expect(sets(scope, 'SELECT 1')).toEqual(WHOLE);
    });
  });

  it('is set again where a transaction may have taken it back, and there alone', () => {
    const scope = new SessionScope();
    const before = (statement: string): unknown => asInstitute('leti', () => sets(scope, statement));
    expect(before('START TRANSACTION')).toBeNull();
    // This must be the first statement of a transaction.
    expect(before('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')).toBeNull();
    expect(before('SELECT 1')).toEqual(LETI);
    expect(before('SAVEPOINT a')).toBeNull();
    expect(before('SELECT 1')).toBeNull();
    expect(before('ROLLBACK TO SAVEPOINT a')).toBeNull();
    expect(before('SELECT 1')).toEqual(WHOLE);
    expect(before('COMMIT')).toBeNull();
    expect(before('SELECT 1')).toEqual(WHOLE);
    expect(before('BEGIN')).toBeNull();
    expect(before('SELECT 1')).toBeNull();
    expect(before('ROLLBACK')).toBeNull();
    expect(before('SELECT 1')).toBeNull();
  });
});
