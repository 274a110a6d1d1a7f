/** Returns the Redis in TEST_REDIS_URL with a database that no other test file is using; null if not set. */
export function ownRedis(): string | null {
  const given = process.env['TEST_REDIS_URL'];
  if (!given) return null;
  const url = new URL(given);
  url.pathname = `/${process.env['JEST_WORKER_ID'] ?? '0'}`;
  return url.href;
}
