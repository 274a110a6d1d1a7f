/** The package is CommonJS without types; what stands here is all that we use of it. */
declare module 'snowball-stemmers' {
  export function newStemmer(language: 'english' | 'french'): { stem(word: string): string };
}
