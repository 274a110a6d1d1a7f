/**
 * The Redis in TEST_REDIS_URL, and in it a database that no other test file uses at the same time; null where
 * there is none.
 */
export function ownRedis(): string | null {
  const given = process.env['TEST_REDIS_URL'];
  if (!given) return null;
  const url = new URL(given);
  url.pathname = `/${process.env['JEST_WORKER_ID'] ?? '0'}`;
  return url.href;
}
