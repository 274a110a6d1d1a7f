import type { Response } from 'express';
import { Conflict } from '../../../kernel/errors.js';
import { LastOfficer, OfficersInvite } from '../../team.js';
import { TooOften } from '../../../platform/access/rate-limit.js';
import { comeBack } from '../../../ui/too-often.js';
import type { Viewer } from '../../../ui/viewer.js';

/** Returns why an invitation was not sent, by field; rethrows what no form can fix. */
export function whyNotInvited(
  v: Viewer,
  response: Response,
  error: unknown,
): { status: number; errors: Record<string, string> } {
  if (error instanceof Conflict) return { status: 409, errors: { email: v.t('team.taken') } };
  if (error instanceof OfficersInvite) return { status: 403, errors: { '': v.t('team.officers-invite') } };
  if (!(error instanceof TooOften)) throw error;
  return { status: 429, errors: { '': comeBack(v, response, error) } };
}

/** Returns why a role change or removal failed, as a sentence; null on success. Rethrows anything else. */
export async function whyNotChanged(
  v: Viewer,
  change: Promise<unknown>,
  last: 'team.last' | 'team.last.coordinator',
): Promise<{ status: number; refused: string } | null> {
  try {
    await change;
    return null;
  } catch (error) {
    if (error instanceof OfficersInvite) return { status: 403, refused: v.t('team.officers-invite') };
    if (error instanceof LastOfficer) return { status: 409, refused: v.t('team.last.network') };
    if (error instanceof Conflict) return { status: 409, refused: v.t(last) };
    throw error;
  }
}
