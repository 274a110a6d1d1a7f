import { addressedOf, ADDRESSEES, type AddressedCall } from '../../../src/calls/domain/addressee.js';
import type { RoleRule } from '../../../src/calls/domain/call-content.js';
import { translateTo } from '../../../src/i18n/translate.js';

const grant = (identifier: string, type = 'HORIZON Research and Innovation Actions'): AddressedCall => ({
  kind: 'grant',
  identifier,
  typesOfAction: [type],
});
const to = (call: AddressedCall) => addressedOf(call)?.addressee ?? null;

describe('to whom a call is addressed', () => {
  it.each([
    ['AGRIP-MULTI-2027-TC', 'AGRIP MULTI Project Grants', 'trade-organisations'],
    ['RENEWFM-2027-INVEST', 'RENEWFM Lump Sum Grants', 'project-developers'],
    ['INNOVFUND-2026-NZT-GENERAL', 'INNOVFUND Lump Sum Grants', 'project-developers'],
    ['CEF-T-2027-CORE-RAIL-WORKS', 'CEF Infrastructure Projects', 'infrastructure-operators'],
    ['CERV-2027-DAPHNE', 'CERV Project Grants', 'civil-society'],
    ['LIFE-2027-NGO-OG-FPA', 'LIFE Operating Grants Framework Partnerships', 'civil-society'],
    ['CREA-MEDIA-2027-DEVSLATE', 'CREA Lump Sum Grants', 'creative-sector'],
    ['CREA-CROSS-2027-INNOVLAB', 'CREA Project Grants', null],
    ['ERASMUS-SPORT-2027-SCP', 'ERASMUS Lump Sum Grants', 'sport-and-youth'],
    ['ERASMUS-EDU-2027-PEX-COVE', 'ERASMUS Lump Sum Grants', 'education'],
    ['LIFE-2027-STRAT-CLIMA-SIP-two-stage', 'LIFE Project Grants', 'authorities'],
    ['ISF-2027-TF1-AG-CYBER', 'ISF Project Grants', 'authorities'],
    ['LIFE-2027-CET-HEATPUMPS', 'LIFE Project Grants', 'energy-agencies'],
    ['LIFE-2027-SAP-ENV-ENVIRONMENT', 'LIFE Project Grants', null],
    ['HORIZON-MISS-2027-02-CANCER-09', 'HORIZON Pre-commercial Procurement', 'public-buyers'],
    ['HORIZON-HLTH-2027-01-CARE-09', 'HORIZON Public Procurement of Innovative Solutions', 'public-buyers'],
    ['HORIZON-CL5-2027-02-D3-99', 'HORIZON Programme Cofund Actions', 'funders'],
    ['SFS-99-2019', 'ERA-NET Cofund', 'funders'],
    ['HORIZON-EIC-2027-ACCESSIBILITYPRIZE', 'HORIZON Recognition Prize', 'achievements'],
    ['HORIZON-EIC-2027-INDUCEMENT', 'HORIZON Inducement Prize', null],
    ['HORIZON-EIC-2027-STEP', 'HORIZON EIC Equity Only', 'companies'],
    ['HORIZON-CL4-2027-01-MAT-PROD-01', 'HORIZON Innovation Actions', null],
    ['HORIZON-CL6-2027-01-CIRCBIO-01', 'HORIZON Coordination and Support Actions', null],
    ['RFCS-2027-01-RPJ', 'RFCS Project Grants', null],
    ['EDF-2027-RA-SENS', 'EDF Research Actions', null],
    ['DIGITAL-2027-AI-01', 'DIGITAL Simple Grants', null],
  ])('is told of %s (%s): %s', (identifier, type, addressee) => {
    expect(to(grant(identifier, type))).toBe(addressee);
  });

  it('is who works in the partner country for an external action, and never read off the project that pays for a cascade call', () => {
    expect(to({ kind: 'external-action', identifier: 'EuropeAid/199999/DD/ACT/KE', typesOfAction: [] })).toBe(
      'partner-countries',
    );
    expect(to({ kind: 'cascade', identifier: 'ERASMUS-EDU-2024-PI', typesOfAction: [] })).toBe(
      'third-parties',
    );
  });

  it('is whom a French call names as the only ones who may apply', () => {
    const only = (rule: RoleRule['rule']) =>
      to({ kind: 'grant', identifier: null, typesOfAction: [], roleRules: [{ rule, quote: 'x' }] });
    expect(only('hospitals-only')).toBe('hospitals');
    expect(only('patients-only')).toBe('patients');
    expect(only('consortium')).toBeNull();
  });

  it('is not known of a call that tells nothing of it', () => {
    expect(to({})).toBeNull();
    expect(to({ kind: 'grant', identifier: null, typesOfAction: [] })).toBeNull();
  });

  it('has words in both languages', () => {
    for (const of of ADDRESSEES) expect(translateTo('fr')(`addressee.${of}`)).toMatch(/^(aux?) /);
    expect(new Set(ADDRESSEES.map((of) => translateTo('en')(`addressee.${of}`))).size).toBe(
      ADDRESSEES.length,
    );
  });
});
