import { bare } from '../../../kernel/stem.js';

/** How words of the same root end in English, by their end in French in the singular, without accents. */
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

/** What an unknown French word may be in English: the word itself, then what its end says. */
export function cognates(form: string): string[] {
  const word = bare(form);
  return [
    word,
    ...endings.flatMap(([end, ways]) =>
      word.length > 4 && end.test(word) ? ways.map((w) => word.replace(end, w)) : [],
    ),
  ];
}
