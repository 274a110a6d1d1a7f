import type { RecipientEntity } from './store/recipient.entity.js';
import { bilingualPage } from '../platform/api/bilingual-page.js';

/** A page in both languages, since only the address is known here. It names neither the address nor the institute. */
export function unsubscribePage({ stoppedAt }: Pick<RecipientEntity, 'stoppedAt'>): string {
  return bilingualPage(
    stoppedAt
      ? `<h1>Vous ne recevrez plus ces e-mails</h1><p lang="en">You will no longer receive these e-mails.</p>`
      : `<h1>Ne plus recevoir ces e-mails&nbsp;?</h1><p lang="en">Stop receiving these e-mails?</p>
       <form method="post"><button class="primary" type="submit">Se désabonner / <span lang="en">Unsubscribe</span></button></form>`,
  );
}
