import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { quoted, said } from '../_kit/english.js';

export const ENGLISH: Record<'project' | 'programme', ReasonWords> = {
  project: {
    name: 'Your past projects',
    says: (details) => `${said(details)} is close to your project ${quoted(details.term)}`,
  },
  programme: {
    name: 'The programme',
    says: ({ term }) => `You take part in the programme ${quoted(term)}`,
  },
};
