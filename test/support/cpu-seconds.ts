/**
 * Returns the CPU seconds that `act` takes in this process; other programs on the machine do not add to them.
 */
export async function cpuSeconds(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
