import {
  crossCuttingIn,
  headingIn,
  languageOfTypes,
  programmeKnownAs,
  programmeName,
  programmeOfCall,
  typeInWords,
} from '../../../src/calls/domain/names-in.js';
import { USUAL_PROGRAMMES } from '../../../src/profiles/domain/preferences.js';

describe('names of programmes and of types of action', () => {
  it.each([
    ['Digital Europe', 'Europe numérique'],
    ['European Defence Fund', 'Fonds européen de la défense'],
    ['Connecting Europe Facility', 'Mécanisme pour l’interconnexion en Europe'],
    ['Creative Europe Programme (CREA)', 'Europe créative (CREA)'],
    ['Horizon Europe', 'Horizon Europe'],
    ['LIFE', 'LIFE'],
    ['Something new', 'Something new'],
    ['constructor', 'constructor'],
  ])('a programme in French: %s', (name, french) => {
    expect([programmeName(name, 'fr'), programmeName(name, 'en')]).toEqual([french, name]);
    expect(programmeKnownAs(programmeName(name, 'fr').replace(/ \(.*/, ''))).toBe(
      name.replace(/ Programme \(.*/, ''),
    );
  });

  it('a cross-cutting priority in words, from the portal’s code or its own words', () => {
    expect(crossCuttingIn('DigitalAgenda', 'en')).toBe('Digital agenda');
    expect(crossCuttingIn('SSH', 'fr')).toBe('Sciences humaines et sociales (SHS)');
    expect(crossCuttingIn('Something new', 'fr')).toBe('Something new');
  });

  it('is the code where a source gives no name', () => {
    expect(programmeOfCall({ code: '99', name: null }, 'fr')).toBe('99');
  });

  it('is French for each programme that an institute chooses from, but for those that are names', () => {
    expect(USUAL_PROGRAMMES.filter((name) => programmeName(name, 'fr') === name)).toEqual([
      'Horizon Europe',
      'LIFE',
    ]);
  });

  it.each([
    [
      'HORIZON-RIA HORIZON Research and Innovation Actions',
      'HORIZON-RIA actions de recherche et d’innovation HORIZON',
    ],
    ['HORIZON JU Innovation Actions', 'actions d’innovation HORIZON JU'],
    ['LIFE-PJG LIFE Project Grants', 'LIFE-PJG subventions de projet LIFE'],
    ['EDF Research Actions', 'actions de recherche EDF'],
    ['HORIZON EIC Grants', 'subventions EIC HORIZON'],
    ['HORIZON Programme Cofund Actions', 'actions de cofinancement de programmes HORIZON'],
    [
      'HORIZON TMA MSCA Postdoctoral Fellowships - European Fellowships',
      'bourses postdoctorales MSCA (européennes)',
    ],
    ['HORIZON TMA MSCA Doctoral Networks', 'réseaux doctoraux MSCA'],
    ['HORIZON TMA MSCA Doctoral Networks - Joint Doctorates', 'réseaux doctoraux MSCA (doctorats conjoints)'],
    [
      'HORIZON TMA MSCA Doctoral Networks - Industrial Doctorates',
      'réseaux doctoraux MSCA (doctorats industriels)',
    ],
    ['Pilot Projects and Preparatory Actions', 'Projets pilotes et actions préparatoires'],
    ['EUBA Type of Action', 'EUBA Type of Action'],
  ])(
    'a type of action in French, its code as it is, its programme where French has it: %s',
    (type, french) => {
      expect([typeInWords(type, 'fr'), typeInWords(type, 'en')]).toEqual([french, type]);
      expect(languageOfTypes([type], 'en', 'fr')).toBe(french === type ? 'en' : 'fr');
    },
  );

  it.each([
    ['Expected Outcome', 'Résultats attendus'],
    ['ExpectedOutcomes (2)', 'Résultats attendus (2)'],
    ['Scope', 'Périmètre'],
    ['Specific conditions', 'Conditions particulières'],
    ['Further information', 'Informations complémentaires'],
    ['Schools by the sea', 'Schools by the sea'],
    ['Résultats visés', 'Résultats visés'],
  ])('a heading that many calls have is French for French readers: %s', (heading, french) =>
    expect([headingIn(heading, 'fr'), headingIn(heading, 'en')]).toEqual([french, heading]),
  );
});
