/** In this order: Edge says that it is Chrome too, and Chrome that it is Safari. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg/, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(Headless)?Chrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const first = (names: [RegExp, string][], text: string): string | null =>
  names.find(([form]) => form.test(text))?.[1] ?? null;

/**
 * What a browser is called, out of what it says of itself: "Firefox, Windows". Null where it says nothing
 * that is known.
 */
export function browserName(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  return [first(BROWSERS, userAgent), first(SYSTEMS, userAgent)].filter(Boolean).join(', ') || null;
}
