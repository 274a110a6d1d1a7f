/** Parts of programmes with other names in another programme or database; the first match wins. */
const DIVISIONS: [mark: string, names: RegExp][] = [
  ['health', /^EU\.3\.1\b|^Health\b/i],
  ['food', /^EU\.3\.2\b|^Food\b/i],
  ['energy', /^EU\.3\.3\b|^Secure, clean and efficient energy|^Energy$/i],
  ['transport', /^EU\.3\.4\b|^Smart, green and integrated transport|^Transport\b/i],
  ['climate', /^EU\.3\.5\b|^Climate action\b|^Environment\b/i],
  ['society', /^EU\.3\.6\b|^Europe in a changing world|^Socio-economic/i],
  ['security', /^EU\.3\.7\b|^Secure societies|^Security$/i],
  ['ict', /^EU\.2\.1\.1\b|^Information and Communication Tech/i],
  ['nano', /^EU\.2\.1\.2\b|^Nano/i],
  ['materials', /^EU\.2\.1\.3\b|^Advanced materials/i],
  ['biotech', /^EU\.2\.1\.4\b|^Biotechnology/i],
  ['manufacturing', /^EU\.2\.1\.5\b|^Advanced manufacturing/i],
  ['space', /^EU\.2\.1\.6\b|^Space$/i],
  ['infrastructures', /^EU\.1\.4\b|^Research Infrastructures$/i],
  ['emerging', /^EU\.1\.2\b|^Future and Emerging/i],
  [
    'science-society',
    /^EU\.5\b|^Science (with|in)\b|responsible research|gender equality|ntegrate society|careers attractive/i,
  ],
  ['euratom', /^Euratom|^Nuclear Fission/i],
];

/**
 * Prefixes shared by the topics of many programmes: their meaning (low carbon, security, digital, circular)
 * is not the line of topics.
 */
const PREFIXES = /^(LC|SU|DT|CE)-/;
const YEARS = /-?(20[12]\d|\b(18|19|20)\b)/g;
/** The first parts name the programme, the cluster and the line of topics; later parts are numbers. */
const MARK_PARTS = 4;

/** Returns the marks of a topic's identifier: `FCH-02-5-2018` is in the line FCH, and within it in FCH|02. */
function lineMarks(identifier: string): string[] {
  const whole = identifier.toUpperCase();
  const parts = whole.replace(PREFIXES, '').replace(YEARS, '').split(/[-._]/).filter(Boolean);
  const line = (parts[0] ?? '').split(/\d/, 1)[0]!;
  const words = [...whole.matchAll(/[A-Z][A-Z0-9]*[A-Z]|\b[A-Z]\b/g)].map(([word]) => `#${word}`);
  const prefix = PREFIXES.exec(whole)?.[1];
  return [
    line,
    ...parts.slice(1, MARK_PARTS).map((part) => `${line}|${part}`),
    ...(prefix ? [`~${prefix}`] : []),
    ...words,
  ];
}

/**
 * Returns the features that place a topic in its line: from its identifier and its part of the programme (the
 * destination, or the division from CORDIS), in addition to its words. Marks unknown to a model do no harm.
 */
export function programmeMarks(identifier: string | null, division: string | null): string[] {
  const mark =
    division === null ? undefined : (DIVISIONS.find(([, names]) => names.test(division))?.[0] ?? division);
  return [
    ...(identifier ? lineMarks(identifier).map((m) => `c:${m}`) : []),
    ...(mark === undefined ? [] : [`d:${mark}`]),
  ];
}

export const isMark = (feature: string): boolean => /^[cd]:/.test(feature);
