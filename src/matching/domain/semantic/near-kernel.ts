/**
 * The greatest of the products of each of many vectors with a few others, eight numbers at a time: what
 * JavaScript takes a second and a half for at 50,000 calls and 42 profiles takes a fifth of one. Its source
 * is near-kernel.wat; these are the bytes that WABT makes of it, and a test holds the two against each other.
 */
export const KERNEL =
  'AGFzbQEAAAABCwFgB39/f39/f38AAhABBGtlcHQGbWVtb3J5AgABAwIBAAcMAQhncmVhdGVzdAAACtcBAdQBAwV/An0BeyAGIAFBAnRqIQcgAyAEIAJsaiEIA0BDAACA/yEMIAMhCSAFIQoDQP0MAAAAAAAAAAAAAAAAAAAAACEOQQAhCwNAIA4gACALav0ABAAgCSALav0ABAD9ugH9rgEhDiALQRBqIQsgCyACSQ0ACyAO/RsAIA79GwFqIA79GwIgDv0bA2pqsiAKKgIAlCAKKgIEkyENIAwgDZchDCAKQQhqIQogCSACaiEJIAkgCEkNAAsgBiAMOAIAIAAgAmohACAGQQRqIQYgBiAHSQ0ACws=';

/** What the kernel takes, in bytes of its memory but for `count` and `rows`: see near-kernel.wat. */
export type Greatest = (
  unit: number,
  count: number,
  stride: number,
  row: number,
  rows: number,
  scale: number,
  out: number,
) => void;

const compiled = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));

/** The kernel over a memory. */
export const greatestIn = (memory: WebAssembly.Memory): Greatest =>
  new WebAssembly.Instance(compiled, { kept: { memory } }).exports['greatest'] as Greatest;
