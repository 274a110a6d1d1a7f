import type { RecipientEntity } from '../../persistence/entities/recipient.entity.js';
import { assetStamp } from '../../platform/api/static-files.js';

/** A page in both languages, since only the address is known here. It names neither the address nor the institute. */
export function unsubscribePage({ stoppedAt }: Pick<RecipientEntity, 'stoppedAt'>): string {
  const body = stoppedAt
    ? `<h1>Vous ne recevrez plus de courriels.</h1><p lang="en">You will get no more mails.</p>`
    : `<h1>Ne plus recevoir ces courriels&nbsp;?</h1><p lang="en">Stop receiving these mails?</p>
       <form method="post"><button type="submit">Ne plus recevoir / <span lang="en">Stop</span></button></form>`;
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>carnot-europe</title><link rel="stylesheet" href="/assets/app.css?${assetStamp('app.css')}"></head><body><main class="narrow">${body}</main></body></html>`;
}
