import { columnsIn, CORDIS_FILES, readRow, type CordisFile, type Kind } from '../../../src/domain/history/cordis-rows.js';

/** Reads a row of which only some cells are given. */
function read(kind: Kind, cells: Record<string, string>) {
  const file = CORDIS_FILES[kind] as CordisFile;
  const found = columnsIn(file, [...file.columns]);
  if ('missing' in found) throw new Error('the columns should be there');
  return readRow(file, found.places, file.columns.length, file.columns.map((c) => cells[c] ?? ''));
}
const project = { id: '101058547', acronym: ' AB ', title: 'T', frameworkProgramme: 'HORIZON' };
const participant = { projectID: '1', organisationID: '999992401', name: 'N' };

describe('a row as CORDIS publishes it', () => {
  it('is a project, of which what is not told is missing', () => {
    expect(read('project', project)).toEqual({ row: { id: '101058547', acronym: 'AB', title: 'T', objective: null, programme: 'HORIZON', startOn: null, endOn: null, fundingScheme: null, topicCodes: [] } });
    expect(read('project', { ...project, startDate: '2022-01-01 00:00:00', topics: 'A-1; B-2,A-1' })).toMatchObject({ row: { startOn: '2022-01-01', topicCodes: ['A-1', 'B-2'] } });
  });

  it('is a participation, a topic or a subject', () => {
    expect(read('participant', { ...participant, role: 'coordinator', country: 'FR' })).toEqual({ row: { projectId: '1', pic: '999992401', role: 'coordinator', country: 'FR', city: null, name: 'N' } });
    expect(read('topic', { projectID: '1', topic: 'X' })).toEqual({ row: { projectId: '1', code: 'X', title: null } });
    expect(read('subject', { projectID: '1', euroSciVocTitle: 'optics' })).toEqual({ row: { projectId: '1', title: 'optics' } });
  });

  it.each<[string, Kind, Record<string, string>, string]>([
    ['no number', 'project', { ...project, id: 'X1' }, 'id is "X1", which is no project number'], ['no title', 'project', { ...project, title: ' ' }, 'title is empty'],
    ['no programme', 'project', { ...project, frameworkProgramme: '' }, 'frameworkProgramme is empty'], ['no day', 'project', { ...project, endDate: '31/12/2020' }, 'endDate is "31/12/2020", which is no day'],
    ['a character that is none', 'project', { ...project, objective: 'a\0b' }, 'holds a character that is none (NUL)'], ['no PIC', 'participant', { ...participant, organisationID: '' }, 'organisationID is "", which is no number'],
    ['no name', 'participant', { ...participant, name: '' }, 'name is empty'], ['no topic', 'topic', { projectID: '1' }, 'topic is empty'], ['no subject', 'subject', { projectID: '1' }, 'euroSciVocTitle is empty'],
  ])('is bad with %s, and it is said why', (_, kind, cells, why) => expect(read(kind, cells)).toEqual({ why }));

  it('is read by the names of the header, whatever their order and case, and what else the file holds', () => {
    const { topic } = CORDIS_FILES;
    const found = columnsIn(topic, ['extra', ' TITLE ', 'topic', 'projectid']);
    if ('missing' in found) throw new Error('the columns should be there');
    expect(readRow(topic, found.places, 4, ['?', 'Title', 'X-1', '5'])).toEqual({ row: { projectId: '5', code: 'X-1', title: 'Title' } });
    expect(readRow(topic, found.places, 4, ['?', 'Title'])).toEqual({ why: 'has 2 cells, and the header 4' });
    expect(columnsIn(topic, ['projectID'])).toEqual({ missing: ['topic', 'title'] });
  });
});
