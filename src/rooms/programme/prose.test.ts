import fc from 'fast-check';
import { marked } from 'marked';
import { expect, test } from 'vitest';
import { prose } from './prose.ts';

test('plain text becomes paragraphs, Markdown its marks, headings stand below those of the page', () => {
  expect(prose('Een\n\nTwee **sterk**\n\n# Kop\n\n- a\n- b')).toBe(
    '<p>Een</p>\n<p>Twee <strong>sterk</strong></p>\n<h3>Kop</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n',
  );
  expect(prose('  ')).toBe('');
});

test('nothing that runs, styles or fetches comes through', () => {
  const hostile =
    '<script>alert(1)</script><img src=x onerror=alert(1)><p style="color:red" onclick="x()">tekst</p><a href="javascript:alert(1)">klik</a>\n\n[md](javascript:alert(1)) <iframe src="https://example.org"></iframe><svg onload=alert(1)>';
  const html = prose(hostile);
  expect(html).not.toMatch(/script|onerror|onclick|onload|style|img|iframe|svg/i);
  expect(html).toContain('tekst');
});

test('a link stays, and tells the other side nothing', () => {
  expect(prose('[site](https://example.org)')).toBe('<p><a href="https://example.org" rel="nofollow noopener noreferrer ugc">site</a></p>\n');
});

const link = 'a(?: rel="nofollow noopener noreferrer ugc"| href="(?:https?:\\/\\/|mailto:|\\/(?!\\/)|#)[^"<>]*"){1,2}|\\/a';
const allowed = new RegExp(`^<(?:\\/?(?:p|ul|ol|li|strong|em|blockquote|code|pre|h3|h4)|br \\/|${link})>$`);
/** The tags in markup that are not exactly of the few that we allow. */
const foreignIn = (html: string): string[] => (html.match(/<[^>]*>?/g) ?? []).filter((tag) => !allowed.test(tag));

// What has got past other Markdown or other sanitisers.
const known = [
  '<img src="x` `<script>alert(1)</script>"` `>',
  '<a href="jav&#x09;ascript:alert(1)">a</a>',
  '[a](javascript&colon;alert(1))',
  '[a](\u0001javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a](vbscript:msgbox(1))',
  '[a](//elsewhere.example.org)',
  '![a](https://elsewhere.example.org/a.png)',
  '![a](x"onerror="alert(1))',
  '[a](https://a.example.org "x\" onmouseover=\"alert(1)")',
  '<https://a.example.org/"onclick="alert(1)>',
  '```"><script>alert(1)</script>\na\n```',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<form action="https://elsewhere.example.org"><input name=q><button>a',
  '<textarea></p><script>alert(1)</script>',
  '<xmp><p title="</xmp><svg/onload=alert(1)>">',
  '<style>@import "https://elsewhere.example.org"</style><link rel=stylesheet href=//elsewhere.example.org>',
  '<base href="https://elsewhere.example.org"><meta http-equiv=refresh content="0;url=//elsewhere.example.org">',
  '<h1 id=main class=alert>Kop</h1><p id=location>',
  '<a target=_top rel=opener href="https://a.example.org">a</a>',
  '<option><style></option></select><b><img src=xx: onerror=alert(1)></style></option>',
];

test('of what got past others, only the few tags that we allow are left', () => {
  expect(known.flatMap((text) => foreignIn(prose(text)))).toEqual([]);
});

test('whatever somebody writes, only the few tags that we allow come out, and a page keeps its one heading of the first level', () => {
  const piece = fc.oneof(
    fc.constantFrom(...known),
    fc.string({ maxLength: 20 }),
    fc.constantFrom('<', '>', '"', '`', '[', '](', '\n# ', '\n> ', '\n- ', '&#', '<!--', '-->', '<![CDATA[', '</'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      expect(foreignIn(prose(pieces.join('')))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('without the look afterwards the same texts would do harm', () => {
  const unsafe = known.filter((text) => foreignIn(marked.parse(text, { async: false })).length > 0);
  expect(unsafe.length).toBeGreaterThan(15);
});

test('a text that is nested very deep, or very long, takes no time and breaks nothing', () => {
  for (const piece of ['>', '- ', '[', '*a_', '<p>', '![', '`', '((', '# ', '&']) expect(foreignIn(prose(piece.repeat(3000)))).toEqual([]);
});
