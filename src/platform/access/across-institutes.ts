import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const ACROSS = 'carnot-europe:across-institutes';

/**
 * A route that sees the rows of all institutes, since nobody has said yet of which one they are: the secret
 * of a link says it. `why` is named in .github/SECURITY.md, as each place that sees across institutes is.
 */
export const AcrossInstitutes = (why: string): CustomDecorator => SetMetadata(ACROSS, why);
