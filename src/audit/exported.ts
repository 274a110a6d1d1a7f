import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const EXPORTED = 'carnot-europe:exported';

/** Marks a route that exports many rows: who took them is recorded beforehand. */
export const Exported = (): CustomDecorator => SetMetadata(EXPORTED, true);
