import { Module } from '@nestjs/common';

/** Tables for Excel, out and in. */
@Module({ controllers: [], providers: [], exports: [] })
export class SheetsModule {}
