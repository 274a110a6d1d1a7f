/** All faults, in the order they are tried; the process that tries one loads its implementation. */
export const FAULTS = [
  ['postgres', 'PostgreSQL stopped and started, queue in Redis', 'stopped-servers'],
  ['postgres-queue', 'PostgreSQL crashed and started, queue in it', 'stopped-servers'],
  ['redis', 'Redis stopped and started', 'stopped-servers'],
  ['embedded', 'embedded PostgreSQL killed with -9, three times', 'embedded'],
  ['database-disk', 'disk of PostgreSQL full', 'disks'],
  ['data-disk', 'disk of DATA_DIR full: embedded PostgreSQL, mails as files', 'disks'],
  ['clock', 'clock set a day forward, then a day and an hour back', 'clock'],
  ['clock-redis', 'the same with the queue in Redis', 'clock'],
  ['old-worker', 'workers of the version before beside the new ones', 'versions'],
  ['slow-clients', 'clients slow to ask, to send and to read', 'slow-clients'],
].map(([name, title, file]) => ({ name, title, file: new URL(`${file}.mjs`, import.meta.url).href }));
