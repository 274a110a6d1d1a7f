import { frenchSpaces } from '../../notifications/domain/facts/one-line.js';
import { isZodsOwn } from '../config/explain-issue.js';
import { issueWords, type IssueLike } from './issue-words.js';
import { SENTENCES } from './problem-sentences.js';

/** A sentence around what stands in it: "There is no call {}." */
interface Template { parts: string[]; french: string }
const TEMPLATES: Template[] = Object.entries(SENTENCES).map(([english, french]) => ({ parts: english.split('{}'), french }));

/** What stands at the places of a sentence; null where it is another one. */
function heldBy(parts: string[], text: string): string[] | null {
  const [first, ...rest] = parts as [string, ...string[]];
  if (!rest.length) return text === first ? [] : null;
  const last = rest.pop()!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return null;
  const [held, end] = [[] as string[], text.length - last.length];
  let at = first.length;
  for (const part of rest) {
    const next = text.indexOf(part, at);
    if (next < 0 || next + part.length > end) return null;
    held.push(text.slice(at, next));
    at = next + part.length;
  }
  return [...held, text.slice(at, end)];
}

/** A sentence of a problem in French; as it is where there is none, as in what a library said. */
export function sentenceInFrench(text: string): string {
  for (const { parts, french } of TEMPLATES) {
    const held = heldBy(parts, text);
    if (!held) continue;
    const values = held.map((value) => value.replace(/^"(.*)"$/s, '« $1 »'));
    return frenchSpaces(french.split('{}').map((part, i) => part + (values[i] ?? '')).join(''));
  }
  return text;
}

/** Whether the message is zod's own: of a finished issue, which no longer has its input. */
function isOwn({ message = '', ...issue }: IssueLike): boolean {
  if (issue.code === undefined || issue.code === 'custom') return false;
  return issue.code === 'invalid_type' ? message.startsWith('Invalid input: expected ') : isZodsOwn({ ...issue, message });
}

/** What a schema says is wrong, in French. */
export const issueInFrench = (issue: IssueLike): string => (isOwn(issue) ? issueWords(issue, 'fr') : undefined) ?? sentenceInFrench(issue.message ?? '');

/** The names of HTTP's states, as a French reader knows them. */
export const TITLES_FR: Record<number, string> = {
  400: 'Requête incorrecte', 401: 'Authentification requise', 403: 'Accès interdit', 404: 'Introuvable', 405: 'Méthode non autorisée', 409: 'Conflit', 410: 'Supprimé',
  412: 'Condition non remplie', 413: 'Contenu trop volumineux', 415: 'Format non pris en charge', 422: 'Contenu non valable', 429: 'Trop de demandes',
  500: 'Erreur du serveur', 503: 'Service indisponible',
};
