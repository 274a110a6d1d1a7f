import { Module } from '@nestjs/common';
import { PostDue } from './post-due.js';
import { PostStage } from './post.stage.js';

/** Mails of one occasion. */
@Module({ providers: [PostDue, PostStage], exports: [PostDue, PostStage] })
export class PostModule {}
