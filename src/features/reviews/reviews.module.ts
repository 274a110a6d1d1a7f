import { Module } from '@nestjs/common';

/** What institutes decide about calls: inbox, verdicts, notes, searches. */
@Module({ controllers: [], providers: [], exports: [] })
export class ReviewsModule {}
