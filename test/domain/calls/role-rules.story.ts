import type { RoleRule } from '../../../src/calls/domain/call-content.js';
import { ROLES, ruleAgainst, statedRoleRules } from '../../../src/calls/domain/role-rules.js';

const rules = (...texts: string[]) =>
  statedRoleRules(texts.map((text) => ({ kind: 'conditions' as const, title: 'Conditions', text })));
const names = (...texts: string[]) => rules(...texts)?.map((r) => r.rule) ?? [];

describe('who can apply, and as what', () => {
  it.each<[RoleRule['rule'], string]>([
    [
      'single-applicant',
      'Other Eligible ConditionsApplications may only be submitted by one legal entity (mono-beneficiary).described in Annex B.',
    ],
    ['single-applicant', 'Proposals must be submitted by a single applicant.'],
    ['single-applicant', 'Operating grants are always mono-beneficiary grants.'],
    ['single-applicant', 'Only applications by single applicants are allowed.'],
    [
      'consortium',
      'Proposals must be submitted by at least 3 applicants (beneficiaries; not affiliated entities) from 3 different eligible countries.',
    ],
    [
      'consortium',
      'Other Eligible ConditionsApplications must be submitted by a consortium of three independent legal entities.',
    ],
    ['consortium', 'Consortia must include at least three (3) participants from three (3) countries.'],
    [
      'coordinator-elsewhere',
      'Participation as coordinators to the call is limited to legal entities established in Widening countries, as defined in the regulation.',
    ],
    ['coordinator-elsewhere', 'The coordinator must be established in Ukraine.'],
    [
      'running-coordinator',
      'The proposal must be submitted by the coordinator of the consortium funded under HORIZON-X-2023-01: “European Partnership on Ceramics”.',
    ],
    [
      'running-coordinator',
      'The award of a grant to continue the partnership should be based on a proposal submitted by the coordinator of the consortium funded under HORIZON-X-2023-01.',
    ],
    [
      'smes-only',
      'Beneficiaries must be a small and medium enterprise (SME) established in a Horizon Europe Widening country.',
    ],
    ['smes-only', 'Only SMEs are eligible.'],
    ['hospitals-only', 'L’appel est réservé aux établissements de santé.'],
    ['hospitals-only', 'Cet appel est ouvert exclusivement aux centres hospitaliers universitaires.'],
    ['hospitals-only', 'Seuls les établissements de santé peuvent déposer un projet.'],
    ['hospitals-only', 'The call is open only to hospitals.'],
    ['patients-only', "L'appel s'adresse exclusivement aux associations de patients agréées."],
    ['patients-only', 'Seules les associations de malades sont éligibles.'],
    ['patients-only', 'Only patient organisations may apply.'],
  ])('%s: %s', (rule, text) => expect(names(text)).toEqual([rule]));

  it.each([
    'Proposals may be submitted by a single applicant or by applicants from a single eligible country.',
    'The consortium may exceptionally be composed of a single legal entity (mono-beneficiary grant) which is an SME.',
    'In the case of single beneficiary projects, larger companies will not be permitted.',
    'Consortia of three or more entities must include as beneficiaries at least three legal entities.',
    'Proposals should include at least two pilot sites.',
    'Coordinators of projects must be legal entities established in an EU Member State or Associated Country.',
    'The coordinator must be established in a Member State or associated country, or South Africa.',
    'The coordinator must be established in France or Italy.',
    'It is encouraged that one SME takes the coordinator role.',
    'Money for third parties: beneficiaries must be SMEs.',
    'Applicants must be SMEs or research organisations.',
    'L’appel s’adresse exclusivement aux établissements de santé et aux organismes de recherche.',
    'L’appel est ouvert aux établissements de santé, aux universités et aux EPST.',
    'La participation de cliniciens et d’associations de patients est recommandée.',
    'Une enveloppe est réservée aux centres hospitaliers universitaires et instituts.',
    'Only hospitals and universities can apply.',
    'Applicants must be SMEs and research organisations.',
    'Applicants must be small and medium enterprises (SMEs) and research organisations.',
    'Applicants must be SMEs/start-ups.',
    'Applicants must be SME-led consortia.',
    'The call is open only to SMEs / mid-caps.',
    'Open exclusively to SME-led consortia.',
    'At least 50% of the proposed budget must be allocated to SMEs.',
    'The proposal must be submitted by the coordinator on behalf of the consortium.',
  ])('is not said by: %s', (text) => expect(rules(text)).toBeUndefined());

  it('asks nothing of all applicants where one may apply alone as well', () => {
    const several = 'Applications must be submitted by at least three applicants.';
    expect(names(several)).toEqual(['consortium']);
    expect(names(several, 'Under scope C, proposals may be submitted by a single applicant.')).toEqual([]);
  });

  it('is quoted without what stands around it, and several rules stand beside each other', () => {
    expect(
      rules(
        'Applications may only be submitted by one legal entity (mono-beneficiary).described in Annex B.',
        'First. Beneficiaries must be SMEs established in Poland. Last.',
      ),
    ).toEqual([
      { rule: 'smes-only', quote: 'Beneficiaries must be SMEs established in Poland' },
      {
        rule: 'single-applicant',
        quote: 'Applications may only be submitted by one legal entity (mono-beneficiary)',
      },
    ]);
  });
});

describe('the roles that are left to an institute in France', () => {
  const left = (rule: RoleRule['rule']) =>
    ROLES.filter((role) => ruleAgainst([role], [{ rule, quote: '' }]) === null);

  it.each<[RoleRule['rule'], string[]]>([
    ['single-applicant', ['alone']],
    ['consortium', ['coordinator', 'partner']],
    ['coordinator-elsewhere', ['partner']],
    ['running-coordinator', ['partner']],
    ['smes-only', []],
  ])('%s', (rule, roles) => expect(left(rule)).toEqual(roles));

  it('are all of them where nothing is stated', () => expect(ruleAgainst(['alone'], [])).toBeNull());
});
