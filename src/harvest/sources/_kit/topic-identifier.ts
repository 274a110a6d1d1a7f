const TOPIC = /\bHORIZON-[A-Z0-9]+(?:-[A-Za-z0-9]+)+\b/g;
/**
 * How a page says that a topic is the call's own. Else it may be the grant of the partnership, or a call to
 * go on to.
 */
const NAMED =
  /\b(identifi(ant|er)|r[ée]f[ée]rence|topic|call id|num[ée]ro de l['’]appel)( (du|de l['’]appel|of the call|id|code|identifier|is|est)){0,8} ?:?$/i;

/**
 * The topic of Horizon Europe that a page names as the call's own, in its title or under a label, and as the
 * only one; else null.
 */
export function ownTopic(title: string, text: string): string | null {
  const [inTitle, inText] = [title.match(TOPIC) ?? [], [...text.matchAll(TOPIC)]];
  const own = inTitle.length
    ? inTitle
    : inText.some(({ index }) => NAMED.test(text.slice(Math.max(0, index - 60), index).trimEnd()))
      ? inText.map((m) => m[0])
      : [];
  return new Set(own).size === 1 ? own[0]! : null;
}
