/** One page of a list that stands in memory: `next` is the address of the page after it. The cursor is the key of the last one given. */
export function pageOf<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  address: URL,
  asked: { limit: number; cursor?: string | undefined },
): { items: Item[]; next: string | null } | null {
  let from = 0;
  if (asked.cursor !== undefined) {
    const last = all.findIndex((item) => keyOf(item) === asked.cursor);
    if (last === -1) return null;
    from = last + 1;
  }
  const items = all.slice(from, from + asked.limit);
  if (from + asked.limit >= all.length || items.length === 0) return { items, next: null };
  const query = new URLSearchParams(address.search);
  query.set('cursor', keyOf(items.at(-1)!));
  return { items, next: `${address.pathname}?${query}` };
}
