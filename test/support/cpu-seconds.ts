type Usage = (before?: NodeJS.CpuUsage) => NodeJS.CpuUsage;

/** The CPU time of this process, with its threads. */
const ofProcess: Usage = (before) => process.cpuUsage(before);
/**
 * That of this thread alone, where Node tells it (24): the threads that compile and collect garbage take what
 * other programs leave them.
 */
export const ofThread: Usage = (process as { threadCpuUsage?: Usage }).threadCpuUsage ?? ofProcess;

/**
 * Returns the CPU seconds that `act` takes in this process; other programs on the machine do not add to them.
 */
export async function cpuSeconds(act: () => unknown, usage: Usage = ofProcess): Promise<number> {
  const before = usage();
  await act();
  const { user, system } = usage(before);
  return (user + system) / 1e6;
}
