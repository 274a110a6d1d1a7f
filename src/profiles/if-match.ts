import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { Conflict, Invalid } from '../kernel/errors.js';
import { wrong } from '../kernel/issues.js';
import type { Edited } from './store/profile.repository.js';

const VERSION = /^(?:W\/)?"(\d{1,9})(?:-[a-z0-9-]+)?"$|^(\d{1,9})$/;

const described = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'the ETag or version that was read; refused (409) if somebody has saved another since',
  schema: { type: 'string' },
}) as MethodDecorator;

/** The version that the caller's change is based on, from `If-Match`; undefined if not given. */
export const FromVersion = createParamDecorator(
  (_: unknown, context: ExecutionContext): number | undefined => {
    const told = context.switchToHttp().getRequest<Request>().headers['if-match']?.trim();
    if (told === undefined || told === '*') return undefined;
    const [, tag, number] = VERSION.exec(told) ?? [];
    if (tag === undefined && number === undefined) throw new Invalid([wrong(['If-Match'], 'if-match')]);
    return Number(tag ?? number);
  },
  [(target, name) => described(target, name!, Object.getOwnPropertyDescriptor(target, name!)!)],
);

/** Returns the edit; throws 409 if somebody saved in between, so that nothing was changed. */
export function unlessStale<E extends Edited>(edited: E): E {
  if (edited.outcome !== 'stale') return edited;
  throw new Conflict('profile-stale', { version: edited.version });
}
