import { frenchSpaces } from '../../kernel/one-line.js';
import { isZodsOwn } from '../config/explain-issue.js';
import { issueWords, type IssueLike } from './issue-words.js';
import { SENTENCES } from './problem-sentences.js';
import { templatesOf, translated } from './templates.js';

/** A sentence around what stands in it: "There is no call {}." */
const TEMPLATES = templatesOf(SENTENCES);

/** A sentence of a problem in French; as it is where there is none, as in what a library said. */
export function sentenceInFrench(text: string): string {
  const said = translated(TEMPLATES, text);
  return said === undefined ? text : frenchSpaces(said);
}

/** Whether the message is zod's own: of a finished issue, which no longer has its input. */
function isOwn({ message = '', ...issue }: IssueLike): boolean {
  if (issue.code === undefined || issue.code === 'custom') return false;
  return issue.code === 'invalid_type'
    ? message.startsWith('Invalid input: expected ')
    : isZodsOwn({ ...issue, message });
}

/** What a schema says is wrong, in French. */
export const issueInFrench = (issue: IssueLike): string =>
  (isOwn(issue) ? issueWords(issue, 'fr') : undefined) ?? sentenceInFrench(issue.message ?? '');

/** The names of HTTP's states, as a French reader knows them. */
export const TITLES_FR: Record<number, string> = {
  400: 'Requête incorrecte',
  401: 'Authentification requise',
  403: 'Accès interdit',
  404: 'Introuvable',
  405: 'Méthode non autorisée',
  409: 'Conflit',
  410: 'Supprimé',
  412: 'Condition non remplie',
  413: 'Contenu trop volumineux',
  415: 'Format non pris en charge',
  422: 'Contenu non valable',
  429: 'Trop de demandes',
  500: 'Erreur du serveur',
  503: 'Service indisponible',
};
