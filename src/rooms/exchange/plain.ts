// Text from elsewhere: HTML becomes Markdown, what cannot be shown or stored goes. Doing it twice changes nothing.

/** What PostgreSQL, XML or a screen cannot hold: control characters, halves of characters, non-characters. */
const unshowable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(unshowable, '')
    .trim();

/** A title, a name: one line without mark-up. */
export function line(text: string): string {
  let before: string;
  let after = text;
  do {
    before = after;
    after = withSigns(before.replace(inline, (tag) => (/^<\/?(?:br|p|div)\b/i.test(tag) ? ' ' : '')));
  } while (after !== before);
  return clean(after).replace(/\s+/g, ' ').trim();
}
const inline = /(?<!\\)<\/?(?:b|i|em|strong|br|span|p|sup|sub|u|div|small)(?:\s[^<>]*)?\/?>/gi;

export const isHtml = (text: string): boolean => tag.test(text);
const tag =
  /(?<!\\)<\/?(?:p|br|a|ul|ol|li|h[1-6]|strong|em|b|i|u|s|div|span|blockquote|pre|code|table|thead|tbody|tr|td|th|img|hr|script|style|iframe|svg|object|form|input|small|sup|sub|video|audio)(?:[\s/][^<>]*)?>/i;

/** A longer text: HTML is rewritten as Markdown, anything else stays as it was. */
export const body = (text: string): string => clean(withSigns(isHtml(text) ? markdown(text) : text));

const token = /<(\/?)([a-z][a-z0-9]*)([^<>]*)>|&(#x?[0-9a-f]{1,6}|[a-z]{2,8});|\s+|[^<&\s]+|[<&]/gi;
const silent: ReadonlySet<string> = new Set(['script', 'style', 'iframe', 'object', 'svg', 'form', 'video', 'audio']);
const breaks: ReadonlySet<string> = new Set(['p', 'div', 'ul', 'ol', 'blockquote', 'pre', 'table', 'tr', 'hr', 'thead', 'tbody']);
const around: Readonly<Record<string, string>> = { strong: '**', b: '**', em: '*', i: '*', code: '`' };

function markdown(html: string): string {
  let said = '';
  let silence: string | null = null;
  let link: { readonly href: string; readonly from: number } | null = null;
  const write = (more: string): void => {
    if (silence === null) said += more;
  };
  for (const [whole, slash, named, inside, entity] of withoutComments(html).matchAll(token)) {
    const name = named?.toLowerCase();
    if (name !== undefined && silent.has(name)) silence = slash ? (silence === name ? null : silence) : (silence ?? name);
    else if (silence !== null) continue;
    else if (entity !== undefined) write(escaped(character(entity) ?? whole));
    else if (name === undefined)
      write(/^\s/.test(whole) ? (/\n\s*\n/.test(whole) ? '\n\n' : whole.includes('\n') ? '\n' : ' ') : whole === '<' ? '\\<' : whole);
    else if (name === 'br') write('\n');
    else if (/^h[1-6]$/.test(name)) write(slash ? '\n\n' : `\n\n${'#'.repeat(Math.max(3, Number(name[1])))} `);
    else if (name === 'li') write(slash ? '' : '\n- ');
    else if (breaks.has(name)) write('\n\n');
    else if (name === 'a' && !slash) link = { href: addressIn(inside ?? ''), from: said.length };
    else if (name === 'a' && link !== null) {
      said = said.slice(0, link.from) + linked(said.slice(link.from), link.href);
      link = null;
    } else write(around[name] ?? '');
  }
  return said
    .replace(/\*\*\s*\*\*|``/g, '')
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+(?!- )/g, '\n')
    .replace(/\n{3,}/g, '\n\n');
}

function withoutComments(html: string): string {
  let said = '';
  let at = 0;
  for (;;) {
    const from = html.indexOf('<!--', at);
    const until = from < 0 ? -1 : html.indexOf('-->', from);
    if (until < 0) return said + html.slice(at);
    said += html.slice(at, from);
    at = until + 3;
  }
}

function linked(text: string, href: string): string {
  const shown = text.replace(/[[\]]/g, '').trim();
  if (href === '') return shown;
  return shown === '' || shown === href ? `<${href}>` : `[${shown}](${href})`;
}

function addressIn(attributes: string): string {
  const found = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes);
  return address((found?.[1] ?? found?.[2] ?? found?.[3] ?? '').replace(/&amp;/g, '&'));
}

/** An address that may be followed from a page; empty for every other. */
export function address(text: string): string {
  const trimmed = clean(text);
  if (!/^(?:https?:\/\/|mailto:)[^\s<>]+$/i.test(trimmed) || trimmed.length > 2_000 || !URL.canParse(trimmed)) return '';
  return trimmed.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
}

/** Signs that were written for HTML in a text that is none; never those that would open a tag. */
function withSigns(text: string): string {
  if (!text.includes('&')) return text;
  const decoded = text.replace(/&(?:amp;)+/g, '&').replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, entity: string) => {
    const sign = character(entity);
    return sign === null || '<>&'.includes(sign) ? whole : sign;
  });
  return decoded === text ? text : withSigns(decoded);
}

const escaped = (text: string): string => text.replace(/</g, '\\<');

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  euro: '€',
  copy: '©',
  reg: '®',
  trade: '™',
  middot: '·',
  bull: '•',
  shy: '',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  euml: 'ë',
  iuml: 'ï',
  agrave: 'à',
  ccedil: 'ç',
};

function character(entity: string): string | null {
  if (!entity.startsWith('#')) return Object.hasOwn(entities, entity) ? entities[entity]! : null;
  const code = /^#x/i.test(entity) ? parseInt(entity.slice(2), 16) : parseInt(entity.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
