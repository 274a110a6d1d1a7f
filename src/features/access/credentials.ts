import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../../domain/access/actor.js';
import type { Credentials } from './access.middleware.js';
import { AdminToken } from './admin-token.js';

const OPERATOR: Actor = {
  kind: 'operator', role: 'operator', name: 'operator', email: null, personId: null, profileId: null, profileName: null, writes: true, language: null, sessionId: null,
};

/** The bearer token of a request (RFC 6750), null where there is none or it is malformed. */
const bearer = (request: Request): string | null => /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

/** Reads who comes with a request. */
@Injectable()
export class RequestCredentials implements Credentials {
  constructor(private readonly adminToken: AdminToken) {}

  async actorOf(request: Request): Promise<Actor | null> {
    const token = bearer(request);
    return token !== null && (await this.adminToken.accepts(token)) ? OPERATOR : null;
  }
}
