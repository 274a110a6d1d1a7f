import { inContext } from '../../src/platform/database/request-context.js';
import { OperatorLogger } from '../../src/platform/logging/logger.js';

describe('the log', () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    for (const stream of [process.stdout, process.stderr])
      jest.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  });
  afterEach(() => jest.restoreAllMocks());

  it('is one object per line as JSON, with the ids of the request or the job that it belongs to', () => {
    const logger = new OperatorLogger('info', 'json');
    inContext({ kind: 'nobody', work: { request: 'r-1' } }, () => logger.warn('two\nlines', 'Http'));
    inContext({ kind: 'system', work: { job: 'mail/7' } }, () => logger.log('sent', 'Mail'));
    logger.error('alone', undefined, 'Start');
    const lines = written
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      expect.objectContaining({ level: 'warn', message: 'two\nlines', context: 'Http', request: 'r-1' }),
      expect.objectContaining({ level: 'log', message: 'sent', context: 'Mail', job: 'mail/7' }),
      expect.objectContaining({ level: 'error', message: 'alone', context: 'Start' }),
    ]);
    expect(lines[2]).not.toHaveProperty('request');
  });

  it('is a plain line for people otherwise', () => {
    new OperatorLogger('info').warn('a line', 'Http');
    expect(written.join('')).toMatch(
      /^\[carnot-europe\] \d+ +- \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z +WARN.*\[Http\].*a line\n$/,
    );
  });

  it('lets nobody write a line of its own, or move what was written', () => {
    const logger = new OperatorLogger('info');
    const forged = '[carnot-europe] 1  - 05/06/2026, 10:00:00 AM   LOG [Http] all is well';
    logger.warn(`a title\r\n${forged}\u2028${forged}\x1b[1A\x9b2K\tx`, 'Http');
    logger.error('broken', `Error: ${forged}\n    at here\n${forged}`, 'Http');
    const lines = written
      .join('')
      .trimEnd()
      .split(/\r\n|[\n\r\v\f\x85\u2028\u2029]/);
    expect(lines.filter((line) => line.startsWith('[carnot-europe]'))).toHaveLength(2);
    expect(lines.filter((line) => line.includes('all is well')).length).toBe(4);
    expect(written.join('')).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/);
    expect(written.join('')).toContain('\tx');
  });
});
