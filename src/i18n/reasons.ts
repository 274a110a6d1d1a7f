import { messages } from './message.js';

/** Why a call fits, or does not. */
export const reasonsTexts = messages({
  // How the institutes of a joint bid cover a call, and which partners they lack.
  'bid-says.no-statement': {
    en: 'The text of the call does not say point by point what it expects.',
    fr: 'Le texte de l’appel ne dit pas point par point ce qu’il attend.',
  },
  'bid-says.no-team': {
    en: 'By the words of the profiles, no institute answers {what}.',
    fr: 'D’après les mots des profils, aucun institut ne répond {what}.',
  },
  'bid-says.team': {
    en: '{names} {n, plural, one {alone answers} other {together answer}} {what} {level, select, well {well} other {in part}}.',
    fr: '{n, plural, one {À lui seul, {names} répond} other {Ensemble, {names} répondent}} {level, select, well {bien} other {en partie}} {what}.',
  },
  'bid-says.share.one': {
    en: '{named, select, outcomes {the only expected outcome} other {the only point that the call asks for}}',
    fr: '{named, select, outcomes {au seul résultat attendu} other {au seul point demandé}}',
  },
  'bid-says.share.some': {
    en: '{answered} of the {all} {named, select, outcomes {expected outcomes} other {points that the call asks for}}',
    fr: 'à {answered} des {all} {named, select, outcomes {résultats attendus} other {points demandés}}',
  },
  'bid-says.share.all': {
    en: '{all, plural, =2 {both} other {all {all}}} {named, select, outcomes {expected outcomes} other {points that the call asks for}}',
    fr: '{all, plural, =2 {aux deux} other {aux {all}}} {named, select, outcomes {résultats attendus} other {points demandés}}',
  },
  'bid-says.share.any': {
    en: 'any of the {all} {named, select, outcomes {expected outcomes} other {points that the call asks for}}',
    fr: 'à l’un des {all} {named, select, outcomes {résultats attendus} other {points demandés}}',
  },
  'bid-says.fit': {
    en: 'Through its competence “{name}”{terms, select, none {} other {: {terms}}}.',
    fr: 'Par sa compétence «\u00a0{name}\u00a0»{terms, select, none {} other {\u00a0: {terms}}}.',
  },
  'bid-says.left-out': {
    en: '{name} ranks first for the call as a whole; by the words of its profile it answers no point well that the team does not.',
    fr: '{name} est premier pour l’appel dans son ensemble\u00a0; d’après les mots de son profil, il ne répond bien à aucun point de plus que l’équipe.',
  },
  'bid-says.partner': {
    en: 'Partner to find for “{what}”.{near, select, none {} other { Nearest: {near} ({terms}).}}',
    fr: 'Partenaire à trouver pour «\u00a0{what}\u00a0».{near, select, none {} other { Le plus proche\u00a0: {near} ({terms}).}}',
  },
  // The effect of a verdict on the ranking.
  'reason.learned.aside.not': {
    en: 'Although you marked “{title}” “not for us: other subject”, that does not count for the ranking of other calls.',
    fr: 'Bien que vous ayez classé «\u00a0{title}\u00a0» «\u00a0non retenu\u00a0: autre sujet\u00a0», cela ne compte pas dans le classement des autres appels.',
  },
  'reason.learned.aside.relevant': {
    en: 'Although you found “{title}” relevant, that does not count for the ranking of other calls.',
    fr: 'Bien que vous ayez jugé «\u00a0{title}\u00a0» pertinent, cela ne compte pas dans le classement des autres appels.',
  },
  'reason.learned.none.not': {
    en: 'Because you marked “{title}” “not for us: other subject”, calls like it lose points; today there is none.',
    fr: 'Parce que vous avez classé «\u00a0{title}\u00a0» «\u00a0non retenu\u00a0: autre sujet\u00a0», les appels semblables perdent des points\u00a0; aujourd’hui, il n’y en a aucun.',
  },
  'reason.learned.none.relevant': {
    en: 'Because you found “{title}” relevant, calls like it gain points; today there is none.',
    fr: 'Parce que vous avez jugé «\u00a0{title}\u00a0» pertinent, les appels semblables gagnent des points\u00a0; aujourd’hui, il n’y en a aucun.',
  },
  'reason.learned.some.not': {
    en: 'Because you marked “{title}” “not for us: other subject”, calls like it lose up to {points, plural, one {{points} point} other {{points} points}}; today that concerns {calls, plural, one {{calls} call} other {{calls} calls}}.',
    fr: 'Parce que vous avez classé «\u00a0{title}\u00a0» «\u00a0non retenu\u00a0: autre sujet\u00a0», les appels semblables perdent jusqu’à {points, plural, one {{points}\u00a0point} other {{points}\u00a0points}}\u00a0; cela concerne aujourd’hui {calls, plural, one {{calls}\u00a0appel} other {{calls}\u00a0appels}}.',
  },
  'reason.learned.some.relevant': {
    en: 'Because you found “{title}” relevant, calls like it gain up to {points, plural, one {{points} point} other {{points} points}}; today that concerns {calls, plural, one {{calls} call} other {{calls} calls}}.',
    fr: 'Parce que vous avez jugé «\u00a0{title}\u00a0» pertinent, les appels semblables gagnent jusqu’à {points, plural, one {{points}\u00a0point} other {{points}\u00a0points}}\u00a0; cela concerne aujourd’hui {calls, plural, one {{calls}\u00a0appel} other {{calls}\u00a0appels}}.',
  },
  // Texts shared by all reasons. Each signal's own text is in its folder.
  'reason.points': {
    en: '{minus}{n, plural, one {{n} point} other {{n} points}}',
    fr: '{minus}{n, plural, one {{n}\u00a0point} other {{n}\u00a0points}}',
  },
  'reason.points.less': {
    en: 'less than 1 point',
    fr: 'moins d’un point',
  },
  'reason.points.none': {
    en: '0 points',
    fr: '0\u00a0point',
  },
  'reason.told': {
    en: '{says}: {points}.',
    fr: '{says}\u00a0: {points}.',
  },
  'reason.rest': {
    en: '{n, plural, =1 {And one smaller reason} other {And {n} smaller reasons}}: {points}.',
    fr: '{n, plural, =1 {Et une autre raison, moindre} other {Et {n}\u00a0autres raisons, moindres}}\u00a0: {points}.',
  },
  'reason.over.passed': {
    en: 'Its {deadlines, plural, one {} other {last }}deadline has passed ({day}).',
    fr: 'Sa {deadlines, plural, one {} other {dernière }}date limite est passée ({day}).',
  },
  'reason.over.closed': { en: 'Its source says that it is closed.', fr: 'Sa source le dit clos.' },
  'reason.fits': {
    en: 'Fits {whose, select, yours {your} other {its}} competence “{competence}”: it mentions {n, plural, other {{terms}}}{also}.',
    fr: 'Correspond à {whose, select, yours {votre} other {sa}} compétence «\u00a0{competence}\u00a0» {n, plural, =1 {par le terme {terms}} other {par les termes {terms}}}{also}.',
  },
  'reason.fits.term': {
    en: '{term}',
    fr: '«\u00a0{term}\u00a0»',
  },
  'reason.fits.other': {
    en: '“{competence}”',
    fr: '«\u00a0{competence}\u00a0»',
  },
  'reason.fits.also': {
    en: '; it also fits {others}',
    fr: '\u00a0; il correspond aussi à {others}',
  },
  'reason.none': {
    en: 'No word of your profile was found in it.',
    fr: 'Aucun mot de votre profil n’y a été trouvé.',
  },
  'reason.section.title': {
    en: 'the title',
    fr: 'le titre',
  },
  'reason.section.keywords': {
    en: 'the keywords',
    fr: 'les mots-clés',
  },
  'reason.section.callTitle': {
    en: 'the title of its call',
    fr: 'l’intitulé de l’appel',
  },
  'reason.section.destination': {
    en: 'the destination',
    fr: 'la destination',
  },
  'reason.section.parentTopic': {
    en: 'the title of the topic that funded its project',
    fr: 'l’intitulé du sujet au titre duquel son projet est financé',
  },
  'reason.section.project': {
    en: 'the name of the project that runs it',
    fr: 'le nom du projet organisateur',
  },
  'reason.section.summary': {
    en: 'the summary',
    fr: 'le résumé',
  },
  'reason.section.expected-outcome': {
    en: 'the expected outcomes',
    fr: 'les résultats attendus',
  },
  'reason.section.scope': {
    en: 'the scope',
    fr: 'le périmètre',
  },
  'reason.section.objective': {
    en: 'the objective',
    fr: 'l’objectif',
  },
  'reason.section.expected-impact': {
    en: 'the expected impact',
    fr: 'les impacts attendus',
  },
  'reason.section.specific-challenge': {
    en: 'the challenge',
    fr: 'le défi à relever',
  },
  'reason.section.conditions': {
    en: 'the conditions',
    fr: 'les conditions',
  },
  'reason.section.other': {
    en: 'the further text',
    fr: 'le reste du texte',
  },
  'reason.read.wanted': {
    en: 'Read by {model} on {day}',
    fr: 'Lu par {model} le {day}',
  },
  'reason.read.partly': {
    en: 'Read by {model} on {day} and found to concern the institute in part',
    fr: 'Lu par {model} le {day}, qui y voit un intérêt partiel pour l’institut',
  },
  'reason.read.not': {
    en: 'Read by {model} on {day} and found not to be for the institute',
    fr: 'Lu par {model} le {day}, qui l’estime hors sujet pour l’institut',
  },
  'reason.read.says': {
    en: '{found}: {said}',
    fr: '{found}\u00a0: {said}',
  },
  'reason.read.foreign': {
    en: '{said} (in French)',
    fr: '{said} (en anglais)',
  },
  'reason.read.quote': {
    en: '{said} (“{quote}”)',
    fr: '{said} («\u00a0{quote}\u00a0»)',
  },
  // What does not meet a profile's preferences, to follow "fits, but".
  'unmet.remark': { en: 'fits, but {unmet}', fr: 'convient, mais {unmet}' },
  'unmet.type-of-action': {
    en: 'type of action {types}; you prefer {wanted}',
    fr: 'type d’action {types}\u00a0; vous préférez {wanted}',
  },
  'unmet.trl': {
    en: 'TRL {stated} {side, select, above {is above} other {is below}} your range ({min} to {max})',
    fr: 'le TRL {stated} {side, select, above {est au-dessus de} other {est en dessous de}} votre plage ({min} à {max})',
  },
  'unmet.programme': { en: '{stated}; you prefer {wanted}', fr: '{stated}\u00a0; vous préférez {wanted}' },
  'unmet.lead-time': {
    en: '{days, plural, one {{days} day} other {{days} days}} left{last, select, yes { to the last cut-off} other {}}; you want {wanted} or more',
    fr: '{days, plural, one {{days} jour restant} other {{days} jours restants}}{last, select, yes { jusqu’à la dernière date intermédiaire} other {}}\u00a0; il vous en faut au moins {wanted}',
  },
  'unmet.budget': {
    en: '{stated} per project {side, select, above {is above} other {is below}} your {wanted}',
    fr: '{stated} par projet {side, select, above {est au-dessus de} other {est en dessous de}} vos {wanted}',
  },
  'unmet.country.established': {
    en: 'its applicants must be established elsewhere ({stated}); your countries are {wanted}',
    fr: 'les candidats doivent être établis ailleurs ({stated})\u00a0; vos pays\u00a0: {wanted}',
  },
  'unmet.country.action': {
    en: 'it takes place elsewhere ({stated}); your countries are {wanted}',
    fr: 'l’action se déroule ailleurs ({stated})\u00a0; vos pays\u00a0: {wanted}',
  },
  'unmet.role': { en: '{rule}; you prefer {wanted}', fr: '{rule}\u00a0; vous préférez {wanted}' },
  'unmet.role.coordinator': { en: 'to coordinate', fr: 'coordonner' },
  'unmet.role.partner': { en: 'to be a partner', fr: 'être partenaire' },
  'unmet.role.alone': { en: 'to apply alone', fr: 'candidater seul' },
  'unmet.rule.single-applicant': {
    en: 'only a single applicant can apply',
    fr: 'un seul candidat peut répondre',
  },
  'unmet.rule.consortium': { en: 'a consortium must apply', fr: 'la réponse doit venir d’un consortium' },
  'unmet.rule.coordinator-elsewhere': {
    en: 'its coordinator must be from a country other than France',
    fr: 'le coordinateur doit venir d’un autre pays que la France',
  },
  'unmet.rule.running-coordinator': {
    en: 'only the coordinator of a running project can apply',
    fr: 'seul le coordinateur d’un projet en cours peut répondre',
  },
  'unmet.rule.hospitals-only': {
    en: 'only hospitals can apply',
    fr: 'seuls les établissements de santé peuvent répondre',
  },
  'unmet.rule.patients-only': {
    en: 'only patient organisations can apply',
    fr: 'seules les associations de patients peuvent répondre',
  },
  'unmet.rule.smes-only': { en: 'only SMEs can apply', fr: 'seules les PME peuvent répondre' },
});
