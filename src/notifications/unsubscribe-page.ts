import type { RecipientEntity } from './store/recipient.entity.js';
import { pageForAnyone } from '../platform/api/page-for-anyone.js';

/**
 * A page in every language, since only the address is known here. It names neither the address nor the
 * institute.
 */
export const unsubscribePage = ({ stoppedAt }: Pick<RecipientEntity, 'stoppedAt'>): string =>
  pageForAnyone(
    stoppedAt
      ? { heading: 'anyone.unsubscribed' }
      : { heading: 'anyone.unsubscribe', button: 'anyone.unsubscribe.do' },
  );
