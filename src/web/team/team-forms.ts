import { ConflictException } from '@nestjs/common';
import type { Response } from 'express';
import { TooOften } from '../../platform/access/rate-limit.js';
import { comeBack } from '../kit/too-often.js';
import type { Viewer } from '../kit/viewer.js';

/** Why an invitation was not sent, at the field that it is about; what no form can mend is thrown on. */
export function whyNotInvited(v: Viewer, response: Response, error: unknown): { status: number; errors: Record<string, string> } {
  if (error instanceof ConflictException) return { status: 409, errors: { email: v.t('team.taken') } };
  if (!(error instanceof TooOften)) throw error;
  return { status: 429, errors: { '': comeBack(v, response, error) } };
}

/** Whether a change was refused because somebody has to stay; anything else is thrown on. */
export async function keptOne(change: Promise<unknown>): Promise<boolean> {
  try {
    await change;
    return false;
  } catch (error) {
    if (error instanceof ConflictException) return true;
    throw error;
  }
}
