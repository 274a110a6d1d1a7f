import { Module } from '@nestjs/common';
import { EmbedDue } from './embed-due.js';
import { EmbedProcessor } from './embed.processor.js';
import { Unread } from './unread.js';

/** The vectors of an external model, computed in the background. */
@Module({ providers: [EmbedDue, EmbedProcessor, Unread], exports: [EmbedDue, EmbedProcessor] })
export class EmbeddingModule {}
