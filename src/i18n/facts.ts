import { messages } from './message.js';

/**
 * European Union programmes by the names of their regulations; each key is the English name. Any other
 * programme is the same in every language, or has no name.
 */
export const programmes = messages({
  'programme.asylum-migration-and-integration-fund': {
    en: 'Asylum, Migration and Integration Fund',
    fr: 'Fonds Asile, migration et intégration',
  },
  'programme.border-management-and-visa-instrument': {
    en: 'Border Management and Visa Instrument',
    fr: 'Instrument relatif à la gestion des frontières et aux visas',
  },
  'programme.citizens-equality-rights-and-values': {
    en: 'Citizens, Equality, Rights and Values',
    fr: 'Citoyens, égalité, droits et valeurs',
  },
  'programme.connecting-europe-facility': {
    en: 'Connecting Europe Facility',
    fr: 'Mécanisme pour l’interconnexion en Europe',
  },
  'programme.creative-europe': { en: 'Creative Europe', fr: 'Europe créative' },
  'programme.digital-europe': { en: 'Digital Europe', fr: 'Europe numérique' },
  'programme.eu-bodies-and-agencies': { en: 'EU Bodies and Agencies', fr: 'Organes et agences de l’UE' },
  'programme.eu-external-action': { en: 'EU External Action', fr: 'Action extérieure de l’UE' },
  'programme.euratom-research-and-training': {
    en: 'Euratom Research and Training',
    fr: 'Recherche et formation Euratom',
  },
  'programme.european-defence-fund': { en: 'European Defence Fund', fr: 'Fonds européen de la défense' },
  'programme.european-maritime-fisheries-and-aquaculture-fund': {
    en: 'European Maritime, Fisheries and Aquaculture Fund',
    fr: 'Fonds européen pour les affaires maritimes, la pêche et l’aquaculture',
  },
  'programme.european-parliament': { en: 'European Parliament', fr: 'Parlement européen' },
  'programme.european-regional-development-fund-technical-assistance': {
    en: 'European Regional Development Fund, technical assistance',
    fr: 'Fonds européen de développement régional, assistance technique',
  },
  'programme.european-social-fund-plus': {
    en: 'European Social Fund Plus',
    fr: 'Fonds social européen plus',
  },
  'programme.european-solidarity-corps': {
    en: 'European Solidarity Corps',
    fr: 'Corps européen de solidarité',
  },
  'programme.innovation-fund': { en: 'Innovation Fund', fr: 'Fonds pour l’innovation' },
  'programme.internal-security-fund': {
    en: 'Internal Security Fund',
    fr: 'Fonds pour la sécurité intérieure',
  },
  'programme.interregional-innovation-investments': {
    en: 'Interregional Innovation Investments',
    fr: 'Investissements interrégionaux en matière d’innovation',
  },
  'programme.just-transition-mechanism': {
    en: 'Just Transition Mechanism',
    fr: 'Mécanisme pour une transition juste',
  },
  'programme.justice-programme': { en: 'Justice Programme', fr: 'Programme Justice' },
  'programme.pilot-projects-and-preparatory-actions': {
    en: 'Pilot Projects and Preparatory Actions',
    fr: 'Projets pilotes et actions préparatoires',
  },
  'programme.promotion-of-agricultural-products': {
    en: 'Promotion of Agricultural Products',
    fr: 'Promotion des produits agricoles',
  },
  'programme.renewable-energy-financing-mechanism': {
    en: 'Renewable Energy Financing Mechanism',
    fr: 'Mécanisme de financement des énergies renouvelables',
  },
  'programme.research-fund-for-coal-and-steel': {
    en: 'Research Fund for Coal and Steel',
    fr: 'Fonds de recherche du charbon et de l’acier',
  },
  'programme.single-market-programme': {
    en: 'Single Market Programme',
    fr: 'Programme en faveur du marché unique',
  },
  'programme.social-prerogative-and-specific-competencies-lines': {
    en: 'Social Prerogative and Specific Competencies Lines',
    fr: 'Prérogatives sociales et lignes de compétences spécifiques',
  },
  'programme.technical-support-instrument': {
    en: 'Technical Support Instrument',
    fr: 'Instrument d’appui technique',
  },
  'programme.union-anti-fraud-programme': {
    en: 'Union Anti-fraud Programme',
    fr: 'Programme de l’Union pour la lutte antifraude',
  },
  'programme.union-civil-protection-mechanism': {
    en: 'Union Civil Protection Mechanism',
    fr: 'Mécanisme de protection civile de l’Union',
  },
});

