import { Module } from '@nestjs/common';
import { AdminToken } from './admin-token.js';

/** Who may do what. */
@Module({ providers: [AdminToken], exports: [AdminToken] })
export class AccessModule {}
