/** Why a file cannot be read as a sheet; worded elsewhere, in the reader's language. */
const SHEET_REFUSALS = [
  'empty',
  'too-large',
  'too-many-lines',
  'old-excel',
  'encrypted',
  'web-page',
  'other-file',
  'broken',
] as const;
export type SheetRefusalKind = (typeof SHEET_REFUSALS)[number];

export class SheetRefusal extends Error {
  constructor(readonly kind: SheetRefusalKind) {
    super(kind);
  }
}
