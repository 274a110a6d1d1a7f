import { Module } from '@nestjs/common';

/** The pages, over the features' services. */
@Module({ imports: [], controllers: [] })
export class WebModule {}
