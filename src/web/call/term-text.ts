import type { Addressee } from '../../domain/call/addressee.js';
import type { ReasonPart } from '../../domain/matching/match.js';
import type { Viewer } from '../kit/viewer.js';

/** The term of a reason for people: of whom a call is addressed to the words, of all others the term itself. */
export const termText = (v: Viewer, part: ReasonPart, term: string): string => (part === 'addressees' ? v.t(`profile.addressee.${term as Addressee}`) : term);
