import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const EXPORTED = 'carnot-europe:exported';

/** A route by which many rows leave at once: who took them is entered before they do. */
export const Exported = (): CustomDecorator => SetMetadata(EXPORTED, true);
