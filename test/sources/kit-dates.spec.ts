import { datesIn } from '../../src/harvest/sources/_kit/dates.js';
import { datesOf, scheduleOf, spanOf } from '../../src/harvest/sources/_kit/schedule.js';

const found = (text: string): string[] => datesIn(text).map((d) => (d.timeTold ? d.at : d.day));

describe('a date in a text', () => {
  it.each([
    ['15 septembre 2026 à 13h00', '2026-09-15T13:00:00+02:00'],
    ['Le jeudi 28 octobre 2027 à 17h00 (heure de Paris)', '2027-10-28T17:00:00+02:00'],
    ['1er décembre 2026 à 13 h', '2026-12-01T13:00:00+01:00'],
    ['1ER DECEMBRE 2026 A 13H30 (HEURE DE PARIS)', '2026-12-01T13:30:00+01:00'],
    ['le 3 août 2026 à 23 heures 59', '2026-08-03T23:59:00+02:00'],
    ['5 févr. 2027, 9h05', '2027-02-05T09:05:00+01:00'],
    ['15 juin 2027 à midi', '2027-06-15T12:00:00+02:00'],
    ['15 juin 2027, 24h00', '2027-06-15T23:59:00+02:00'],
    ['avant 13h00 (heure de Paris), le mardi 15 juin 2027', '2027-06-15T13:00:00+02:00'],
    ['10 September 2026, 2:00 PM CEST', '2026-09-10T14:00:00+02:00'],
    ['9 July 2026, 12:00 AM CEST', '2026-07-09T00:00:00+02:00'],
    ['15th of March 2027 at 12:30 pm', '2027-03-15T12:30:00+01:00'],
    ['September 15, 2026 at 17.00', '2026-09-15T17:00:00+02:00'],
    ['15 September 2026 at 5.00 pm', '2026-09-15T17:00:00+02:00'],
    ['15 September 2026 - 17.00 CET', '2026-09-15T17:00:00+02:00'],
    ['15-09-2026 à 13h', '2026-09-15T13:00:00+02:00'],
    ['1 er septem\u00adbre 2026 à 13h', '2026-09-01T13:00:00+02:00'],
    ['15 September 2026, 17:00 (Central European Time)', '2026-09-15T17:00:00+02:00'],
    ['15 September 2026, 17:00 Madrid time', '2026-09-15T17:00:00+02:00'],
    ['15 September 2026, 17:00 (French time)', '2026-09-15T17:00:00+02:00'],
    ['15 September 2026, 17:00 Central Europe Time', '2026-09-15T17:00:00+02:00'],
    ['15 septembre 2026 à 17 h, heure de Madrid', '2026-09-15T17:00:00+02:00'],
    ['13:00 (CEST) on 15 September 2026', '2026-09-15T13:00:00+02:00'],
    ['15/09/2026 - 13:00', '2026-09-15T13:00:00+02:00'],
    ['15.09.2026 | 13:00', '2026-09-15T13:00:00+02:00'],
    ['2027-10-27 at 13:00 CEST', '2027-10-27T13:00:00+02:00'],
    ['2027-10-27T13:00:00Z', '2027-10-27T13:00:00Z'],
    ['2027-10-27T13:00+03:00', '2027-10-27T13:00:00+03:00'],
    ['21 November 2025, 23:59 GMT-4', '2025-11-21T23:59:00-04:00'],
    ['21 November 2025, 17:00 UTC+1', '2025-11-21T17:00:00+01:00'],
    ['21 November 2025, 17:00 (UTC)', '2025-11-21T17:00:00+00:00'],
    ['21 November 2025, 17:00 EET', '2025-11-21T17:00:00+02:00'],
    ['15 October 2026, 17:00 UTC - 12 pages at most', '2026-10-15T17:00:00+00:00'],
    ['15/05/27 à 13h', '2027-05-15T13:00:00+02:00'],
    ['15 June 2027, 23.59 hrs', '2027-06-15T23:59:00+02:00'],
    ['15 June 2027, 17.00 hours GMT', '2027-06-15T17:00:00+00:00'],
    ['15 June 2027, 17:00 hrs GMT', '2027-06-15T17:00:00+00:00'],
    ['15 June 2027, 17 hours UTC', '2027-06-15T17:00:00+00:00'],
    ['15 June 2027, 1700 CET', '2027-06-15T17:00:00+02:00'],
    ['15 June 2027 at 1700 hrs (Brussels)', '2027-06-15T17:00:00+02:00'],
    ['15 June 2027, 1700 GMT', '2027-06-15T17:00:00+00:00'],
    ['15 JUIN 2027 À 13:00 ET EN LIGNE', '2027-06-15T13:00:00+02:00'],
  ])('%s is an instant', (text, instant) => expect(found(text)).toEqual([instant]));

  it('that ends a period is no offset of the time before it', () =>
    expect(found('1 September 2026, 10:00 GMT – 15 October 2026, 17:00 GMT')).toEqual([
      '2026-09-01T10:00:00+00:00',
      '2026-10-15T17:00:00+00:00',
    ]));

  it.each([
    // Sites write CET in summer and CEST in winter, but mean Brussels time.
    ['10 September 2026 14:00 CET', '2026-09-10T14:00:00+02:00'],
    ['1 January 2027, 12:00 AM CEST', '2027-01-01T00:00:00+01:00'],
    ['29 March 2026, 12:00', '2026-03-29T12:00:00+02:00'],
    ['29 March 2026, 01:30', '2026-03-29T01:30:00+01:00'],
    ['29 March 2026, 03:00', '2026-03-29T03:00:00+02:00'],
    ['28 March 2026, 12:00', '2026-03-28T12:00:00+01:00'],
    ['25 October 2026, 00:30', '2026-10-25T00:30:00+02:00'],
    ['25 October 2026, 12:00', '2026-10-25T12:00:00+01:00'],
  ])('%s is in the time of Brussels on that day', (text, instant) => expect(found(text)).toEqual([instant]));

  it.each([
    ['15 septembre 2026', ['2026-09-15']],
    ['04/06/2026', ['2026-06-04']],
    ['02/04/2026\n        - 04/06/2026', ['2026-04-02', '2026-06-04']],
    ['02/04/2026-04/06/2026', ['2026-04-02', '2026-06-04']],
    ['du 1er juillet au 15 septembre 2026', ['2026-09-15']],
    ['10-15 septembre 2026', ['2026-09-15']],
    ['3 May 2027, 2.50 million', ['2027-05-03']],
    ['3 May 2027, 17 projects', ['2027-05-03']],
    ['15 juin 2027 à minuit', ['2027-06-15']],
    ['Session 1 : 15 juin 2027', ['2027-06-15']],
    ['du 1/03/27 au 15/05/27', ['2027-03-01', '2027-05-15']],
    ['15 June 2027, 1700 projects', ['2027-06-15']],
  ])('%s is told without a time', (text, days) => expect(found(text)).toEqual(days));

  it.each([
    '17:00 London time',
    '17 h, heure de Londres',
    '17:00 IST',
    '17:00 local time',
    '17:00 (heure locale)',
    '17:00 CST',
    '23:59 AoE',
    '12:00 (UK)',
    '12:00 UK',
    '12:00 UK time',
    '12:00 (London)',
    '12:00 ET',
    '12 h (US)',
    '17.00 hrs London time',
  ])('a time in a zone that may be several, %s, is none', (time) => {
    expect(found(`21 November 2027, ${time}`)).toEqual(['2027-11-21']);
  });

  it.each([
    'Avril 2026 - Juin 2026',
    'fin mars 2028',
    'le 15 septembre à 13h00',
    '31 février 2027',
    '2027-13-01',
    '32/01/2027',
    '12/2026',
    'in 2027',
    'ISBN 978-2-04-06-2026',
    'early July 2025',
    '15/13/27',
    '15/05/95',
    '1/15/05/27',
    'Grant 15/05/27/3',
    '',
  ])('%j holds none', (text) => expect(found(text)).toEqual([]));
});

