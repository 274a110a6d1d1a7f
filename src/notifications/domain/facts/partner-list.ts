import { AnnouncedPartnerSearch, PartnerItem } from './partner-item.js';
import type { Language } from '../../../kernel/language.js';
import { countryInWords } from '../../../calls/domain/countries.js';
import { dateForPeople } from '../../../calls/domain/facts/deadline.js';
import { named, titleOf } from '../content/item-words.js';
import type { Measure } from './change-view.js';
import type { Message } from '../content/message.js';
import type { LineView, ListView } from '../content/message-lists.js';
import { translateTo } from '../../../i18n/translate.js';
import { oneLine, shortened, spaced } from '../../../kernel/one-line.js';
import { ownAddress } from '../../../kernel/web-address.js';

/** Searches named per call; the others are counted and listed on its page. */
const SHOWN = 2;
const [LONGEST_TITLE, LONGEST_SUMMARY] = [140, 200];

/** "Offer, Germany, 5 May 2026: Pilot-scale testing": only what is known. */
function lineOf(
  { wants, country, publishedAt, summary }: AnnouncedPartnerSearch,
  language: Language,
): string {
  const t = translateTo(language);
  const where = countryInWords(country, language);
  const facts = [
    t(`message.partners.${wants}`),
    ...(where ? [named(where)] : []),
    ...(publishedAt ? [dateForPeople(publishedAt, language)] : []),
  ].join(', ');
  return summary === null
    ? facts
    : t('text.labelled', {
        label: facts,
        value: spaced(shortened(oneLine(summary), LONGEST_SUMMARY), language),
      });
}

const callLine = ({ call, searches, pageUrl }: PartnerItem, language: Language): LineView => ({
  front: null,
  language: call.language,
  title: titleOf(call, LONGEST_TITLE),
  quote: null,
  link: { label: translateTo(language)('message.open-call'), url: ownAddress(pageUrl) },
  says: [
    translateTo(language)('message.count.partners', { n: searches.length }),
    ...searches.slice(0, SHOWN).map((s) => lineOf(s, language)),
  ],
});

/** Lists new partner searches for followed calls: how many for each, and the newest. */
export function partnerList({ partners, language }: Message, measure: Measure): ListView | null {
  if (!partners.length) return null;
  const t = translateTo(language);
  const more = partners.length - measure.lines;
  return {
    heading: t('message.partners'),
    lines: partners.slice(0, measure.lines).map((item) => callLine(item, language)),
    more: more > 0 ? t('message.and-more', { n: more }) : null,
    link: null,
  };
}
