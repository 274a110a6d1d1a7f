import { actionCodes, actionShort, ACTION_SHORTS } from '../../../src/calls/domain/action-code.js';

describe('the code of a type of action', () => {
  // As the portal and the work programmes write them; the last column is the name shown in lists, null where
  // the type is written out.
  it.each([
    ['HORIZON-RIA HORIZON Research and Innovation Actions', 'RIA', 'RIA'],
    ['HORIZON  Research and Innovation Actions', 'RIA', 'RIA'],
    ['HORIZON JU Research and Innovation Actions', 'RIA', 'RIA'],
    ['RIA', 'RIA', 'RIA'],
    ['HORIZON-JU-RIA', 'RIA', 'RIA'],
    ['HORIZON Innovation Actions', 'IA', 'IA'],
    ['Innovation action', 'IA', 'IA'],
    ['IA', 'IA', 'IA'],
    ['HORIZON-IA HORIZON Innovation Actions', 'IA', 'IA'],
    ['EURATOM Innovation Actions', 'IA', 'IA'],
    ['HORIZON-CSA HORIZON Coordination and Support Actions', 'CSA', 'CSA'],
    ['CSA', 'CSA', 'CSA'],
    ['HORIZON Programme Cofund Actions', 'COFUND', 'COFUND'],
    ['ERA-NET Cofund', 'COFUND', 'COFUND'],
    ['HORIZON-TMA-MSCA-Cofund-D HORIZON TMA MSCA Cofund Doctoral programme', 'MSCA', 'MSCA'],
    ['HORIZON-PCP HORIZON Pre-commercial Procurement', 'PCP-PPI', 'PCP-PPI'],
    ['HORIZON Public Procurement of Innovative Solutions', 'PCP-PPI', 'PCP-PPI'],
    ['HORIZON ERC Grants', 'ERC', 'ERC'],
    ['HORIZON-ERC-SYG HORIZON ERC Synergy Grants', 'ERC', 'ERC'],
    ['HORIZON TMA MSCA Staff Exchanges', 'MSCA', 'MSCA'],
    ['HORIZON-EIC-ACC HORIZON EIC Accelerator', 'EIC', 'EIC'],
    // The funding body takes precedence over the kind of action.
    ['HORIZON EIC Research and Innovation Actions', 'EIC', 'EIC'],
    ['HORIZON MSCA Coordination and Support Actions', 'MSCA', 'MSCA'],
    ['EDF Lump Sum Grants', 'EDF', null],
    ['LIFE Project Grants', 'LIFE', null],
    ['HORIZON Recognition Prize', 'PRIZE', null],
    ['CEF Infrastructure Projects', 'GRANT', null],
    ['ERASMUS-LS ERASMUS Lump Sum Grants', 'GRANT', null],
    ['DIGITAL-SME Digital SME Support Actions', null, null],
    ['Quality of life', null, null],
  ])('of "%s" is %s', (type, code, short) => {
    expect(actionCodes([type])).toEqual(code === null ? [] : [code]);
    expect(actionShort(type)).toBe(short);
  });

  it('is said once of a call with several types of it', () => {
    expect(actionCodes(['RIA', 'HORIZON Innovation Actions', 'HORIZON-JU-RIA'])).toEqual(['RIA', 'IA']);
    expect(new Set(ACTION_SHORTS).size).toBe(ACTION_SHORTS.length);
  });
});
