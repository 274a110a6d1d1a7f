import { brusselsClock, type ParsedCall } from '../../../calls/domain/index.js';
import { portalDate } from './portal-date.js';

/**
 * Midnight UTC is how the portal writes a deadline whose time it does not tell. A cascade call's time is that
 * of a clock, written as if it were of UTC: nearly all of them say 17:00 or 23:59, in summer as in winter. It
 * is taken for Brussels', as the rules of the programmes have it; read as an instant, people would be told
 * two hours too many.
 */
export function deadline(text: string, kind: ParsedCall['kind']): ParsedCall['deadlines'][number] {
  const at = portalDate(text);
  const timeTold = !at.endsWith('T00:00:00.000Z');
  return { at: kind === 'cascade' && timeTold ? brusselsClock(at) : at, timeTold };
}
