import { Session } from 'node:inspector/promises';
import { relative, resolve, sep } from 'node:path';

const SRC = resolve(__dirname, '../../src');

/** Returns the files of `src`, by path, of which a function is called during the work, by V8's own count. */
export async function filesThatRun(work: () => Promise<unknown>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const run = result
    // The first function of a script is the script itself.
    .filter(({ functions }) =>
      functions.some(({ functionName, ranges }) => functionName !== '' && ranges[0]!.count > 0),
    )
    .map(({ url }) => relative(SRC, url.replace('file://', '')).split(sep).join('/'))
    // The stand-in of the portal runs in this process, too.
    .filter((path) => !path.startsWith('..') && !path.startsWith('demo/'));
  return [...new Set(run)].sort();
}
