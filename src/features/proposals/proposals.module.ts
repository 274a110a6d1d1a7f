import { Module } from '@nestjs/common';

/** Researchers, the calls that are proposed to them, and their answers. */
@Module({ controllers: [], providers: [], exports: [] })
export class ProposalsModule {}
