// A story as a document that everybody can open and read: the same text, with its headings, its language and what the
// photo shows.
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { htmlToOdt } from 'odf-kit';
import sanitize from 'sanitize-html';
import sharp from 'sharp';
import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import { storyHtml, type Story } from './story.ts';

/** `photo` is the picture itself, `said` what stands under the title (who and when) and under the photo. */
export async function documentOf(
  story: Story,
  language: Language,
  { photo, byline, credit }: { readonly photo: Buffer | null; readonly byline: string; readonly credit: string },
): Promise<Uint8Array> {
  const [title, lead, body] = [say(story.title, language), say(story.lead, language), say(story.body, language)];
  // Not every program for documents knows WebP.
  // A photo that cannot be read keeps nobody from the text.
  const picture =
    photo &&
    (await sharp(photo)
      .jpeg({ quality: 85 })
      .toBuffer()
      .catch(() => null));
  const html = [
    `<h1>${plain(title.text)}</h1>`,
    byline && `<p>${plain(byline)}</p>`,
    lead.text && `<p><strong>${plain(lead.text)}</strong></p>`,
    picture && `<img src="data:image/jpeg;base64,${picture.toString('base64')}" alt="${plain(story.photoAlternative ?? '')}" />`,
    picture && credit && `<p>${plain(credit)}</p>`,
    storyHtml(body.text),
  ];
  const made = unzipSync(
    await htmlToOdt(html.filter(Boolean).join('\n'), { pageFormat: 'A4', metadata: { title: title.text, creator: story.byline } }),
  );
  const edit = (name: string, change: (xml: string) => string): void => {
    const file = made[name];
    if (file) made[name] = strToU8(change(strFromU8(file)));
  };
  edit('styles.xml', (xml) => inLanguage(xml, body.text ? body.lang : title.lang));
  edit('meta.xml', (xml) => xml.replace('</office:meta>', `<dc:language>${title.lang}</dc:language></office:meta>`));
  if (story.photo !== null) {
    const height = ((10 * story.photo.height) / story.photo.width).toFixed(2);
    edit('content.xml', (xml) => xml.replace('svg:width="10cm"', `svg:width="10cm" svg:height="${height}cm"`));
  }
  // The kind stands in front and is not packed, so that a program can see what it is.
  const { mimetype, ...rest } = made;
  const all: Zippable = { mimetype: [mimetype ?? strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }], ...rest };
  return zipSync(all);
}

/** What is read aloud is read in this language. */
const countries: Readonly<Record<string, string>> = { nl: 'NL', en: 'GB' };
function inLanguage(xml: string, lang: string): string {
  const said = `fo:language="${plain(lang)}" fo:country="${countries[lang] ?? 'none'}"`;
  const style = `<style:default-style style:family="paragraph"><style:text-properties ${said}/></style:default-style>`;
  const whole = xml.replace(/(<style:default-style style:family="paragraph">[\s\S]*?<style:text-properties)/, `$1 ${said}`);
  if (whole !== xml) return whole;
  return xml.includes('<office:styles>') ? xml.replace('<office:styles>', `<office:styles>${style}`) : xml;
}

const plain = (text: string): string => sanitize(text, { allowedTags: [], disallowedTagsMode: 'escape' }).replaceAll('"', '&quot;');
