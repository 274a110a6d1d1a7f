import type { Response } from 'express';
import type { ProfileWarning } from '../domain/warning.js';
import type { Saved } from '../profiles.js';
import { SignInAgain } from '../../platform/access/rule.js';
import { TooOften } from '../../platform/access/rate-limit.js';
import { comeBack } from '../../ui/page.js';
import type { Viewer } from '../../ui/viewer.js';
import type { Errors } from './form-errors.js';

/** Returns the message after saving: the least expected one first. */
export function flashOf(
  { withheld }: Saved,
  warnings: ProfileWarning[],
): 'flash.contacts-wait' | 'flash.saved-flood' | 'flash.saved' {
  if (withheld) return 'flash.contacts-wait';
  return warnings.length ? 'flash.saved-flood' : 'flash.saved';
}

/**
 * Saves, or returns an error for the contacts, so that the form keeps its input: when to retry if naming them
 * would send too many e-mails, or that they need a new sign-in.
 */
export async function orWhyNot<Kept>(
  v: Viewer,
  response: Response,
  save: () => Promise<Kept>,
): Promise<Kept | { status: number; errors: Errors }> {
  try {
    return await save();
  } catch (error) {
    if (error instanceof SignInAgain)
      return { status: 403, errors: { contacts: v.t('profile.wrong.sign-in-again') } };
    if (!(error instanceof TooOften)) throw error;
    return { status: 429, errors: { contacts: comeBack(v, response, error) } };
  }
}
