import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const ACROSS = 'carnot-europe:across-institutes';

/**
 * A route that sees the rows of all institutes, because only the secret of a link tells which one it is for.
 * `why` is listed in .github/SECURITY.md, like every place that sees across institutes.
 */
export const AcrossInstitutes = (why: string): CustomDecorator => SetMetadata(ACROSS, why);