const dates = (text: string) => {
  const { opensAt, deadlines, deadlineModel } = datesOf(scheduleOf(text));
  return {
    opensAt,
    model: deadlineModel,
    deadlines: deadlines.map((d) => (d.timeTold ? d.at : d.at.slice(0, 10))),
  };
};

describe('dates under labels', () => {
  it.each([
    ['a label before', 'Clôture : 15 juin 2027 à 13h00', ['2027-06-15T13:00:00+02:00']],
    [
      'a label on the line before',
      'DATE LIMITE DE SOUMISSION\nLe 15 juin 2027 à 13h00',
      ['2027-06-15T13:00:00+02:00'],
    ],
    ['a label behind', '15 June 2027, 17:00: Call for projects deadline', ['2027-06-15T17:00:00+02:00']],
    ['a cell', 'Clôture | 15 juin 2027', ['2027-06-15']],
    ['a verb', 'The call closes on 15 June 2027 at 23:59 CET.', ['2027-06-15T23:59:00+02:00']],
    [
      'a span',
      'Dépôt des dossiers, date limite : du 1 mars 2027 au 15 juin 2027 à 13h',
      ['2027-06-15T13:00:00+02:00'],
    ],
    [
      'one day told twice',
      'Closing date: 15 June 2027\nDeadline: 15 June 2027, 17:00',
      ['2027-06-15T17:00:00+02:00'],
    ],
    [
      'put off',
      'Clôture : 15 juin 2027 à 13h\nClôture reportée au 22 juin 2027 à 13h',
      ['2027-06-22T13:00:00+02:00'],
    ],
    ['a day before which to submit', 'Dépôt avant le 15 juin 2027 à 13h', ['2027-06-15T13:00:00+02:00']],
    ['the same of proposals', 'Dépôt des dossiers complets avant le mardi 15 juin 2027', ['2027-06-15']],
    ['the same as a duty', 'Les projets doivent être déposés en ligne avant le 15 juin 2027', ['2027-06-15']],
    ['the same with its last day', 'Dépôt des candidatures jusqu’au 15 juin 2027', ['2027-06-15']],
    ['the same in English', 'Submit proposals before 15 June 2027, 17:00', ['2027-06-15T17:00:00+02:00']],
    ['the same with a colon', 'À déposer avant le : 15 juin 2027', ['2027-06-15']],
    ['what is to be filed', 'Dépôt des dossiers : 15 juin 2027 à 13h', ['2027-06-15T13:00:00+02:00']],
    ['the same, or handed in', 'Dépôt / Remise des dossiers : 15/06/27', ['2027-06-15']],
    ['the same on the line before', 'Date de remise des candidatures\n15 juin 2027', ['2027-06-15']],
    ['when it has to be there', 'Réception des dossiers avant le 15 juin 2027', ['2027-06-15']],
    [
      'the same before its deadline',
      'Dépôt des dossiers : 1 mars 2027\nClôture : 15 juin 2027',
      ['2027-06-15'],
    ],
    ['a label that has its date already', 'Clôture : 15 juin 2027\n3 mai 2028', ['2027-06-15']],
    [
      'the agency by its whole name',
      'Date limite de dépôt à l’Agence nationale de la recherche : 15 juin 2027',
      ['2027-06-15'],
    ],
  ])('%s', (_, text, deadlines) => expect(dates(text)).toMatchObject({ model: null, deadlines }));

  it.each([
    [
      'an earlier edition in a sentence',
      'L’appel de 2025 a été fermé sans suite, puis rouvert ; ses projets datent du 3 mars 2026.',
    ],
    ['results', 'Date limite, résultats : 15 juin 2027'],
    ['a webinar', 'Webinaire d’information : 15 juin 2027 à 10h'],
    ['one country', 'National application deadline: 15 June 2027'],
    ['the previous call', 'Deadline of the previous call: 15 June 2025'],
    ['what is only published', 'Publication : 15 juin 2027'],
    ['a report', 'Final report: 15 June 2029'],
    ['a report that is due', 'Reporting deadline: 15 June 2029'],
    ['the end of the projects', 'Project end date: 31 December 2030'],
    ['the end of the projects, in French', 'Fin des projets : 31 décembre 2030'],
    ['the period of eligible costs', 'Eligibility period until: 31 December 2030'],
    ['a month', 'Clôture : juin 2027'],
    ['how long what is paid lasts', 'L’aide est versée jusqu’au 15 juin 2030'],
    ['what is paid on receipt', 'Réception des travaux avant le 15 juin 2030'],
    ['what was submitted before', 'Sont exclus les projets déposés avant le 15 juin 2027'],
    ['a date whose label has one already', 'Ouverture : 1 mars 2020\n15 juin 2027'],
  ])('makes no deadline of %s', (_, text) => expect(dates(text).deadlines).toEqual([]));

  it.each([
    ['Appel ouvert jusqu’au 30 mars 2027 à 13h', '2027-03-30T13:00:00+02:00'],
    ['The call is open until 30 March 2027', '2027-03-30'],
    ['Clôture de l’appel le 30 mars 2027', '2027-03-30'],
    ['Call for projects ends: 30 March 2027', '2027-03-30'],
  ])('%s: that is the deadline, and no opening', (text, deadline) =>
    expect(dates(text)).toMatchObject({ opensAt: null, deadlines: [deadline] }),
  );

  it.each([
    ['Ouvert du 1er mars 2027 au 15 mai 2027', '2027-03-01', '2027-05-15'],
    ['Ouverture : du 1er mars au 15 mai 2027', '2027-03-01', '2027-05-15'],
    ['Ouverture\n1er mars 2027 - 15 mai 2027', '2027-03-01', '2027-05-15'],
    ['Appel ouvert entre le 1er et le 15 mai 2027', '2027-05-01', '2027-05-15'],
    ['Call open: 1 February – 30 April 2027', '2027-02-01', '2027-04-30'],
    ['Call opens March 1 - May 15, 2027', '2027-03-01', '2027-05-15'],
    ['Call open from 15 November to 31 January 2027', '2026-11-15', '2027-01-31'],
    ['Période de dépôt : du 1er mars 2027 au 15 mai 2027', '2027-03-01', '2027-05-15'],
    ['Soumission des projets du 1er mars 2027 au 15 mai 2027', '2027-03-01', '2027-05-15'],
    ['Ouverture | Clôture\n1er mars 2027 | 15 mai 2027', '2027-03-01', '2027-05-15'],
    ['Submission period: 1 March 2027 to 15 May 2027', '2027-03-01', '2027-05-15'],
  ])('%s has both ends', (text, opens, closes) => {
    const { opensAt, deadlines } = dates(text);
    expect([opensAt?.slice(0, 10), ...deadlines]).toEqual([opens, closes]);
  });

  it('have the time before a dash', () =>
    expect(dates('Clôture : 13h00 - 15 mai 2027\nDeadline: 13:00 – 15 May 2027').deadlines).toEqual([
      '2027-05-15T13:00:00+02:00',
    ]));

  it('are all deadlines that one label has', () =>
    expect(dates('Dates limites : 1er mars et 15 mai 2027')).toMatchObject({
      opensAt: null,
      deadlines: ['2027-03-01', '2027-05-15'],
    }));

  it.each([
    ['the deadline that was', 'Deadline extended from 15 May 2027 to 30 May 2027', ['2027-05-30']],
    ['the start of the projects', 'Start date: 1 January 2028\nDeadline: 15 May 2027', ['2027-05-15']],
  ])('makes no opening of %s', (_, text, deadlines) =>
    expect(dates(text)).toMatchObject({ opensAt: null, deadlines }),
  );

  it.each([
    'Deadline: 15 June 2027 (extended from 1 June 2027)',
    'Deadline: 15 June 2027, extended from Tuesday 1 June 2027',
    'Date limite : 15 juin 2027 (reportée du 1er juin 2027)',
    'Initial deadline: 1 June 2027\nDeadline: 15 June 2027',
    'Date limite initiale : 1er juin 2027\nDate limite : 15 juin 2027',
  ])('close on the new day, and not on the one that was: %j', (text) =>
    expect(dates(text)).toMatchObject({ model: null, deadlines: ['2027-06-15'] }),
  );

  it('are none where stages are named without a deadline', () =>
    expect(dates('Results: first stage 15 June 2027, second stage 1 December 2027').deadlines).toEqual([]));

  it('opens when it says so', () => {
    expect(dates('Ouverture : 1er mars 2027\nClôture : 15 juin 2027').opensAt).toBe(
      '2027-03-01T00:00:00+01:00',
    );
    expect(dates('Opening : 2027-07-05 at 16:16 CEST').opensAt).toBe('2027-07-05T16:16:00+02:00');
    expect(dates('Deadline: from 1 March 2027 to 15 June 2027')).toMatchObject({
      opensAt: '2027-03-01T00:00:00+01:00',
      deadlines: ['2027-06-15'],
    });
  });
});

