import type { RecipientEntity } from './store/recipient.entity.js';
import { bilingualPage } from '../platform/api/bilingual-page.js';

/** A page in both languages, since only the address is known here. It names neither the address nor the institute. */
export function unsubscribePage({ stoppedAt }: Pick<RecipientEntity, 'stoppedAt'>): string {
  return bilingualPage(
    stoppedAt
      ? `<h1>Vous ne recevrez plus de courriels.</h1><p lang="en">You will get no more mails.</p>`
      : `<h1>Ne plus recevoir ces courriels&nbsp;?</h1><p lang="en">Stop receiving these mails?</p>
       <form method="post"><button type="submit">Ne plus recevoir / <span lang="en">Stop</span></button></form>`,
  );
}
