import type { Language } from '../../kernel/language.js';
import { spaced } from '../../kernel/one-line.js';
import { translateTo } from '../translate.js';

/** Placeholders: kept as it is, always translated, or translated if possible. */
type Place = '{}' | '{e}' | '{v}';
interface Template {
  parts: string[];
  places: Place[];
  said: string[];
}
type Sentences = Record<string, string>;

const PLACE = /\{[ev]?\}/g;

/** Sentences without placeholders come first, because they match exactly. */
const templatesOf = (sentences: Sentences): Template[] =>
  Object.entries(sentences)
    .map(([english, said]) => ({
      parts: english.split(PLACE),
      places: [...english.matchAll(PLACE)].map(([place]) => place as Place),
      said: said.split(PLACE),
    }))
    .sort((a, b) => Math.min(1, a.places.length) - Math.min(1, b.places.length));

/** Returns the values at a sentence's placeholders; null if the text does not match. */
function heldBy(parts: string[], text: string): string[] | null {
  const [first, ...rest] = parts as [string, ...string[]];
  if (!rest.length) return text === first ? [] : null;
  const last = rest.pop()!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return null;
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

/**
 * Translates a text with the first sentence that matches; undefined if none does. `quoted` formats values in
 * quotes.
 */
function translatorOf(
  sentences: Sentences,
  quoted: (value: string) => string,
): (text: string) => string | undefined {
  const templates = templatesOf(sentences);
  const translated = (text: string): string | undefined => {
    for (const { parts, places, said } of templates) {
      const held = heldBy(parts, text);
      if (!held) continue;
      const values = held.map(
        (value, i) =>
          (places[i] === '{}' ? undefined : translated(value)) ??
          (places[i] === '{e}' ? undefined : quoted(value)),
      );
      if (values.some((value) => value === undefined)) continue;
      return said.map((part, i) => (i < said.length - 1 ? part + values[i]! : part)).join('');
    }
    return undefined;
  };
  return translated;
}

/** Our own notes about deliveries, with their French translation. */
const DELIVERY_SENTENCES: Record<string, string> = {
  'this address is not allowed: use a public https address, or one listed in WEBHOOK_TRUSTED_ORIGINS':
    'adresse non autorisée\u00a0: il faut une adresse https publique, ou une adresse de WEBHOOK_TRUSTED_ORIGINS',
  'host not found': 'serveur introuvable',
  'host unreachable': 'serveur injoignable',
  'the name could not be looked up': 'le nom du serveur n’a pas pu être résolu',
  'connection refused': 'connexion refusée',
  'connection cut': 'connexion coupée',
  'invalid certificate': 'certificat non valable',
  'invalid certificate or no TLS connection': 'certificat non valable, ou pas de connexion TLS',
  'no answer in time': 'délai de réponse dépassé',
  'the answer is not HTTP': 'la réponse n’est pas au format HTTP',
  'the headers of the answer are too large': 'les en-têtes de la réponse sont trop longs',
  'the sending process was stopped': 'le processus d’envoi a été arrêté',
  'the request failed': 'la requête a échoué',
  'there is no secret to sign with': 'aucune clé de signature',
  'its address cannot be read with the present SECRET_KEY: put the earlier key back, or enter the address again':
    'adresse illisible avec la SECRET_KEY actuelle\u00a0: remettez l’ancienne clé, ou saisissez de nouveau l’adresse',
  'it cannot be read with the present SECRET_KEY': 'illisible avec la SECRET_KEY actuelle',
  'e-mail not sent: an address is not valid': 'e-mail non envoyé\u00a0: une adresse n’est pas valable',
  unsubscribed: 'désabonné',
  'the recipient has paused': 'le destinataire a suspendu ses messages',
  'the institute names the recipient as its contact no more':
    'l’institut ne nomme plus le destinataire parmi ses contacts',
};

/**
 * Sentences written in English where they arise: errors, lines of YAML, deliveries. Logs, rows and programs
 * get them unchanged; readers of another language get that language's translation. A further language adds
 * its own catalogue.
 */
const CATALOGUES: Record<'delivery', Partial<Record<Language, Sentences>>> = {
  delivery: { fr: DELIVERY_SENTENCES },
};

/** Replaces English quotation marks around a value with those of the language. */
const requoted = (language: Language, value: string): string =>
  value.replace(/^"(.*)"$/s, (_, text: string) => translateTo(language)('text.quote', { text }));

const translators = new Map(
  Object.entries(CATALOGUES).flatMap(([kind, byLanguage]) =>
    (Object.entries(byLanguage) as [Language, Sentences][]).map(
      ([language, sentences]): [string, ReturnType<typeof translatorOf>] => [
        `${kind} ${language}`,
        translatorOf(sentences, (value) => requoted(language, value)),
      ],
    ),
  ),
);

/** Translates a sentence; undefined if the language's catalogue does not have it. */
export function sayAgain(
  kind: keyof typeof CATALOGUES,
  text: string,
  language: Language,
): string | undefined {
  const said = translators.get(`${kind} ${language}`)?.(text);
  return said === undefined ? undefined : spaced(said, language);
}
