import { bare, fold } from '../../../kernel/stem.js';
import { isStopWordAnywhere } from '../analysis/stop-words.js';

/** Words that do not distinguish calls; folded, in the singular if the plural only adds an s. */
const HOLLOW = new Set(
  `ability academic access accompany achieve activity actor advanced advantage aim allow ambition approach area around aspect base based become best
   bring broad build capability capacity center centre challenge characterization close cluster collaboration collaborative combine company competence
   complete comprehensive conduct contribute contribution cooperation cover create created current cutting deal dedicated demonstrate depend design develop
   developed developing development different domain drive edge employee enable engineer enhance ensure enterprise european europe evaluation excellence exist experience
   expert expertise exploit facility field find focus founded france french fundamental future general global goal group help high highly host implement
   implementation improve include including increase industrial industry initiative innovate innovation innovative institute institution integrate integrated
   international internationally involve issue key know-how knowledge laboratory lab lead leader leading level major make manage management many market member
   method methodology mission model multidisciplinary national need network new notably novel objective offer open operate optimisation optimization optimise
   organisation organization original particular partner partnership people performance performed permit phd platform portfolio potential practice present
   problem process produce product production program programme project promote property provide public purpose range region regional related
   research researcher resource respond result rely reliable scale science scientific scientist sector serve service set skill small sme society societal solution
   solve specialise specialize specific staff stake start strategic strategy strength strong structure student study subject successful support system
   take target team technical technician technique technological technology test testing theme theory through tool topic training transfer transform
   understand understanding unique unit university use used using value various wide within work worker world year
   accompagnement accompagner acteur activite adapte ainsi aide allant ambition amelioration ameliorer apport apporter approche appui appuyer application atout autour avance axe base
   besoin bureau cadre capacite caracterisation cas centre chaine chercheur cherche client cle cnrs cea collaboration collaborer competence compte complet comprehension comprendre
   conception conduire conseil contrat contribuer contribution cours couvre couvrir creation cree creer dedie defi demarche depuis developpe developper developpement different disciplinaire
   disposer dispose domaine doctorant economie economique effectif elaboration elaborer enjeu ensemble entreprise equipe equipement essai etablissement etude etudier europe europeen evaluation excellence exemple
   experience experimental experimentation expert expertise exploitation exploiter fin fonction fondamental force fort fournir france francais futur general global grand grande groupe haut haute industrie industriel
   ingenieur inria inrae inserm innovant innovation innover installation institut instrument integration integre interdisciplinaire international intervenir label laboratoire large leader
   lieu ligne maitrise maitriser marche mettre methode methodologie metier mise mission modele moyen multidisciplinaire national necessaire niveau nombreux notamment nouveau nouvelle objectif objet offre offrir
   organisme original ouvert outil partenaire partenariat performance performant personne permettre permettant plateforme plate-forme pme politique porter pratique principal problematique procede produit programme projet
   propose proposer propre propriete public realisation realiser recherche region regional regroupe regrouper relation repondre reseau ressource resultat reunir salarie savoir savoir-faire science scientifique secteur service
   societe solution specialise specifique specialiste strategie strategique structure suivi sujet support systeme technicien technique technologie technologique territoire test theme thematique theorique these
   traite traiter transfert travail travailler travaux tpe type unite universite usage utilisation utiliser valeur valorisation varie visant vise
   carnot inra ifremer onera brgm irstea ifpen cirad ird chu cnes
   tomorrow today demain aujourd one two three four five six seven eight nine ten dozen hundred thousand pole million share part history story success extreme state-of-the-art fast safe field year passion long mean
   deux trois quatre cinq six sept huit neuf dix cent mille rassembler rassemble mobilise mobiliser conçoit concevoir federer federe point axe enfin parmi etc siecle annee part grande meilleur apporte fonde fondee repute reconnu reconnue essentiel dernier etape issu issue
   our we us this provides offers develops works covers designs supports combines brings uses studies leads makes helps has includes focuses gathers aims
   well also more than rather especially across both towards about quot amp eg etc i.e`
    .split(/\s+/)
    .map((w) => bare(w)),
);

const singular = (word: string): string => (word.length > 4 ? word.replace(/(?<=[^s])s$|x$/, '') : word);
const withoutGender = (word: string): string => (word.length > 5 ? word.replace(/e$/, '') : word);

/** Whether a word carries no subject: a stop word, or one found in every institute's presentation. */
export function isHollow(written: string): boolean {
  const plain = bare(fold(written));
  if (plain.length < 2 || /^[\d.,]+$/.test(plain) || isStopWordAnywhere(plain)) return true;
  const one = singular(plain);
  return HOLLOW.has(plain) || HOLLOW.has(one) || HOLLOW.has(withoutGender(one));
}
