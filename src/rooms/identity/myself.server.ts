import type { Language, Visit } from '#ground/visit.ts';

/** What somebody told about themselves. */
export interface Myself {
  readonly language: Language;
  readonly name: string | null;
  readonly accessNeeds: string | null;
}

/** The visitor as they described themselves; null for who has not signed in. */
export async function myself({ db, person }: Visit): Promise<Myself | null> {
  if (!person) return null;
  const row = await db.selectFrom('people').select(['language', 'name', 'access_needs']).where('id', '=', person.id).executeTakeFirst();
  return row ? { language: row.language === 'en' ? 'en' : 'nl', name: row.name, accessNeeds: row.access_needs } : null;
}

/** In which language letters come. */
export async function speakTo({ db, person }: Visit, language: Language): Promise<void> {
  if (person) await db.updateTable('people').set({ language }).where('id', '=', person.id).execute();
}
