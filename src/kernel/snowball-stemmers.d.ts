/** The package is CommonJS without types; this declares only what we use. */
declare module 'snowball-stemmers' {
  export function newStemmer(language: 'english' | 'french'): { stem(word: string): string };
}
