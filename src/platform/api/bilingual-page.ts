import { assetStamp } from './static-files.js';

/** A page around `body` (HTML: French, with the English marked as such) for where nothing is known of who reads it. */
export const bilingualPage = (body: string): string =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>carnot-europe</title><link rel="icon" href="/assets/install/favicon.svg?${assetStamp('install/favicon.svg')}" type="image/svg+xml"><link rel="stylesheet" href="/assets/app.css?${assetStamp('app.css')}"></head>
<body><header class="head"><a class="brand" href="/"><img src="/assets/install/favicon.svg?${assetStamp('install/favicon.svg')}" alt="" width="24" height="24">carnot-europe</a></header><main><div class="card narrow">${body}</div></main></body></html>`;
