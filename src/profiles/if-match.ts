import { ConflictException, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Edited } from './store/profile.repository.js';
import { invalid } from '../platform/api/problem.js';

const VERSION = /^(?:W\/)?"(\d{1,9})(?:-[a-z0-9-]+)?"$|^(\d{1,9})$/;

/** The version that the caller's change is based on, from `If-Match`; undefined if not given. */
export const FromVersion = createParamDecorator(
  (_: unknown, context: ExecutionContext): number | undefined => {
    const told = context.switchToHttp().getRequest<Request>().headers['if-match']?.trim();
    if (told === undefined || told === '*') return undefined;
    const [, tag, number] = VERSION.exec(told) ?? [];
    if (tag === undefined && number === undefined)
      throw invalid([
        {
          path: ['If-Match'],
          message: 'is not a profile version; send the ETag you received, or its "version"',
        },
      ]);
    return Number(tag ?? number);
  },
);

/** Returns the edit; throws 409 if somebody saved in between, so that nothing was changed. */
export function unlessStale<E extends Edited>(edited: E): E {
  if (edited.outcome !== 'stale') return edited;
  throw new ConflictException(
    `Someone else has saved the profile: it is now at version ${edited.version}. Nothing was changed. Read it again and repeat your change.`,
  );
}
