const TOPIC = /\bHORIZON-[A-Z0-9]+(?:-[A-Za-z0-9]+)+\b/g;
/**
 * How a page marks a topic as the call's own. Otherwise it may be the partnership's grant, or a follow-up
 * call.
 */
const NAMED =
  /\b(identifi(ant|er)|r[ée]f[ée]rence|topic|call id|num[ée]ro de l['’]appel)( (du|de l['’]appel|of the call|id|code|identifier|is|est)){0,8} ?:?$/i;

/**
 * Returns the Horizon Europe topic that a page names as the call's own, in its title or under a label, if it
 * is the only one; otherwise null.
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
