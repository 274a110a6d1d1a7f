import { Module } from '@nestjs/common';
import { AdminToken } from './admin-token.js';
import { RequestCredentials } from './credentials.js';

/** Who comes, and how they come in. */
@Module({ providers: [AdminToken, RequestCredentials], exports: [AdminToken, RequestCredentials] })
export class AccessModule {}
