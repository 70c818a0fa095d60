import fc from 'fast-check';
import { expect, test } from 'vitest';
import { address, body, line } from './plain.ts';

test('HTML becomes Markdown: paragraphs, lists, links and emphasis', () => {
  expect(
    body(
      '<h2>Why</h2><p>We <strong>learn</strong> &amp; <em>share</em>.<br/>Twice.</p>\r\n<ul><li>one</li><li>two</li></ul><p>See <a href="https://example.org/a?b=1&amp;c=2">there</a></p>',
    ),
  ).toBe('### Why\n\nWe **learn** & *share*.\nTwice.\n\n- one\n- two\n\nSee [there](https://example.org/a?b=1&c=2)');
});

test('script, style and comments go, with what is in them', () => {
  expect(body('<p>a</p><script>alert("<p>x</p>")</script><style>p{}</style><!-- <b>c</b> --><p onclick="x()">d</p>')).toBe('a\n\nd');
});

test('an address that runs script is no link', () => {
  expect(body('<p><a href="javascript:alert(1)">press</a> <a href="data:text/html,x">here</a></p>')).toBe('press here');
  expect(['javascript:alert(1)', 'https://', 'ftp://example.org', '//example.org', 'https://example.org/a b'].map(address)).toEqual([
    '',
    '',
    '',
    '',
    '',
  ]);
});

test('text that only looks a bit like HTML stays as it is', () => {
  for (const text of ['a < b and c > d', 'List<String> in Java', 'mail <someone@example.org>', 'see <https://example.org>', '* one\n* two'])
    expect(body(text)).toBe(text);
});

test('signs written for HTML become signs, but never a tag', () => {
  expect(body('wait&mdash;what &amp;amp; why &quot;so&quot; &lt;b&gt;')).toBe('wait—what & why "so" &lt;b&gt;');
  expect(line('Q&amp;A about R&amp;D &#39;now&#39; &lt;b&gt;<br>then')).toBe("Q&A about R&D 'now' &lt;b&gt; then");
});

test('a tag that was written as text stays text', () => {
  expect(body('<p>The &lt;p&gt; tag</p>')).toBe('The \\<p> tag');
});

test('control characters, halves of characters and old line ends go', () => {
  expect(body('a\u0000b\u0007c\ud800d\r\ne\rf\ufffe')).toBe('abc\ufffdd\ne\nf');
});

test('a title is one line without mark-up, and keeps what is about mark-up', () => {
  expect(line('  <b>Big</b>\n <i class="x">news</i> ')).toBe('Big news');
  expect(line('<<b>b>nested</<b>b>')).toBe('nested');
  expect(line('XSS: <script>alert(1)</script>')).toBe('XSS: <script>alert(1)</script>');
});

test('doing it twice changes nothing, whatever the text', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<a href="https://example.org">',
    '</a>',
    '<li>',
    '&lt;',
    '&amp;',
    '&lt;p&gt;',
    '<',
    '>',
    '\\',
    '*',
    '`',
    ' ',
    '\n',
    'word',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<br/>',
    '\u0000',
    '&#60;',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const once = body(pieces.join(''));
      expect(body(once)).toBe(once);
      const title = line(pieces.join(''));
      expect(line(title)).toBe(title);
    }),
    { numRuns: 2_000 },
  );
});

test('a long hostile text takes no time', () => {
  const from = performance.now();
  for (const bad of ['<!--', '<p', '&nbsp; ', '<script>', '<a href="', '<b>', '[', '\\<', '<p '.repeat(2)])
    body(`<p>${bad.repeat(200_000 / bad.length)}`);
  expect(performance.now() - from).toBeLessThan(3_000);
});
