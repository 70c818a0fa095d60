// The forms of the themes of an edition, which stand on its page and in the wizard.
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { isThemeSlug, textIn, usualThemes } from '#rooms/programme/edition-form.ts';
import { fieldIn } from '#ui/field.ts';

interface Entered {
  readonly visit: Visit;
  readonly edition: Edition;
}

/** `back` is where somebody sees what they did. */
export function themeActions<Event extends RequestEvent>(
  enter: (event: Event) => Entered | Promise<Entered>,
  back: (event: Event, said: string) => string,
) {
  const typed = async (event: Event) => {
    const form = await event.request.formData();
    const field = (name: string) => fieldIn(form, name, 60);
    return { slug: fieldIn(form, 'slug', 80), nl: field('nl'), en: field('en'), was: textIn(field('was-nl'), field('was-en')), form };
  };
  const no = (answer: Refusal, { slug, nl, en }: { slug: string; nl: string; en: string }) =>
    fail(409, { theme: { slug, nl, en, name: `refused.${answer.refused}` } });
  const done = (event: Event, said: string): never => redirect(303, back(event, said));

  return {
    /** One more. */
    thema: async (event: Event) => {
      const { visit, edition } = await enter(event);
      const { nl, en } = await typed(event);
      if (nl === '' && en === '') return fail(400, { theme: { slug: '', nl, en, name: 'problem.theme-name-missing' } });
      const added = await programme.addTheme(visit, edition.slug, textIn(nl, en));
      return isRefusal(added) ? no(added, { slug: '', nl, en }) : done(event, 'thema');
    },
    /** The six that are offered to who has none. */
    standaard: async (event: Event) => {
      const { visit, edition } = await enter(event);
      for (const name of usualThemes) {
        const added = await programme.addTheme(visit, edition.slug, name);
        if (isRefusal(added) && added.refused !== 'theme-taken') return no(added, { slug: '', nl: '', en: '' });
      }
      return done(event, 'thema');
    },
    noem: async (event: Event) => {
      const { visit, edition } = await enter(event);
      const { slug, nl, en, was } = await typed(event);
      if (nl === '' && en === '') return fail(400, { theme: { slug, nl, en, name: 'problem.theme-name-missing' } });
      const named = await programme.renameTheme(visit, edition.slug, slug, was, textIn(nl, en));
      return isRefusal(named) ? no(named, { slug, nl, en }) : done(event, 'thema');
    },
    op: async (event: Event) => move(event, -1),
    neer: async (event: Event) => move(event, 1),
    weg: async (event: Event) => {
      const { visit, edition } = await enter(event);
      const { slug } = await typed(event);
      const gone = await programme.removeTheme(visit, edition.slug, slug);
      if (isRefusal(gone)) return no(gone, { slug, nl: '', en: '' });
      const said = new URLSearchParams({ weg: slug, nl: gone.name['nl'] ?? '', en: gone.name['en'] ?? '', plek: String(gone.position) });
      return redirect(303, back(event, said.toString()));
    },
    /** Puts back what was taken away just now. */
    terug: async (event: Event) => {
      const { visit, edition } = await enter(event);
      const { slug, nl, en, form } = await typed(event);
      const position = Number(fieldIn(form, 'plek', 3));
      if (!isThemeSlug(slug) || !Number.isInteger(position) || position < 0 || (nl === '' && en === '')) return done(event, 'thema');
      const added = await programme.addTheme(visit, edition.slug, textIn(nl, en), { slug, position });
      return isRefusal(added) ? no(added, { slug: '', nl, en }) : done(event, 'thema');
    },
  };

  async function move(event: Event, by: -1 | 1) {
    const { visit, edition } = await enter(event);
    const { slug } = await typed(event);
    const answer = await programme.moveTheme(visit, edition.slug, slug, by);
    return answer ? no(answer, { slug, nl: '', en: '' }) : done(event, 'thema');
  }
}

/** The themes as ThemeList shows them, and one that was taken away just now. */
export async function themesShown({ visit, edition }: Entered, { searchParams }: URL) {
  const [themes, use] = await Promise.all([programme.themes(visit, edition.id), programme.themeUse(visit, edition.id)]);
  const slug = searchParams.get('weg') ?? '';
  const field = (name: string) => (searchParams.get(name) ?? '').slice(0, 60);
  const isGone = isThemeSlug(slug) && !themes.some((theme) => theme.slug === slug);
  return {
    themes,
    use: Object.fromEntries(use),
    gone: isGone && edition.closedAt === null ? { slug, nl: field('nl'), en: field('en'), position: field('plek') } : null,
  };
}
