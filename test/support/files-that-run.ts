import { Session } from 'node:inspector/promises';
import { relative, resolve, sep } from 'node:path';

const SRC = resolve(__dirname, '../../src');

/** What swc makes of an export: a function of the compiled module, and none of the source. */
const EXPORT_GETTER = /^(?:get \w+|function) ?\(\) ?\{\s*return \w+;\s*\}$/;

/** Returns the files of `src`, by path, of which a function is called during the work, by V8's own count. */
export async function filesThatRun(work: () => Promise<unknown>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  await session.post('Debugger.enable');
  const files = new Set<string>();
  for (const { scriptId, url, functions } of result) {
    const path = relative(SRC, url.replace('file://', '')).split(sep).join('/');
    // The stand-in of the portal runs in this process, too.
    if (path.startsWith('..') || path.startsWith('demo/')) continue;
    const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId });
    const ran = functions
      // The first function of a script is the script itself.
      .filter(({ functionName, ranges }) => functionName !== '' && ranges[0]!.count > 0)
      .some(
        ({ ranges: [range] }) =>
          !EXPORT_GETTER.test(scriptSource.slice(range!.startOffset, range!.endOffset)),
      );
    if (ran) files.add(path);
  }
  session.disconnect();
  return [...files].sort();
}
