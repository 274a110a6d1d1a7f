import { ConflictException, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Edited } from '../../persistence/repositories/profile.repository.js';
import { invalid } from '../../platform/api/problem.js';

const VERSION = /^(?:W\/)?"(\d{1,9})(?:-[a-z0-9-]+)?"$|^(\d{1,9})$/;

/** The version that the caller's change was made from, out of `If-Match`; undefined where they do not say. */
export const FromVersion = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined => {
  const told = context.switchToHttp().getRequest<Request>().headers['if-match']?.trim();
  if (told === undefined || told === '*') return undefined;
  const [, tag, number] = VERSION.exec(told) ?? [];
  if (tag === undefined && number === undefined) throw invalid([{ path: ['If-Match'], message: 'is not a version of a profile; give the ETag of what was read, or its "version"' }]);
  return Number(tag ?? number);
});

/** The edit, unless somebody saved in between: then 409, and nothing was changed. */
export function unlessStale<E extends Edited>(edited: E): E {
  if (edited.outcome !== 'stale') return edited;
  throw new ConflictException(`The profile was saved by somebody else in between and stands at version ${edited.version} now. Nothing was changed: read it again and repeat the change.`);
}
