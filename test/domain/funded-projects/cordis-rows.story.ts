import {
  columnsIn,
  CORDIS_FILES,
  type CordisFile,
  type Kind,
  readRow,
} from '../../../src/funded-projects/domain/cordis-rows.js';

/** Reads a row with only some cells filled, from a file with or without the columns that vary by edition. */
function read(kind: Kind, cells: Record<string, string>, optional = true) {
  const file = CORDIS_FILES[kind] as CordisFile;
  const columns = [...file.columns, ...(optional ? file.optional : [])];
  const found = columnsIn(file, columns);
  if ('missing' in found) throw new Error('the columns should be there');
  return readRow(
    file,
    found.places,
    columns.length,
    columns.map((c) => cells[c] ?? ''),
  );
}
const project = { id: '101058547', acronym: ' AB ', title: 'T', frameworkProgramme: 'HORIZON' };
const participant = { projectID: '1', organisationID: '999992401', name: 'N' };

describe('a row as CORDIS publishes it', () => {
  it('is a project, of which what is not told is missing', () => {
    expect(read('project', project)).toEqual({
      row: {
        id: '101058547',
        acronym: 'AB',
        title: 'T',
        objective: null,
        programme: 'HORIZON',
        startOn: null,
        endOn: null,
        fundingScheme: null,
        topicCodes: [],
        status: null,
        totalCost: null,
        ecMaxContribution: null,
      },
    });
    expect(
      read('project', { ...project, startDate: '2022-01-01 00:00:00', topics: 'A-1; B-2,A-1' }),
    ).toMatchObject({ row: { startOn: '2022-01-01', topicCodes: ['A-1', 'B-2'] } });
  });

  it('is a participation, a topic or a subject', () => {
    expect(read('participant', { ...participant, role: 'coordinator', country: 'FR' })).toEqual({
      row: {
        projectId: '1',
        pic: '999992401',
        role: 'coordinator',
        country: 'FR',
        city: null,
        name: 'N',
        sme: null,
        activityType: null,
        nutsCode: null,
        ecContribution: null,
        netEcContribution: null,
        totalCost: null,
        ended: null,
      },
    });
    expect(read('topic', { projectID: '1', topic: 'X' })).toEqual({
      row: { projectId: '1', code: 'X', title: null },
    });
    expect(read('subject', { projectID: '1', euroSciVocTitle: 'optics' })).toEqual({
      row: { projectId: '1', title: 'optics' },
    });
  });

  it('tells its money in euros with a point or a comma, what is stated to be nothing, and how it stands', () => {
    expect(
      read('project', {
        ...project,
        status: 'TERMINATED',
        totalCost: '2500000',
        ecMaxContribution: '1999999,5',
      }),
    ).toMatchObject({ row: { status: 'TERMINATED', totalCost: 2_500_000, ecMaxContribution: 1_999_999.5 } });
    const overrides = {
      SME: 'true',
      activityType: 'REC',
      nutsCode: 'EL303',
      ecContribution: '0',
      netEcContribution: '528340.97',
      totalCost: '960619,95',
      endOfParticipation: 'TRUE',
    };
    expect(read('participant', { ...participant, ...overrides })).toMatchObject({
      row: {
        sme: true,
        activityType: 'REC',
        nutsCode: 'EL303',
        ecContribution: 0,
        netEcContribution: 528_340.97,
        totalCost: 960_619.95,
        ended: true,
      },
    });
    expect(
      read('participant', {
        ...participant,
        SME: 'false',
        endOfParticipation: 'false',
        netEcContribution: '214236.78999999998',
        ecContribution: '-12.5',
      }),
    ).toMatchObject({
      row: { sme: false, ended: false, netEcContribution: 214_236.79, ecContribution: -12.5 },
    });
  });

  it('may be of an edition without these columns: what they would say is missing', () => {
    const row = {
      row: {
        sme: null,
        activityType: null,
        nutsCode: null,
        ecContribution: null,
        netEcContribution: null,
        totalCost: null,
        ended: null,
      },
    };
    expect(read('participant', participant, false)).toMatchObject(row);
    expect(read('project', project, false)).toMatchObject({
      row: { status: null, totalCost: null, ecMaxContribution: null },
    });
  });

  it.each<[string, Kind, Record<string, string>, string]>([
    ['no number', 'project', { ...project, id: 'X1' }, 'id is "X1", which is no project number'],
    ['no title', 'project', { ...project, title: ' ' }, 'title is empty'],
    ['no programme', 'project', { ...project, frameworkProgramme: '' }, 'frameworkProgramme is empty'],
    ['no day', 'project', { ...project, endDate: '31/12/2020' }, 'endDate is "31/12/2020", which is no day'],
    [
      'a character that is none',
      'project',
      { ...project, objective: 'a\0b' },
      'contains an invalid character (NUL)',
    ],
    [
      'no PIC',
      'participant',
      { ...participant, organisationID: '' },
      'organisationID is "", which is no number',
    ],
    [
      'a day of a year that there is not',
      'project',
      { ...project, startDate: '0000-01-01' },
      'startDate is "0000-01-01", which is no day',
    ],
    [
      'no amount',
      'project',
      { ...project, totalCost: '12 000' },
      'totalCost is "12 000", which is no amount',
    ],
    [
      'cells moved by one',
      'project',
      { ...project, ecMaxContribution: 'HORIZON.1.1' },
      'ecMaxContribution is "HORIZON.1.1", which is no amount',
    ],
    [
      'thousands grouped',
      'participant',
      { ...participant, netEcContribution: '1.234,5' },
      'netEcContribution is "1.234,5", which is no amount',
    ],
    [
      'more than can be',
      'participant',
      { ...participant, ecContribution: '9'.repeat(13) },
      'ecContribution is "9999999999999", which is no amount',
    ],
    [
      'no flag',
      'participant',
      { ...participant, endOfParticipation: '2020-01-01' },
      'endOfParticipation is "2020-01-01", which is neither true nor false',
    ],
    [
      'no size',
      'participant',
      { ...participant, SME: 'REC' },
      'SME is "REC", which is neither true nor false',
    ],
    [
      'a role that swallowed others',
      'participant',
      { ...participant, role: 'x'.repeat(501) },
      'role has 501 characters, and 500 is the most',
    ],
    [
      'an endless topic',
      'topic',
      { projectID: '1', topic: 'x'.repeat(501) },
      'topic has 501 characters, and 500 is the most',
    ],
    [
      'an endless subject',
      'subject',
      { projectID: '1', euroSciVocTitle: 'x'.repeat(501) },
      'euroSciVocTitle has 501 characters, and 500 is the most',
    ],
    ['no name', 'participant', { ...participant, name: '' }, 'name is empty'],
    ['no topic', 'topic', { projectID: '1' }, 'topic is empty'],
    ['no subject', 'subject', { projectID: '1' }, 'euroSciVocTitle is empty'],
  ])('is bad with %s, and it is said why', (_, kind, cells, why) =>
    expect(read(kind, cells)).toEqual({ why }),
  );

  it('is read by the names of the header, whatever their order and case, and what else the file holds', () => {
    const { topic } = CORDIS_FILES;
    const found = columnsIn(topic, ['extra', ' TITLE ', 'topic', 'projectid']);
    if ('missing' in found) throw new Error('the columns should be there');
    expect(readRow(topic, found.places, 4, ['?', 'Title', 'X-1', '5'])).toEqual({
      row: { projectId: '5', code: 'X-1', title: 'Title' },
    });
    expect(readRow(topic, found.places, 4, ['?', 'Title'])).toEqual({ why: 'has 2 cells, and the header 4' });
    expect(columnsIn(topic, ['projectID'])).toEqual({ missing: ['topic', 'title'] });
  });
});
