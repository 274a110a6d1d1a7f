const TOPIC = /\bHORIZON-[A-Z0-9]+(?:-[A-Za-z0-9]+)+\b/g;
/** Where a page says what the call's own identifier is; elsewhere one may be named as the partnership's grant, or as a related call. */
const NAMED = /\b(identifi(ant|er)|r[ée]f[ée]rence|topic|call id|num[ée]ro de l['’]appel)\b[^\n]{0,30}$/i;

/** The topic of Horizon Europe that a page names as the call's own, in its title or under a label; null for none or several. */
export function ownTopic(title: string, text: string): string | null {
  const labelled = [...text.matchAll(TOPIC)].filter((match) => NAMED.test(text.slice(0, match.index).split('\n').slice(-2).join('\n').slice(-60)));
  const own = new Set([...(title.match(TOPIC) ?? []), ...labelled.map((match) => match[0])]);
  return own.size === 1 ? [...own][0]! : null;
}
