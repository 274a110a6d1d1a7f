type Given = Partial<Record<'SMTP_URL' | 'PUBLIC_URL' | 'OPERATOR_EMAIL', string>>;

/** Returns warnings for the log: settings that work but were probably not intended. */
export const doubts = (given: Given): string[] => [
  ...localLinks(given),
  ...pathInUrl(given),
  ...nobodyListens(given),
];

function localLinks(given: Given): string[] {
  if (!given.SMTP_URL || given.PUBLIC_URL) return [];
  return ['PUBLIC_URL is not set: the links in the mails will lead to this machine only'];
}

function pathInUrl({ PUBLIC_URL: url }: Given): string[] {
  if (!url || !URL.canParse(url) || new URL(url).pathname === '/') return [];
  return ['PUBLIC_URL has a path: the links in mails follow it, but the pages need a host of their own'];
}

function nobodyListens(given: Given): string[] {
  if (!given.SMTP_URL || given.OPERATOR_EMAIL) return [];
  return [
    'OPERATOR_EMAIL is not set: nobody hears of a source that fails, except who reads the log or GET /v1/alarms',
  ];
}
