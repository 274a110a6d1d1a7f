import { readFileSync } from 'node:fs';
import { answerIn } from '../../../src/notifications/domain/delivery/answer-in.js';

const NB = '\u00A0';

describe('what came of a delivery, in French', () => {
  it.each([
    ['hooks.example.org: host not found', `hooks.example.org${NB}: serveur introuvable`],
    ['hooks.example.org: status 404', `hooks.example.org${NB}: statut 404`],
    ['smtp.example.org:25: connect ECONNREFUSED 127.0.0.1:25', `smtp.example.org:25${NB}: connexion refusée`],
    [
      'smtp.example.org:25 (RCPT TO): 550 5.1.1 no such user',
      `smtp.example.org:25 (RCPT TO)${NB}: «${NB}550 5.1.1 no such user${NB}»`,
    ],
    [
      'hooks.example.org: invalid certificate or no TLS connection',
      `hooks.example.org${NB}: certificat non valable, ou pas de connexion TLS`,
    ],
    ['the recipient has paused', 'le destinataire a suspendu ses messages'],
    ['constructor', 'constructor'],
    ['hooks.example.org: constructor', `hooks.example.org${NB}: «${NB}constructor${NB}»`],
    ['smtp.example.org:587 250 2.0.0 Ok: queued as 12', 'smtp.example.org:587 250 2.0.0 Ok: queued as 12'],
    ['not sent within 30 seconds', `pas terminé en 30${NB}secondes`],
    ['', ''],
  ])('is told: %s', (answer, french) => {
    expect([answerIn(answer, 'fr'), answerIn(answer, 'en')]).toEqual([french, answer]);
  });

  it('has all that a channel notes of an address that did not take a message', () => {
    const words = [
      ...readFileSync('src/notifications/channels/_kit/post.ts', 'utf8').matchAll(/[A-Z]\w+: '([^']+)'/g),
    ].map((m) => m[1]!);
    expect(words.length).toBeGreaterThan(9);
    expect(words.filter((said) => answerIn(`x.example: ${said}`, 'fr').includes('«'))).toEqual([]);
  });
});
