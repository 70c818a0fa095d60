import { expect, test } from 'vitest';
import { faultsIn, newStory, storyHtml, storyIn } from './story.ts';

test('a text that everybody can read has no faults', () => {
  expect(faultsIn('Begin.\n\n## Kop\n\n### Onder\n\nZie [het verslag](https://example.org).\n\n## Nog een')).toEqual([]);
});

test('headings that skip, links that say nothing, pictures in the text and text too deep are found', () => {
  expect(faultsIn('### Te diep')).toEqual(['headings-skip']);
  expect(faultsIn('# Kop\n\n#### Te diep')).toEqual(['headings-skip']);
  const links = ['hier', 'Klik hier', 'lees meer', 'here', 'https://example.org'].map((text) => `[${text}](https://example.org)`);
  expect(links.map(faultsIn)).toEqual(links.map(() => ['link-says-nothing']));
  expect(faultsIn('![foto](https://example.org/a.png)')).toEqual(['picture-in-text']);
});

test('a text does no harm and its headings stand below the title', () => {
  expect(storyHtml('# Kop\n\n<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))')).not.toMatch(
    /<script|<img|onerror|href="javascript/,
  );
  expect(storyHtml('# Kop').trim()).toBe('<h2>Kop</h2>');
});

test('a story needs a title, readable codes, and of a photo what it shows or that it decorates', () => {
  expect(storyIn({ ...newStory, sessions: 'geen code!' }, true)).toEqual({
    problems: { titleNl: 'story-title-missing', sessions: 'story-sessions-unreadable', alternative: 'alternative-missing' },
  });
  expect(storyIn({ ...newStory, titleNl: 'Goed', isDecorative: true, alternative: 'Zaal' }, true)).toEqual({
    problems: { alternative: 'alternative-and-decorative' },
  });
  expect('written' in storyIn({ ...newStory, titleNl: 'Goed', sessions: 'abc123, DEF456' }, false)).toBe(true);
});
