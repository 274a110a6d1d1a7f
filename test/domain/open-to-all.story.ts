import { openSchemeOf } from '../../src/calls/domain/bottom-up.js';

const schemeOf = (identifier: string | null, kind: 'grant' | 'cascade' = 'grant') =>
  openSchemeOf({ identifier, kind });

describe('calls that are open to every subject', () => {
  // Identifiers as the portal and the work programmes write them.
  it.each([
    ['ERC-2027-STG', 'erc'],
    ['ERC-2026-COG', 'erc'],
    ['ERC-2026-ADG', 'erc'],
    ['ERC-2026-SyG', 'erc'],
    ['ERC-2026-POC', 'erc'],
    ['ERC-2022-POC2', 'erc'],
    ['ERC-2026-PLUS', 'erc'],
    ['HORIZON-MSCA-2026-DN-01-01', 'msca'],
    ['HORIZON-MSCA-2027-PF-01-01', 'msca'],
    ['HORIZON-MSCA-2026-SE-01-01', 'msca'],
    ['HORIZON-MSCA-2025-COFUND-02-01', 'msca'],
    ['HORIZON-MSCA-2027-CITIZENS-01-01', 'msca'],
    ['HORIZON-EIC-2026-ACCELERATOR-01', 'eic'],
    ['HORIZON-EIC-2024-ACCELERATOROPEN-01', 'eic'],
    ['HORIZON-EIC-2025-PATHFINDEROPEN-01-01', 'eic'],
    ['HORIZON-EIC-2026-TRANSITIONOPEN', 'eic'],
    ['OC-2026-1', 'cost'],
    ['COST-OC-2026-1', 'cost'],
    ['HORIZON-WIDERA-2026-02-WIDENING-01', 'widening'],
    ['HORIZON-WIDERA-2023-ACCESS-03-01', 'widening'],
    ['HORIZON-WIDERA-2023-TALENTS-01-01', 'widening'],
  ])('%s is one of %s', (identifier, scheme) => expect(schemeOf(identifier)).toBe(scheme));

  it.each([
    // The challenge sets the subject, not the applicant.
    'HORIZON-EIC-2026-PATHFINDERCHALLENGES-01-02',
    'HORIZON-EIC-2025-ACCELERATORCHALLENGES-03',
    'HORIZON-EIC-2022-TRANSITIONCHALLENGES-01',
    'HORIZON-EIC-2026-AIC-01',
    'HORIZON-EIC-2026-STEP',
    'HORIZON-EIC-2025-PRIZE-WIP-RisingInnovators',
    'HORIZON-EIC-2026-BAS-01-ECOSYSTEM',
    'HORIZON-RAISE-2026-01-03',
    'HORIZON-WIDERA-2026-06-ERA-03',
    'HORIZON-WIDERA-2026-GENDER-Prize-01',
    'ERC-2024-PERA',
    'HORIZON-MSCA-2026-NCP-01-01',
    // Parts of the names occur elsewhere too.
    'CEF-T-2026-AFIFGEN-COSTS',
    'CERV-2026-ERC-2026-STG',
    'HORIZON-CL4-2026-MATERIALS-01-11',
    'CREA-CROSS-2026-MEDIALITERACY',
    'DOC-2026-1',
  ])('%s has a subject', (identifier) => expect(schemeOf(identifier)).toBeNull());

  it('is no cascade call, which bears the identifier of the project that pays for it, and no call without an identifier', () => {
    expect(schemeOf('HORIZON-EIC-2026-ACCELERATOR-01', 'cascade')).toBeNull();
    expect(schemeOf(null)).toBeNull();
  });
});
