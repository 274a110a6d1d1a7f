/**
 * The countries for the portal's country codes. They were gathered from its organisations by a program that
 * others published, and agree with what three more say about single ones. An unknown code gives no country:
 * the codes are alphabetical, but with gaps.
 */
const COUNTRIES: Record<string, string> = {
  '20000832': 'AT',
  '20000839': 'BE',
  '20000841': 'BG',
  '20000860': 'CH',
  '20000871': 'CY',
  '20000872': 'CZ',
  '20000873': 'DE',
  '20000875': 'DK',
  '20000880': 'EE',
  '20000883': 'ES',
  '20000885': 'FI',
  '20000890': 'FR',
  '20000893': 'GB',
  '20000902': 'GR',
  '20000911': 'HR',
  '20000913': 'HU',
  '20000915': 'IE',
  '20000916': 'IL',
  '20000921': 'IS',
  '20000922': 'IT',
  '20000944': 'LT',
  '20000945': 'LU',
  '20000946': 'LV',
  '20000960': 'MT',
  '20000973': 'NL',
  '20000974': 'NO',
  '20000986': 'PL',
  '20000990': 'PT',
  '20000994': 'RO',
  '20001001': 'SE',
  '20001004': 'SI',
  '20001005': 'SK',
  '20001026': 'TR',
  '20001034': 'US',
};

/** Returns the ISO 3166 code (two letters) for the portal's code; null if unknown. */
export const countryIso = (code: string | null): string | null =>
  code === null ? null : (COUNTRIES[code] ?? null);
