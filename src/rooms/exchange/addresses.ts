/** Where a programme is, behind the address that somebody copied out of a browser: the likeliest place first. */
export function candidates(address: string): readonly string[] {
  const url = URL.parse(address);
  if (!url) return [address];
  const { hostname, origin, pathname } = url;
  if (/(^|\.)sessionize\.com$/.test(hostname)) {
    const [, id, view] = /^\/api\/v2\/([\w-]+)(?:\/view\/([A-Za-z]+))?/.exec(pathname) ?? [];
    const views = [...new Set([...(view === undefined ? [] : [view]), 'All', 'GridSmart', 'Sessions'])];
    return id === undefined ? [address] : views.map((one) => `${origin}/api/v2/${id}/view/${one}`);
  }
  if (/\.(json|xml|ics|csv)$/i.test(pathname)) return [address];
  const [, api, event, page = ''] = /^\/(api\/events\/)?([\w.-]+)(?:\/([\w.-]+))?/.exec(pathname) ?? [];
  if (event === undefined || event === 'api') return [address];
  const exported = `${origin}/${event}/schedule/export/schedule.json`;
  const isPretalx = /(^|\.)pretalx\./.test(hostname) || api !== undefined || ['schedule', 'talk', 'speaker', 'cfp', 'featured'].includes(page);
  return isPretalx ? [exported, address] : [address, exported];
}
