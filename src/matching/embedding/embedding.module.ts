import { Module } from '@nestjs/common';
import { EmbedDue } from './embed-due.js';
import { EmbedStage } from './embed.stage.js';
import { Unread } from './unread.js';

/** The vectors of a model that the operator brought along, made in the background. */
@Module({ providers: [EmbedDue, EmbedStage, Unread], exports: [EmbedDue, EmbedStage] })
export class EmbeddingModule {}
