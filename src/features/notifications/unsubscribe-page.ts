import type { RecipientEntity } from '../../persistence/entities/recipient.entity.js';

/** A page in both languages, since only the address is known here. It names neither the address nor the institute. */
export function unsubscribePage({ stoppedAt }: Pick<RecipientEntity, 'stoppedAt'>): string {
  const body = stoppedAt
    ? `<h1>Vous ne recevrez plus de courriels.</h1><p lang="en">You will get no more mails.</p>`
    : `<h1>Ne plus recevoir ces courriels&nbsp;?</h1><p lang="en">Stop receiving these mails?</p>
       <form method="post"><button type="submit">Ne plus recevoir / <span lang="en">Stop</span></button></form>`;
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>carnot-europe</title><style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}
button{font:inherit;padding:.5rem 1rem}</style></head><body>${body}</body></html>`;
}