describe('stages and cut-offs', () => {
  it.each([
    [
      'named both',
      'Pré-propositions : 15 septembre 2027 à 13h\nPropositions détaillées : 1er mars 2028',
      ['2027-09-15T13:00:00+02:00', '2028-03-01'],
    ],
    [
      'told in the order of the second first',
      'Full proposal deadline: 1 March 2028\nPre-proposal deadline: 15 September 2027',
      ['2027-09-15', '2028-03-01'],
    ],
    [
      'of which the second has no name',
      'Pre-proposal deadline : 2027-10-27 at 13:00 CEST\nApplication Deadline : 2028-04-04',
      ['2027-10-27T13:00:00+02:00', '2028-04-04'],
    ],
    [
      'by their numbers alone',
      'Deadline stage 1: 15 September 2027\nDeadline stage 2: 1 March 2028',
      ['2027-09-15', '2028-03-01'],
    ],
    [
      'by their numbers before a dash',
      'Deadline stage 1 - 15 September 2027\nDeadline stage 2 – 1 March 2028',
      ['2027-09-15', '2028-03-01'],
    ],
    [
      'each from a day to another',
      'Phase 1 : du 1 juin 2027 au 15 septembre 2027\nPhase 2 : du 1 janvier 2028 au 1 mars 2028',
      ['2027-09-15', '2028-03-01'],
    ],
    [
      'by their numbers',
      'Étape 1, clôture : 15 septembre 2027\nÉtape 2, clôture : 1 mars 2028',
      ['2027-09-15', '2028-03-01'],
    ],
    [
      'of which the second is not told',
      'Pré-propositions : 15 septembre 2027\nPropositions détaillées : fin mars 2028',
      ['2027-09-15'],
    ],
    [
      'with an outline',
      '14 October 2027: Projects outline deadline\n13 January 2028, 17:00 CET: Full project proposal deadline',
      ['2027-10-14', '2028-01-13T17:00:00+01:00'],
    ],
    [
      'told behind their dates',
      'Deadline: 15 June 2027 (first stage), 1 December 2027 (second stage)',
      ['2027-06-15', '2027-12-01'],
    ],
    [
      'told behind their dates with times',
      'Deadlines: 15 June 2027 17:00 (Brussels time) (stage 1); 1 December 2027 17:00 (stage 2)',
      ['2027-06-15T17:00:00+02:00', '2027-12-01T17:00:00+01:00'],
    ],
    [
      'told behind their dates in French',
      'Dates limites : 15 juin 2027 à 13h (pré-propositions) et 1er décembre 2027 (propositions complètes)',
      ['2027-06-15T13:00:00+02:00', '2027-12-01'],
    ],
    [
      'told behind their dates in words',
      'Deadline: 15 June 2027 for the first stage and 1 December 2027 for the second stage.',
      ['2027-06-15', '2027-12-01'],
    ],
    [
      'told before their dates without a mark',
      'Deadline: first stage 15 June 2027, second stage 1 December 2027',
      ['2027-06-15', '2027-12-01'],
    ],
    [
      'told before their dates without a mark, in French',
      'Dates limites : 1re étape le 15 juin 2027 à 13h et 2e étape le 1er décembre 2027',
      ['2027-06-15T13:00:00+02:00', '2027-12-01'],
    ],
    [
      'of which the first was extended, as its line says',
      'Pre-proposal deadline: 1 June 2027 (extended to 15 June 2027)\nFull proposal deadline: 1 December 2027',
      ['2027-06-15', '2027-12-01'],
    ],
    [
      'of which a note names the other',
      'Pre-proposal deadline: 15 June 2027\nDeadline: 1 December 2027 (for those who passed stage 1)',
      ['2027-06-15', '2027-12-01'],
    ],
    [
      'told behind their dates, under a label',
      'Deadline\n15 June 2027 (first stage), 1 December 2027 (second stage)',
      ['2027-06-15', '2027-12-01'],
    ],
    [
      'after a plain deadline that came before',
      'Clôture : 1 mars 2027\nPré-propositions : 15 septembre 2027',
      ['2027-09-15'],
    ],
    [
      'whose plain deadline is the first',
      'Clôture : 15 septembre 2027 à 13h\nPré-propositions : 15 septembre 2027',
      ['2027-09-15T13:00:00+02:00'],
    ],
  ])('two stages, %s', (_, text, deadlines) =>
    expect(dates(text)).toMatchObject({ model: 'two-stage', deadlines }),
  );

  it('no two stages where only the full proposal is left', () => {
    expect(dates('Full proposal deadline: 1 March 2028')).toMatchObject({
      model: null,
      deadlines: ['2028-03-01'],
    });
  });

  it('both deadlines of two tracks, and no date that is none', () => {
    expect(dates('Deadline: 15 June 2027 (track A), 1 December 2027 (track B)')).toMatchObject({
      model: null,
      deadlines: ['2027-06-15', '2027-12-01'],
    });
    expect(dates('Deadline: 15 June 2027 (proposals), 1 December 2027 (results)').deadlines).toEqual([
      '2027-06-15',
    ]);
  });

  it('cut-offs, in their order', () => {
    const cutOffs = {
      model: 'multiple-cut-off',
      deadlines: ['2027-05-06T13:00:00+02:00', '2027-10-15T13:00:00+02:00'],
    };
    expect(dates('Session 2 : 15 octobre 2027 à 13h\nSession 1 : 6 mai 2027 à 13h')).toMatchObject(cutOffs);
    expect(
      dates('Première relève : 6 mai 2027 à 13h\nDeuxième relève : 15 octobre 2027 à 13h'),
    ).toMatchObject(cutOffs);
    expect(
      dates('1st cut-off: 6 May 2027, 13:00\n2nd cut-off: 15 October 2027, 13:00\nClosing: 15 October 2027'),
    ).toMatchObject(cutOffs);
  });
});

it('takes a span without words only where it has both ends', () => {
  expect(spanOf('02/04/2026\n - 04/06/2026')).toMatchObject({
    opens: [{ day: '2026-04-02' }],
    closes: [{ day: '2026-06-04' }],
  });
  for (const text of ['04/06/2026', 'Avril 2026 - 04/06/2026', '', 'Avril 2026 - Juin 2026'])
    expect(spanOf(text)).toEqual({ opens: [], closes: [] });
});
