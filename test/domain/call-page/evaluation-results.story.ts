import { evaluationResults } from '../../../src/calls/domain/page/evaluation-results.js';

const TOPIC = 'HORIZON-CL9-2024-AB-03-01';
/** The wording is that of the agencies' flash results; the numbers are invented. */
const FLASH = [
  'EVALUATION results',
  'Published: 07.12.2023',
  'Deadline: 11.04.2024',
  'Available budget: EUR 25,000,000',
  `The results of the evaluation for the topic ${TOPIC} are as follows:`,
  'Number of proposals submitted (including proposals transferred from or to other calls): 14',
  'Number of inadmissible proposals: 0',
  'Number of above-threshold proposals: 9',
  'Total budget requested for above-threshold proposals: EUR 37,040,687.39',
  'Number of proposals retained for funding: 2',
  'Number of proposals in the reserve list: 1',
].join('\n');
const table = (head: string, submitted: string, funded: string): string =>
  [
    'EVALUATION results',
    head,
    `Number of proposals submitted (including proposals transferred from or to other calls) | ${submitted}`,
    'Number of inadmissible proposals | 1',
    `Number of proposals retained for funding | ${funded}`,
  ].join('\n');

describe('how many proposals were submitted and funded', () => {
  it('is quoted where a note states both for the topic', () => {
    expect(evaluationResults(FLASH, TOPIC)).toEqual({
      submitted: 14,
      funded: 2,
      quote:
        'Number of proposals submitted (including proposals transferred from or to other calls): 14\n' +
        'Number of proposals retained for funding: 2',
    });
  });

  it('is taken from the column of the topic, where a note on a call has one for each', () => {
    const note = table('AB-03-01 | AB-03-02 | AB-03-03', '27 | 131 | 1 023', '4 | 7 | 12');
    expect(evaluationResults(note, TOPIC)).toMatchObject({ submitted: 27, funded: 4 });
    expect(evaluationResults(note, 'HORIZON-CL9-2024-AB-03-03')).toMatchObject({
      submitted: 1_023,
      funded: 12,
    });
    expect(evaluationResults(table(TOPIC, '5', '1'), TOPIC)).toMatchObject({ submitted: 5, funded: 1 });
  });

  it('is not taken from another topic, nor guessed where a cell is empty', () => {
    expect(evaluationResults(FLASH, 'HORIZON-CL9-2024-AB-03-02')).toBeNull();
    expect(evaluationResults(table('AB-03-02', '5', '1'), TOPIC)).toBeNull();
    expect(evaluationResults(table('AB-03-01 | AB-03-02', '5', '1'), TOPIC)).toBeNull();
    expect(evaluationResults(table('AB-03-01 | AB-03-01', '5 | 6', '1 | 2'), TOPIC)).toBeNull();
  });

  it('is not said of a first stage, of proposals that were only counted, or of numbers that contradict', () => {
    const only = `PROPOSAL NUMBERS\n183 proposals have been submitted.\n${TOPIC}: 27 proposals`;
    expect(evaluationResults(only, TOPIC)).toBeNull();
    expect(
      evaluationResults(FLASH.replace('retained for funding', 'invited to the second stage'), TOPIC),
    ).toBeNull();
    expect(evaluationResults(`${FLASH}\nNumber of proposals retained for funding: 3`, TOPIC)).toBeNull();
    expect(evaluationResults(FLASH.replace('funding: 2', 'funding: 20'), TOPIC)).toBeNull();
    expect(evaluationResults('The deadline is extended.', TOPIC)).toBeNull();
  });
});
