/** Forms that follow no rule. */
const irregular: Record<string, string> = {
  travaux: 'travail',
  émaux: 'émail',
  matériaux: 'matériau',
  biomatériaux: 'biomatériau',
  nanomatériaux: 'nanomatériau',
  géomatériaux: 'géomatériau',
  noyaux: 'noyau',
  tuyaux: 'tuyau',
  joyaux: 'joyau',
  boyaux: 'boyau',
  materiaux: 'matériau',
  yeux: 'oeil',
  milieux: 'milieu',
  lieux: 'lieu',
  feux: 'feu',
  jeux: 'jeu',
  enjeux: 'enjeu',
  essieux: 'essieu',
  cheveux: 'cheveu',
  neveux: 'neveu',
  voeux: 'voeu',
  bijoux: 'bijou',
  cailloux: 'caillou',
  choux: 'chou',
  genoux: 'genou',
  nouvelle: 'nouveau',
  nouvel: 'nouveau',
  publique: 'public',
  sèche: 'sec',
  fraîche: 'frais',
  blanche: 'blanc',
  douce: 'doux',
  basse: 'bas',
  grosse: 'gros',
  molle: 'mou',
  clef: 'clé',
  longue: 'long',
  franche: 'franc',
  turque: 'turc',
  grecque: 'grec',
};

/**
 * Returns a folded French word in the singular and, if its stem would differ, in the masculine: Snowball
 * takes "laser" for a verb and "lasers" for a noun, and keeps the s of "essais". The result need not be a
 * word, only the same for all forms.
 */
export function frenchForm(written: string): string {
  const folded = written.replaceAll('œ', 'oe').replaceAll('æ', 'ae');
  const one =
    irregular[folded] ??
    (folded.length > 3 ? folded.replace(/eaux$/, 'eau').replace(/(?<=[^s])s$/, '') : folded);
  return (
    irregular[one] ??
    one
      .replace(/(?<=.{2}[agich])ère$/, 'er')
      .replace(/(?<=.{2})ive$/, 'if')
      .replace(/(?<=.{2})trice$/, 'teur')
  );
}
