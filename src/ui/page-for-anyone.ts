import { applyDecorators, Header } from '@nestjs/common';
import { Language } from '../kernel/language.js';
import type { MessageKey } from '../i18n/all.js';
import { translateTo } from '../i18n/translate.js';
import { assetStamp } from '../platform/api/static-files.js';

/**
 * For pages whose address contains a credential: it is sent nowhere else, not even with requests for our own
 * style sheets. "no-referrer" would hide more, but browsers then also hide the origin of our own forms
 * (Fetch, "append a request Origin header"), and without Fetch Metadata (plain http, older browsers) these
 * forms would be refused.
 */
export const REFERRER = ['Referrer-Policy', 'strict-origin'] as const;

/** The same for a page of whoever has the link in a message: no search engine lists it either. */
export const PageByLink = (): MethodDecorator =>
  applyDecorators(Header(...REFERRER), Header('x-robots-tag', 'noindex, nofollow'));

/** The content of the page: a heading, and optionally a text below it and a button that submits. */
interface Said {
  heading: MessageKey;
  text?: MessageKey;
  button?: MessageKey;
}

const [FIRST, ...OTHERS] = Language.options as [Language, ...Language[]];
const say = (language: Language, key: MessageKey): string => translateTo(language)(key);

function bodyOf({ heading, text, button }: Said): string {
  const others = OTHERS.map((language) =>
    text === undefined
      ? `<p lang="${language}">${say(language, heading)}</p>`
      : `<h2 lang="${language}">${say(language, heading)}</h2><p lang="${language}">${say(language, text)}</p>`,
  );
  const spoken = (key: MessageKey): string =>
    [
      say(FIRST, key),
      ...OTHERS.map((language) => `<span lang="${language}">${say(language, key)}</span>`),
    ].join(' / ');
  return [
    `<h1>${say(FIRST, heading)}</h1>`,
    ...(text === undefined ? [] : [`<p>${say(FIRST, text)}</p>`]),
    ...others,
    ...(button === undefined
      ? []
      : [`<form method="post"><button class="primary" type="submit">${spoken(button)}</button></form>`]),
  ].join('\n');
}

/** Returns a page in every language, for when nothing is known about the reader. */
export const pageForAnyone = (said: Said): string =>
  `<!doctype html><html lang="${FIRST}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Carnot Europe</title><link rel="icon" href="/assets/install/favicon.svg?${assetStamp('install/favicon.svg')}" type="image/svg+xml"><link rel="stylesheet" href="/assets/app.css?${assetStamp('app.css')}"></head>
<body><header class="head"><a class="brand" href="/"><img src="/assets/install/favicon.svg?${assetStamp('install/favicon.svg')}" alt="" width="24" height="24">Carnot Europe</a></header><main><div class="card narrow">${bodyOf(said)}</div></main></body></html>`;
