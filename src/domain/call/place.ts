import type { CallContent } from './call-content.js';
import { COUNTRIES, countriesIn, countryAtStart, countryOf, MEMBER_STATES } from './countries.js';
import type { ParsedCall, Section } from './parsed-call.js';

type Place = NonNullable<CallContent['place']>;
type Told = Pick<ParsedCall, 'kind' | 'identifier' | 'title' | 'callTitle' | 'sections'>;

const MUST_BE = String.raw`(?:must|should|shall|have to|has to|need to)\s+be\s+(?:legally\s+)?(?:established|registered|based|located|incorporated)\s+in`;
const WHO = String.raw`(?:applicants?|(?:eligible\s+)?(?:organi[sz]ations?|participants?|beneficiaries|beneficiary)(?:\s+or\s+individuals)?)`;
/** Where the list of countries ends: at the sentence, or where the source glued the next one to it. */
const LIST = String.raw`([^.;\n]{2,700}?)(?=\.|;|\n|described in|$)`;

/** "participation in this topic is limited to legal entities established in Member States, Norway and Iceland". */
const ESTABLISHED = [
  new RegExp(String.raw`participation(?:\s+in\s+this\s+(?:topic|call|action))?\s+is\s+(?:limited|restricted)\s+to\s+(?:legal\s+)?entities\s+established\s+in\s+${LIST}`, 'gi'),
  new RegExp(String.raw`${WHO}\s+${MUST_BE}\s+${LIST}`, 'gi'),
];
/** The words of the Commission's guidelines for applicants of external actions. */
const TAKES_PLACE = new RegExp(String.raw`\bactions?\s+(?:must|shall|should|will)\s+(?:take place|be implemented|be carried out)\s+in\s+${LIST}`, 'gi');
/** A cascade call that says for whom it is in its name. */
const NAMED_FOR = new RegExp(String.raw`\b(?:established|registered|based|located)\s+in\s+(.+)$`, 'i');

/** Words between the countries of a list. "Associated countries" alone is a list that changes, and is not ours to spell out; named ones are told. */
const BETWEEN = [
  /^[\s,:()]+/, /^(?:and|or|as well as|either|both|in|the|republic of)\s+/i, /^(?:one (?:or more )?of\s+)?the following (?:(?:additional )?associated )?countries\s*(?=[:(])/i, /^following (?:(?:additional )?associated )?countries\s*(?=[:(])/i,
  /^(?:one|more) of\s+/i, /^(?:countries|those) associated to [^(),]{3,80}(?=\()/i, /^associated countries\s*(?=:)/i,
];
const UNION = /^(?:an?\s+)?(?:(?:EU|European Union)\s+)?Member States?(?:\s+of\s+the\s+(?:EU|European Union))?(?![\p{L}-])/iu;

/** The countries of a list that says nothing else; null where one of its words is not known. */
function readList(list: string): string[] | null {
  const codes = new Set<string>();
  let rest = list.trim();
  while (rest) {
    const union = UNION.exec(rest);
    const country = union ? null : countryAtStart(rest);
    const skipped = union || country ? null : BETWEEN.map((b) => b.exec(rest)).find((m) => m !== null);
    if (union) MEMBER_STATES.forEach((code) => codes.add(code));
    else if (country) codes.add(country.code);
    else if (!skipped) return null;
    rest = rest.slice(union?.[0].length ?? country?.to ?? skipped![0].length);
  }
  return codes.size ? [...codes].sort() : null;
}

const place = (kind: Place['kind'], countries: string[] | null, quote: string): Place[] => (countries ? [{ kind, countries, quote: quote.trim() }] : []);

const found = (kind: Place['kind'], forms: RegExp[], text: string): Place[] =>
  forms.flatMap((form) => [...text.matchAll(form)].flatMap((m) => place(kind, readList(m[1]!), m[0])));

/** A source that lists the countries which take part, one a line; with one that is not known the list would be too short. */
function fromList({ title, text }: Section): Place[] {
  if (!/^(?:participating\s+)?countries(?:\s+and\s+regions)?$/i.test(title)) return [];
  const codes = text.split('\n').map((line) => countryOf(line));
  return codes.every((code) => code !== null) ? place('established', [...new Set(codes)].sort(), text) : [];
}

/** A lake, a gulf or a river that bears the name of a country. */
const WATERS = /\b(?:gulf|golfe|golfo|lake|lac|lago|basin of the|bassin du)(?: (?:of|de|du|do|del))?\s*$/i;

/** The last part of such a reference is the country, or "Multi": EuropeAid/186514/DD/FPA/EG. */
const REFERENCE = /^EuropeAid\/\d+\/\w+\/\w+\/([A-Z]{2})$/;

/** An external action is for the countries that its name holds, else for that of its reference. */
function ofExternalAction({ kind, identifier, title }: Told): Place[] {
  if (kind !== 'external-action') return [];
  const codes = countriesIn(title).filter(({ from }) => !WATERS.test(title.slice(0, from))).map(({ code }) => code);
  if (codes.length) return place('action', [...new Set(codes)].sort(), title);
  const code = REFERENCE.exec(identifier ?? '')?.[1];
  return code && COUNTRIES.includes(code) ? place('action', [code], identifier!) : [];
}

function fromName({ kind, callTitle }: Told): Place[] {
  const named = kind === 'cascade' && callTitle ? NAMED_FOR.exec(callTitle) : null;
  const [first] = named ? countriesIn(named[1]!) : [];
  return first?.from === 0 ? place('established', [first.code], callTitle!) : [];
}

/**
 * Where applicants must be established, or where the action takes place, as the call itself says it beyond the general rule of its
 * programme; undefined where it says nothing, or names more than can be spelt out ("associated countries"). Two different
 * statements are of different applicants, and none is taken.
 */
export function statedPlace(call: Told): CallContent['place'] {
  const texts = call.sections.map((s) => s.text);
  const said = [
    ...texts.flatMap((text) => found('established', ESTABLISHED, text)), ...call.sections.flatMap(fromList),
    ...(call.kind === 'external-action' ? texts.flatMap((text) => found('action', [TAKES_PLACE], text)) : []), ...fromName(call),
  ];
  const [first, ...others] = said.length ? said : ofExternalAction(call);
  return others.every((o) => o.countries.join() === first?.countries.join()) ? first : undefined;
}