/** Facts of calls: dates, money, types of action, programmes, changes, verdicts, the age of what is known. */
export const factsTexts = messages({
  // Types of action as the Commission names them. Calls already have the English names.
  'action-type.of-programme': { en: '{programme} {type}', fr: '{type} {programme}' },
  'action-type.research-and-innovation': {
    en: 'Research and Innovation Actions',
    fr: 'actions de recherche et d’innovation',
  },
  'action-type.coordination-and-support': {
    en: 'Coordination and Support Actions',
    fr: 'actions de coordination et de soutien',
  },
  'action-type.training-and-mobility': {
    en: 'Training and Mobility Actions',
    fr: 'actions de formation et de mobilité',
  },
  'action-type.programme-cofund': {
    en: 'Programme Cofund Actions',
    fr: 'actions de cofinancement de programmes',
  },
  'action-type.cofund': { en: 'Cofund Actions', fr: 'actions de cofinancement' },
  'action-type.sme-support': { en: 'SME Support Actions', fr: 'actions de soutien aux PME' },
  'action-type.innovation': { en: 'Innovation Actions', fr: 'actions d’innovation' },
  'action-type.development': { en: 'Development Actions', fr: 'actions de développement' },
  'action-type.research': { en: 'Research Actions', fr: 'actions de recherche' },
  'action-type.pre-commercial': {
    en: 'Pre-commercial Procurement',
    fr: 'achats publics avant commercialisation',
  },
  'action-type.public-procurement': {
    en: 'Public Procurement of Innovative Solutions',
    fr: 'achats publics de solutions innovantes',
  },
  'action-type.erc-proof-of-concept': {
    en: 'ERC Proof of Concept Grants',
    fr: 'subventions ERC «\u00a0preuve de concept\u00a0»',
  },
  'action-type.cofund-doctoral': {
    en: 'MSCA Cofund Doctoral programmes',
    fr: 'programmes doctoraux MSCA Cofund',
  },
  'action-type.cofund-postdoctoral': {
    en: 'MSCA Cofund Postdoctoral programmes',
    fr: 'programmes postdoctoraux MSCA Cofund',
  },
  'action-type.msca-doctoral': { en: 'MSCA Doctoral Networks', fr: 'réseaux doctoraux MSCA' },
  'action-type.msca-doctoral-joint': {
    en: 'MSCA Doctoral Networks (Joint Doctorates)',
    fr: 'réseaux doctoraux MSCA (doctorats conjoints)',
  },
  'action-type.msca-doctoral-industrial': {
    en: 'MSCA Doctoral Networks (Industrial Doctorates)',
    fr: 'réseaux doctoraux MSCA (doctorats industriels)',
  },
  'action-type.msca-postdoctoral': { en: 'MSCA Postdoctoral Fellowships', fr: 'bourses postdoctorales MSCA' },
  'action-type.msca-postdoctoral-european': {
    en: 'MSCA Postdoctoral Fellowships (European)',
    fr: 'bourses postdoctorales MSCA (européennes)',
  },
  'action-type.msca-postdoctoral-global': {
    en: 'MSCA Postdoctoral Fellowships (Global)',
    fr: 'bourses postdoctorales MSCA (mondiales)',
  },
  'action-type.msca-staff': { en: 'MSCA Staff Exchanges', fr: 'échanges de personnel MSCA' },
  'action-type.council': { en: '{council} Grants', fr: 'subventions {council}' },
  'action-type.lump-sum': { en: 'Lump Sum Grants', fr: 'subventions forfaitaires' },
  'action-type.unit': { en: 'Unit Grants', fr: 'subventions à coûts unitaires' },
  'action-type.project': { en: 'Project Grants', fr: 'subventions de projet' },
  'action-type.simple': { en: 'Simple Grants', fr: 'subventions simples' },
  'action-type.new': { en: 'New Grants', fr: 'nouvelles subventions' },
  'action-type.financial-support': {
    en: 'Grants for Financial Support',
    fr: 'subventions de soutien financier à des tiers',
  },
  'action-type.operating': { en: 'Operating Grants', fr: 'subventions de fonctionnement' },
  'action-type.recognition-prize': { en: 'Recognition Prizes', fr: 'prix de reconnaissance' },
  'action-type.inducement-prize': { en: 'Inducement Prizes', fr: 'prix d’incitation' },
  'action-type.framework-agreement': {
    en: 'Framework Partnership Agreements',
    fr: 'conventions-cadres de partenariat',
  },
  'action-type.framework': { en: 'Framework Partnerships', fr: 'partenariats-cadres' },
  // Fields that only some kinds of calls have: as facts, as changes, as sheet columns and on the call's
  // page.
  'fact.under-topic': { en: 'Under topic', fr: 'Au titre du sujet' },
  'fact.project': { en: 'Organised by project', fr: 'Projet organisateur' },
  'fact.funder': { en: 'Funder', fr: 'Financeur' },
  'fact.duration': { en: 'Duration', fr: 'Durée' },
  'fact.zones': { en: 'Zones', fr: 'Zones géographiques' },
  'fact.contract-type': { en: 'Type of contract', fr: 'Type de contrat' },
  'change.field.parentTopic': {
    en: 'the topic that funded its project',
    fr: 'sujet au titre duquel son projet est financé',
  },
  'change.field.project': { en: 'the project that organises it', fr: 'projet organisateur' },
  'change.field.funder': { en: 'funder', fr: 'financeur' },
  'change.field.duration': { en: 'duration of a project', fr: 'durée d’un projet' },
  'change.field.zones': { en: 'zones', fr: 'zones géographiques' },
  'change.field.contractType': { en: 'type of contract', fr: 'type de contrat' },
  'change.field.lumpSum': { en: 'lump sum or not', fr: 'somme forfaitaire ou non' },
  'change.field.mission': { en: 'mission', fr: 'mission' },
  'change.field.crossCutting': { en: 'cross-cutting priorities', fr: 'priorités transversales' },
  'change.field.documents': { en: 'links and documents', fr: 'liens et documents' },
  'change.field.draft': { en: 'version of the draft', fr: 'version du projet' },
  'draft.says': {
    en: 'draft of {day}, version {version}; not yet adopted',
    fr: 'projet du {day}, version {version}\u00a0; pas encore adopté',
  },
  'draft.document': { en: 'Draft in the register', fr: 'Projet de programme dans le registre' },
  'draft-news.would': {
    en: 'A draft of {day}, version {version}, not yet adopted, would {changes}.',
    fr: 'Un projet de programme du {day}, version {version}, pas encore adopté, {changes}.',
  },
  'draft-news.changed': {
    en: 'In the draft of {day}, version {version}: {changes}.',
    fr: 'Dans le projet de programme du {day}, version {version}\u00a0: {changes}.',
  },
  'draft-news.dropped': {
    en: 'It is no longer in the draft of {day}, version {version}.',
    fr: 'Il ne figure plus dans le projet de programme du {day}, version {version}.',
  },
  'draft-news.merged': {
    en: 'It is now part of {identifier}, “{title}”.',
    fr: 'Il est désormais intégré au sujet {identifier}, «\u00a0{title}\u00a0».',
  },
  'draft-news.published': { en: 'This topic is now published.', fr: 'Ce sujet est désormais publié.' },
  'draft-would.deadlineDate': { en: 'move the deadline to {to}', fr: 'porterait l’échéance au {to}' },
  'draft-would.budgetEur': { en: 'set the total budget at {to}', fr: 'fixerait le budget total à {to}' },
  'draft-would.typeOfAction': {
    en: 'change the type of action to {to}',
    fr: 'passerait au type d’action {to}',
  },
  'draft-would.title': { en: 'rename it “{to}”', fr: 'l’intitulerait «\u00a0{to}\u00a0»' },
  'draft-would.text': { en: 'change its text', fr: 'modifierait son texte' },
  'draft-step.renumbered': { en: 'renumbered, before: {from}', fr: 'renuméroté, auparavant {from}' },
  'draft-step.deadlineDate': {
    en: 'deadline moved from {from} to {to}',
    fr: 'échéance passée du {from} au {to}',
  },
  'draft-step.budgetEur': {
    en: 'total budget changed from {from} to {to}',
    fr: 'budget total passé de {from} à {to}',
  },
  'draft-step.typeOfAction': {
    en: 'type of action changed from {from} to {to}',
    fr: 'type d’action passé de {from} à {to}',
  },
  'draft-step.title': {
    en: 'renamed from “{from}” to “{to}”',
    fr: 'intitulé «\u00a0{from}\u00a0» devenu «\u00a0{to}\u00a0»',
  },
  'draft-step.text': { en: 'text changed', fr: 'texte modifié' },
  'draft-summary.changed': {
    en: 'Since the first draft of {day}: {changes}.',
    fr: 'Depuis le premier projet de programme, du {day}\u00a0: {changes}.',
  },
  'draft-summary.same': {
    en: 'Nothing but its text has changed since the first draft of {day}.',
    fr: 'Rien d’autre que son texte n’a changé depuis le premier projet de programme, du {day}.',
  },
  'draft-summary.deadline': {
    en: '{n, plural, =1 {deadline moved once} =2 {deadline moved twice} other {deadline moved # times}}',
    fr: '{n, plural, =1 {échéance déplacée une fois} =2 {échéance déplacée deux fois} other {échéance déplacée # fois}}',
  },
  'draft-summary.budget': {
    en: 'budget {way, select, cut {cut} other {raised}} by {share, select, half {half} third {a third} quarter {a quarter} fifth {a fifth} tenth {a tenth} other {{percent}%}}',
    fr: 'budget {way, select, cut {réduit} other {augmenté}} {share, select, half {de moitié} third {d’un tiers} quarter {d’un quart} fifth {d’un cinquième} tenth {d’un dixième} other {de {percent}\u00a0%}}',
  },
  'draft-summary.retyped': { en: 'another type of action', fr: 'autre type d’action' },
  'draft-summary.renamed': { en: 'another title', fr: 'autre intitulé' },
  'draft-summary.renumbered': { en: 'another identifier', fr: 'autre identifiant' },
  'draft-history.heading': { en: 'History of the draft', fr: 'Historique du projet de programme' },
  'draft-history.draft': {
    en: 'Draft of {day}, version {version}',
    fr: 'Projet de programme du {day}, version {version}',
  },
  'draft-history.published': { en: 'Published, seen on {day}', fr: 'Publié, vu le {day}' },
  'draft-history.first': { en: 'first draft', fr: 'premier projet' },
  'draft-history.same': { en: 'no change', fr: 'sans changement' },
  'draft-note.merged': { en: 'This topic went into another', fr: 'Ce sujet a été intégré à un autre' },
  'draft-note.heading': {
    en: 'A draft would change this call',
    fr: 'Un projet de programme modifierait cet appel',
  },
  'change.field.partnerSearch': { en: 'partner search', fr: 'recherche de partenaires' },
  'sheet-column.draft': { en: 'Draft', fr: 'Projet de programme' },
  'sheet-column.project': { en: 'Run by project', fr: 'Projet organisateur' },
  'sheet-column.duration': { en: 'Duration of a project', fr: 'Durée d’un projet' },
  'sheet-column.partner-search': { en: 'Partner search open', fr: 'Recherche de partenaires ouverte' },
  'call.mission': { en: 'Mission', fr: 'Mission' },
  'call.cross-cutting': { en: 'Cross-cutting priorities', fr: 'Priorités transversales' },
  // The portal's codes for cross-cutting priorities.
  'cross-cutting.AI': { en: 'Artificial intelligence', fr: 'Intelligence artificielle' },
  'cross-cutting.DigitalAgenda': { en: 'Digital agenda', fr: 'Numérique' },
  'cross-cutting.PART-COPROGR': { en: 'Co-programmed partnership', fr: 'Partenariat coprogrammé' },
  'cross-cutting.PART-COFUND': { en: 'Co-funded partnership', fr: 'Partenariat cofinancé' },
  'cross-cutting.SocietalEngagement': { en: 'Societal engagement', fr: 'Participation de la société' },
  'cross-cutting.MultiActorApproach': { en: 'Multi-actor approach', fr: 'Approche multi-acteurs' },
  'cross-cutting.SSH': {
    en: 'Social sciences and humanities (SSH)',
    fr: 'Sciences humaines et sociales (SHS)',
  },
  'cross-cutting.INCO': { en: 'International cooperation', fr: 'Coopération internationale' },
  'cross-cutting.OCEAN': { en: 'Ocean', fr: 'Océan' },
  'cross-cutting.RePowerEU': { en: 'REPowerEU', fr: 'REPowerEU' },
  'cross-cutting.NEB': { en: 'New European Bauhaus', fr: 'Nouveau Bauhaus européen' },
  'cross-cutting.SocInnov': { en: 'Social innovation', fr: 'Innovation sociale' },
  'cross-cutting.LAC': {
    en: 'Latin America and the Caribbean',
    fr: 'Amérique latine et Caraïbes',
  },
  'cross-cutting.Africa': { en: 'Africa', fr: 'Afrique' },
  'cross-cutting.CHINA': { en: 'China', fr: 'Chine' },
  'cross-cutting.MEDIT': { en: 'Mediterranean', fr: 'Méditerranée' },
  'cross-cutting.InnovationProcurement': {
    en: 'Innovation procurement',
    fr: 'Achats publics d’innovation',
  },
  'cross-cutting.EoscAndFairData': {
    en: 'EOSC and FAIR data',
    fr: 'EOSC et données FAIR',
  },
  'call.partner-search': { en: 'Partner search', fr: 'Recherche de partenaires' },
  'call.partner-search-open': { en: 'open on the official page', fr: 'ouverte sur la page officielle' },
  'call.partner-search-closed': { en: 'not open', fr: 'non ouverte' },
  'call.documents': { en: 'Links and documents', fr: 'Liens et documents' },
  // What changed in a call. Fields are named as in the code; a section by its title, if any.
  'change.became.new': {
    en: 'New: seen for the first time.',
    fr: 'Nouveau\u00a0: vu pour la première fois.',
  },
  'change.became.closed': {
    en: 'Closed: its source stopped showing it at its deadline.',
    fr: 'Clos\u00a0: à sa date limite, sa source a cessé de l’afficher.',
  },
  'change.became.withdrawn': {
    en: 'Withdrawn: its source stopped showing it well before its deadline.',
    fr: 'Retiré\u00a0: sa source a cessé de l’afficher bien avant sa date limite.',
  },
  'change.became.withdrawn-undated': {
    en: 'Withdrawn: its source stopped showing it, without ever giving a deadline.',
    fr: 'Retiré\u00a0: sa source a cessé de l’afficher, sans avoir indiqué de date limite.',
  },
  'change.became.reappeared': { en: 'Its source shows it again.', fr: 'Sa source l’affiche de nouveau.' },
  'change.deadlines': {
    en: 'Deadline: {to} (before: {from})',
    fr: 'Date limite\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.moved': {
    en: '{n, plural, one {{n} day} other {{n} days}} {way, select, earlier {earlier} other {later}}',
    fr: '{way, select, earlier {avancée} other {prolongée}} de {n, plural, one {{n}\u00a0jour} other {{n}\u00a0jours}}',
  },
  'change.opening': {
    en: 'Opening: {to} (before: {from})',
    fr: 'Ouverture\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.opened': { en: 'The call has opened.', fr: 'L’appel est ouvert.' },
  'change.closed': { en: 'Its source says it is closed.', fr: 'Sa source indique qu’il est clos.' },
  'change.status': { en: 'Its status at the source changed.', fr: 'Son statut à la source a changé.' },
  'change.budget': {
    en: 'Budget: {to} (before: {from})',
    fr: 'Budget\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.title': {
    en: 'The title changed; before: “{from}”',
    fr: 'Le titre a changé\u00a0; auparavant\u00a0: «\u00a0{from}\u00a0»',
  },
  'change.text': { en: 'The text changed: {section}', fr: 'Le texte a changé\u00a0: {section}' },
  'change.conditions': { en: 'The conditions changed.', fr: 'Les conditions ont changé.' },
  'change.identity': { en: 'Its identifier changed.', fr: 'Son identifiant a changé.' },
  'change.identifier': {
    en: 'Identifier: {to} (before: {from})',
    fr: 'Identifiant\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.trl': {
    en: 'Technology readiness level (TRL): {to} (before: {from})',
    fr: 'Niveau de maturité technologique (TRL)\u00a0: {to} (auparavant\u00a0: {from})',
  },
  'change.levels.both': { en: '{from} to {to}', fr: '{from} à {to}' },
  'change.levels.from': { en: 'from {from}', fr: 'à partir de {from}' },
  'change.levels.to': { en: 'up to {to}', fr: 'jusqu’à {to}' },
  'change.other': { en: 'Changed: {field}', fr: 'Modifié\u00a0: {field}' },
  'change.notice': {
    en: 'Official note of {day}: “{text}”',
    fr: 'Note officielle du {day}\u00a0: «\u00a0{text}\u00a0»',
  },
  'change.because': {
    en: '{sentence}. Official note of {day}: “{text}”',
    fr: '{sentence}. Note officielle du {day}\u00a0: «\u00a0{text}\u00a0»',
  },
  'change.field.*': { en: 'another detail', fr: 'un autre détail' },
  'change.field.callTitle': { en: 'title of the call', fr: 'intitulé de l’appel' },
  'change.field.kind': { en: 'kind of call', fr: 'nature de l’appel' },
  'change.field.programme': { en: 'programme', fr: 'programme' },
  'change.field.divisions': { en: 'parts of the programme', fr: 'volets du programme' },
  'change.field.typesOfAction': { en: 'type of action', fr: 'type d’action' },
  'change.field.destination': { en: 'destination', fr: 'destination' },
  'change.field.keywords': { en: 'keywords', fr: 'mots-clés' },
  'change.field.url': { en: 'address of its page', fr: 'adresse de sa page' },
  'change.field.alsoAt': { en: 'its other addresses', fr: 'autres adresses' },
  'change.field.deadlineModel': { en: 'submission procedure', fr: 'procédure de soumission' },
  'change.field.sections': { en: 'order of the sections', fr: 'ordre des sections' },
  'change.field.summary': { en: 'summary', fr: 'résumé' },
  'change.field.other': { en: 'section without a title', fr: 'section sans titre' },
  'heading.expected-outcome': { en: 'Expected Outcome', fr: 'Résultats attendus' },
  'heading.expected-impact': { en: 'Expected Impact', fr: 'Impacts attendus' },
  'heading.scope': { en: 'Scope', fr: 'Périmètre' },
  'heading.objective': { en: 'Objective', fr: 'Objectif' },
  'heading.objectives': { en: 'Objectives', fr: 'Objectifs' },
  'heading.specific-challenge': { en: 'Specific Challenge', fr: 'Défi à relever' },
  'heading.background': { en: 'Background', fr: 'Contexte' },
  'heading.conditions': { en: 'Conditions', fr: 'Conditions' },
  'heading.general-conditions': { en: 'General conditions', fr: 'Conditions générales' },
  'heading.admissibility-conditions': { en: 'Admissibility conditions', fr: 'Conditions de recevabilité' },
  'heading.eligibility-conditions': { en: 'Eligibility conditions', fr: 'Conditions d’éligibilité' },
  'heading.eligible-activities': { en: 'Eligible activities', fr: 'Activités éligibles' },
  'heading.award-criteria': { en: 'Award criteria', fr: 'Critères d’attribution' },
  'heading.documents': { en: 'Documents', fr: 'Documents' },
  'heading.further-information': { en: 'Further information', fr: 'Informations complémentaires' },
  'heading.application-and-evaluation': { en: 'Application and evaluation', fr: 'Candidature et évaluation' },
  'heading.themes-and-priorities': { en: 'Themes and priorities', fr: 'Thèmes et priorités' },
  'heading.type-of-activities': { en: 'Type of activities', fr: 'Types d’activités' },
  // Dates, times and deadlines. `{day}`, `{hour}` and `{minute}` are numbers; all other values are ready to
  // show.
  'when.date': {
    en: '{day} {month} {year}',
    fr: '{day, plural, =1 {1er} other {{day}}}\u00a0{month} {year}',
  },
  'when.time': {
    en: '{hour, number, two-digits}:{minute, number, two-digits}',
    fr: '{minute, plural, =0 {{hour}\u00a0h} other {{hour}\u00a0h\u00a0{minute, number, two-digits}}}',
  },
  'when.date-and-time': { en: '{date}, {time}', fr: '{date} à {time}' },
  'when.moment': { en: '{date}, {time} (Brussels)', fr: '{date} à {time} (heure de Bruxelles)' },
  'deadline.time': { en: '{time} (Brussels)', fr: '{time} (heure de Bruxelles)' },
  'deadline.not-stated': {
    en: '{date} (time not stated; default: {time}, Brussels time)',
    fr: '{date} à {time}, heure de Bruxelles (heure par défaut\u00a0: la source n’en précise pas)',
  },
  'deadline.marked': { en: '{date}*', fr: '{date}*' },
  'deadline.note': {
    en: '* Time not stated by the source; default: 17:00, Brussels time.',
    fr: '* Heure non indiquée par la source\u00a0: 17\u00a0h par défaut, heure de Bruxelles.',
  },
  'deadline.kind': { en: '{deadline}, {kind}', fr: '{deadline}, {kind}' },
  'deadline.kind.stage-1': { en: 'stage 1', fr: 'étape\u00a01' },
  'deadline.kind.stage-2': { en: 'stage 2', fr: 'étape\u00a02' },
  'deadline.kind.cut-off': { en: 'cut-off', fr: 'date intermédiaire (cut-off)' },
  'deadline.short.days': {
    en: '{n, plural, =0 {today} =1 {tomorrow} other {D-{n}}}',
    fr: '{n, plural, =0 {aujourd’hui} =1 {demain} other {J-{n}}}',
  },
  'deadline.short.days-of': { en: '{days} ({dates})', fr: '{days} ({dates})' },
  'deadline.short.closes': { en: 'closes {date}', fr: 'clôture le {date}' },
  'deadline.short.cut-offs': {
    en: 'cut-offs: {dates}',
    fr: 'dates intermédiaires (cut-off)\u00a0: {dates}',
  },
  'deadline.short.passed': { en: 'closed {date}', fr: 'clos le {date}' },
  'deadline.short.opens': { en: 'opens {date}', fr: 'ouvre le {date}' },
  'deadline.short.none': { en: 'no deadline stated', fr: 'échéance non indiquée' },
  // Texts about a call shared by pages, mails, calendars and sheets: names of facts, quotes and labels.
  'text.nobody-yet': { en: 'Nobody yet.', fr: 'Personne pour l’instant.' },
  'text.other': { en: 'Other', fr: 'Autre' },
  // Before a sentence of a call that says what it is about.
  'summary.quoted': { en: 'From the text:', fr: 'Extrait\u00a0:' },
  'text.quote': { en: '“{text}”', fr: '«\u00a0{text}\u00a0»' },
  'text.quote-open': { en: '“', fr: '«\u00a0' },
  'text.quote-close': { en: '”', fr: '\u00a0»' },
  'text.labelled': { en: '{label}: {value}', fr: '{label}\u00a0: {value}' },
  'text.by-when': { en: '{by}, {when}', fr: '{by}, le {when}' },
  'text.since': { en: 'since {day}', fr: 'depuis le {day}' },
  'text.never': { en: 'never', fr: 'jamais' },
  'text.no': { en: 'no', fr: 'non' },
  'text.yes': { en: 'yes', fr: 'oui' },
  'text.percent': { en: '{n}%', fr: '{n}\u00a0%' },
  'text.semicolon': { en: '; ', fr: '\u00a0; ' },
  'text.greeting': { en: 'Hello {name},', fr: 'Bonjour {name},' },
  'fact.programme': { en: 'Programme', fr: 'Programme' },
  'fact.type-of-action': { en: 'Type of action', fr: 'Type d’action' },
  'fact.deadline': { en: 'Deadline', fr: 'Échéance' },
  'fact.then-deadline': { en: 'Then', fr: 'Puis' },
  'fact.passed-deadline': { en: 'Passed', fr: 'Passée' },
  'fact.opens': { en: 'Opens', fr: 'Ouverture' },
  'fact.budget': { en: 'Budget', fr: 'Budget' },
  'fact.budget-each': { en: 'Budget of each', fr: 'Budget de chacun' },
  'fact.no-deadline': { en: 'none stated', fr: 'aucune indiquée' },
  'fact.kind.grant': { en: 'grant', fr: 'subvention' },
  'fact.kind.cascade': { en: 'cascade funding', fr: 'financement en cascade' },
  'fact.kind.external-action': { en: 'external action', fr: 'action extérieure' },
  'fact.with-lump-sum': { en: '{type}, lump sum', fr: '{type}, somme forfaitaire' },
  'fact.score': { en: '{points} out of 100 ({band})', fr: '{points} sur 100 ({band})' },
  'fact.member-states': { en: 'EU Member States', fr: 'États membres de l’UE' },
  // What a call pays: amounts, what a total covers, and the amount per project.
  'money.amount': {
    en: '{currency, select, EUR {€{digits}} other {{currency}\u00a0{digits}}}',
    fr: '{digits}\u00a0{currency, select, EUR {€} other {{currency}}}',
  },
  'money.millions': {
    en: '{currency, select, EUR {€{digits}} other {{currency}\u00a0{digits}}} million',
    fr: '{digits}\u00a0M{currency, select, EUR {€} other {\u00a0{currency}}}',
  },
  'money.millions-short': {
    en: '{currency, select, EUR {€{digits}} other {{currency}\u00a0{digits}}}M',
    fr: '{digits}\u00a0M{currency, select, EUR {€} other {\u00a0{currency}}}',
  },
  'money.at-least': { en: '≥\u00a0{amount}', fr: '≥\u00a0{amount}' },
  'money.at-most': { en: '≤\u00a0{amount}', fr: '≤\u00a0{amount}' },
  'money.of.topic': { en: '{total} for the topic', fr: '{total} pour le sujet' },
  'money.of.call': { en: '{total} for the call', fr: '{total} pour l’appel' },
  'money.of.several': {
    en: '{total} in all, probably shared by several topics',
    fr: '{total} au total, sans doute partagés entre plusieurs sujets',
  },
  'money.of.unclear': {
    en: '{total} for the topic, or shared by several topics of the call',
    fr: '{total} pour le sujet, ou partagé entre les sujets de l’appel',
  },
  'money.no-total': { en: 'total not stated', fr: 'total non indiqué' },
  'money.without-currency': {
    en: '“{written}” as published, with no currency: check the official page',
    fr: '«\u00a0{written}\u00a0» d’après la source, sans devise\u00a0: à vérifier sur la page officielle',
  },
  'money.implausible': {
    en: '“{written}” {currency} as published: an implausible amount, check the official page',
    fr: '«\u00a0{written}\u00a0»\u00a0{currency} d’après la source\u00a0: montant peu plausible, à vérifier sur la page officielle',
  },
  'money.project.range': { en: '{min} to {max} per project', fr: 'de {min} à {max} par projet' },
  'money.project.exactly': { en: '{amount} per project', fr: '{amount} par projet' },
  'money.project.at-least': { en: 'at least {amount} per project', fr: 'au moins {amount} par projet' },
  'money.project.at-most': { en: 'at most {amount} per project', fr: 'au plus {amount} par projet' },
  'money.projects': {
    en: '{n, plural, one {{n} project expected} other {{n} projects expected}}',
    fr: '{n, plural, one {{n}\u00a0projet attendu} other {{n}\u00a0projets attendus}}',
  },
  'money.short.project': { en: '{amount} per project', fr: '{amount} par projet' },
  'money.short.total': { en: '{amount} in all', fr: '{amount} au total' },
  'money.short.each': { en: '{amount} per topic', fr: '{amount} par sujet' },
  'money.short.several': { en: '{amount} for several topics', fr: '{amount} pour plusieurs sujets' },
  'money.short.doubtful': { en: 'amount to be checked', fr: 'montant à vérifier' },
  // The addressees of calls, to follow "aimed at" and « s’adresse »; and types of action, in the plural.
  'addressee.trade-organisations': {
    en: 'trade and producer organisations of the agri-food sector',
    fr: 'aux organisations professionnelles et de producteurs du secteur agroalimentaire',
  },
  'addressee.project-developers': {
    en: 'companies that build and operate plants',
    fr: 'aux entreprises qui construisent et exploitent des installations',
  },
  'addressee.infrastructure-operators': {
    en: 'operators and builders of transport, energy and digital networks',
    fr: 'aux exploitants et constructeurs de réseaux de transport, d’énergie et numériques',
  },
  'addressee.civil-society': {
    en: 'associations and other organisations of civil society',
    fr: 'aux associations et autres organisations de la société civile',
  },
  'addressee.partner-countries': {
    en: 'organisations and administrations that work in the partner country',
    fr: 'aux organisations et administrations qui travaillent dans le pays partenaire',
  },
  'addressee.creative-sector': {
    en: 'the cultural and audiovisual sector',
    fr: 'au secteur culturel et audiovisuel',
  },
  'addressee.sport-and-youth': {
    en: 'sport and youth organisations',
    fr: 'aux organisations sportives et de jeunesse',
  },
  'addressee.education': {
    en: 'institutions of education and training',
    fr: 'aux établissements d’enseignement et de formation',
  },
  'addressee.authorities': {
    en: 'public authorities and social partners',
    fr: 'aux autorités publiques et aux partenaires sociaux',
  },
  'addressee.energy-agencies': {
    en: 'energy agencies, authorities, associations and advisers',
    fr: 'aux agences de l’énergie, collectivités, associations et conseils',
  },
  'addressee.public-buyers': { en: 'public buyers', fr: 'aux acheteurs publics' },
  'addressee.hospitals': { en: 'hospitals', fr: 'aux établissements de santé' },
  'addressee.patients': { en: 'patient organisations', fr: 'aux associations de patients' },
  'addressee.funders': {
    en: 'owners and funders of research programmes',
    fr: 'aux propriétaires et financeurs de programmes de recherche',
  },
  'addressee.achievements': {
    en: 'people and organisations whose work may be rewarded',
    fr: 'aux personnes et organisations dont les travaux sont à récompenser',
  },
  'addressee.companies': {
    en: 'companies seeking investors',
    fr: 'aux entreprises qui cherchent des investisseurs',
  },
  'addressee.third-parties': {
    en: 'small companies and other third parties that a project supports',
    fr: 'aux petites entreprises et autres tiers soutenus par un projet',
  },
  'action.RIA': {
    en: 'research and innovation actions (RIA)',
    fr: 'actions de recherche et d’innovation (RIA)',
  },
  'action.IA': { en: 'innovation actions (IA)', fr: 'actions d’innovation (IA)' },
  'action.CSA': {
    en: 'coordination and support actions (CSA)',
    fr: 'actions de coordination et de soutien (CSA)',
  },
  'action.COFUND': { en: 'co-funded actions (Cofund)', fr: 'actions cofinancées (Cofund)' },
  'action.PCP-PPI': {
    en: 'procurements of innovation (PCP, PPI)',
    fr: 'achats publics d’innovation (PCP, PPI)',
  },
  'action.MSCA': { en: 'Marie Skłodowska-Curie actions (MSCA)', fr: 'actions Marie Skłodowska-Curie (MSCA)' },
  'action.ERC': {
    en: 'projects of the European Research Council (ERC)',
    fr: 'projets du Conseil européen de la recherche (ERC)',
  },
  'action.EIC': {
    en: 'projects of the European Innovation Council (EIC)',
    fr: 'projets du Conseil européen de l’innovation (EIC)',
  },
  // The age of a source's data, and why the source cannot be read.
  'source-age.read': {
    en: 'last read in full on {moment}, {age}',
    fr: 'lu en entier pour la dernière fois le {moment}, {age}',
  },
  'source-age.never': { en: 'not yet read successfully', fr: 'pas encore lu avec succès' },
  'source-age.never-because': {
    en: 'not yet read successfully, because {why}',
    fr: 'pas encore lu avec succès, car {why}',
  },
  'source-age.not-since': {
    en: 'not read since {moment}, {age}, because {why}; its calls are shown as they were then',
    fr: 'non lu depuis le {moment}, {age}, car {why}\u00a0; ses appels sont montrés tels qu’ils étaient alors',
  },
  'source-age.quiet': {
    en: 'last read in full on {moment}, {age}; it has shown nothing new for an unusually long time, so check its own page too',
    fr: 'lu en entier pour la dernière fois le {moment}, {age}\u00a0; il ne montre rien de nouveau depuis un temps inhabituel, consultez donc aussi son propre site',
  },
  'source-age.why.doubtful': { en: 'its answers are contradictory', fr: 'ses réponses sont contradictoires' },
  'source-age.why.broken': {
    en: 'its format has changed and can no longer be read',
    fr: 'son format a changé et n’est plus lisible',
  },
  'source-age.why.blocked': { en: 'it refuses our requests', fr: 'il refuse nos requêtes' },
  'source-age.why.refused': { en: 'it denies us access', fr: 'l’accès nous est interdit' },
  'source-age.why.throttled': {
    en: 'it limits how often we may read it',
    fr: 'il limite la fréquence de nos lectures',
  },
  'source-age.why.unreachable': { en: 'it is not responding', fr: 'le site ne répond pas' },
  // An institute's verdict on a call and its reason: on buttons, next to the call, in mails and in sheets.
  'verdict.relevant': { en: 'Relevant', fr: 'Pertinent' },
  'verdict.study': { en: 'To study', fr: 'À étudier' },
  'verdict.later': { en: 'Later', fr: 'Plus tard' },
  'verdict.not': { en: 'Not for us', fr: 'Non retenu' },
  'verdict.all.relevant': { en: 'All relevant', fr: 'Tous pertinents' },
  'verdict.all.not': { en: 'None for us', fr: 'Aucun retenu' },
  'verdict.*': { en: 'A decision', fr: 'Une décision' },
  'verdict-reason.*': { en: 'Another reason', fr: 'Un autre motif' },
  'verdict-reason.topic': { en: 'Topic', fr: 'Sujet' },
  'verdict-reason.trl': { en: 'TRL', fr: 'TRL' },
  'verdict-reason.role': { en: 'Role', fr: 'Rôle' },
  'verdict-reason.budget': { en: 'Budget', fr: 'Budget' },
  'verdict-reason.timing': { en: 'Timing', fr: 'Calendrier' },
  'verdict-reason.eligibility': { en: 'Eligibility', fr: 'Éligibilité' },
  'verdict-reason.capacity': { en: 'Capacity', fr: 'Capacité' },
});
