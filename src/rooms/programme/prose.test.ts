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
  expect(prose('[site](https://example.org)')).toBe('<p><a href="https://example.org" rel="noreferrer nofollow">site</a></p>\n');
});
