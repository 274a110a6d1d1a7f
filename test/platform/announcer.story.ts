import {
  acrossInstitutes,
  acting,
  actingAs,
  Announcer,
  asInstitute,
} from '../../src/platform/database/acting.js';

const LETI = { 'carnot.institute': 'leti', 'carnot.inside': 'leti' };
const ALL = { 'carnot.institute': '*', 'carnot.inside': '*' };
const NONE = { 'carnot.institute': '', 'carnot.inside': '' };

describe('what the server is told before a statement', () => {
  it('is whose rows are shown, whenever that is another than before, and nothing else', () => {
    const announcer = new Announcer();
    const told = (): unknown => announcer.before('SELECT 1', acting());
    expect(told()).toBeNull();
    asInstitute('leti', () => {
      expect(told()).toEqual(LETI);
      expect(told()).toBeNull();
      acrossInstitutes('a test', () => expect(told()).toEqual(ALL));
      expect(told()).toEqual(LETI);
    });
    expect(told()).toEqual(NONE);
  });

  it('is for whom something is written too, without what is the process’s own', () => {
    const announcer = new Announcer();
    actingAs({ kind: 'nobody', from: '192.0.2.1', work: { request: 'r' } }, () => {
      expect(announcer.before('SELECT 1', acting())).toBeNull();
      expect(announcer.before(' insert into note', acting())).toEqual({
        'carnot.acting': JSON.stringify({ kind: 'nobody', from: '192.0.2.1' }),
      });
      expect(announcer.before('UPDATE note', acting())).toBeNull();
    });
  });

  it('is said again after a statement that failed, by the statement that was prepared for it', () => {
    const announcer = new Announcer();
    const tell = (): unknown => asInstitute('leti', () => announcer.before('SELECT 1', acting()));
    expect(tell()).toEqual(LETI);
    const { name, text } = announcer.prepared(LETI);
    expect(text).toBe(
      "SELECT set_config('carnot.institute', $1, false), set_config('carnot.inside', $2, false)",
    );
    announcer.forget(false);
    expect([tell(), announcer.prepared(LETI)]).toEqual([LETI, { name, text: null }]);
    announcer.forget(true);
    const again = announcer.prepared(LETI);
    expect([tell(), again.text, again.name === name]).toEqual([LETI, text, false]);
  });

  it('is said again where a transaction may have taken it back, and there alone', () => {
    const announcer = new Announcer();
    const tell = (statement: string): unknown =>
      asInstitute('leti', () => announcer.before(statement, acting()));
    expect(tell('START TRANSACTION')).toBeNull();
    // This must be the first statement of a transaction.
    expect(tell('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')).toBeNull();
    expect(tell('SELECT 1')).toEqual(LETI);
    expect(tell('SAVEPOINT a')).toBeNull();
    expect(tell('SELECT 1')).toBeNull();
    expect(tell('ROLLBACK TO SAVEPOINT a')).toBeNull();
    expect(tell('SELECT 1')).toEqual(LETI);
    expect(tell('COMMIT')).toBeNull();
    expect(tell('SELECT 1')).toEqual(LETI);
    expect(tell('BEGIN')).toBeNull();
    expect(tell('SELECT 1')).toBeNull();
    expect(tell('ROLLBACK')).toBeNull();
    expect(tell('SELECT 1')).toBeNull();
  });
});
