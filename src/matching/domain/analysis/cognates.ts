import { bare } from '../../../kernel/stem.js';

/** English endings of words with the same root, by French ending (singular, without accents). */
const endings: [RegExp, string[]][] = [
  [/ique$/, ['ic', 'ical', 'ics']],
  [/ite$/, ['ity', 'ite']],
  [/ie$/, ['y', 'ia']],
  [/te$/, ['ty', 't']],
  [/eur$/, ['or', 'er']],
  [/isme$/, ['ism']],
  [/if$/, ['ive']],
  [/(?:el|elle)$/, ['al']],
  [/aire$/, ['ary', 'ar']],
  [/(?:eux|euse)$/, ['ous']],
  [/ance$/, ['ance', 'ancy']],
  [/ence$/, ['ence', 'ency']],
  [/(?:ien|ienne)$/, ['ian', 'ean']],
  [/aux$/, ['al']],
  [/ine$/, ['in']],
  [/e$/, ['']],
];

/** Returns candidate English forms of an unknown French word: itself, then those its ending suggests. */
export function cognates(form: string): string[] {
  const word = bare(form);
  return [
    word,
    ...endings.flatMap(([end, ways]) =>
      word.length > 4 && end.test(word) ? ways.map((w) => word.replace(end, w)) : [],
    ),
  ];
}
