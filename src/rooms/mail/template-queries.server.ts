import { sql, type Kysely } from 'kysely';
import type { EditionId, PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Language } from '#ground/visit.ts';
import type { Changeable } from './forms.ts';
import type { Wording } from './wording.ts';
import type { Template } from './templates.server.ts';

type Db = Kysely<DB>;
interface Which {
  readonly of: EditionId | null;
  readonly kind: Changeable;
  readonly language: Language;
  readonly revision: number;
}
interface By {
  readonly now: Date;
  readonly person: { readonly id: PersonId } | null;
}

const columns = sql`kind, language, case when subject is not null then jsonb_build_object('subject', subject, 'body', body) end as wording,
  revision > 1 or subject is not null as "hasBefore", revision, changed_at as "changedAt"`;

export async function templatesOf(db: Db, of: EditionId | null): Promise<readonly Template[]> {
  const { rows } = await sql<Template>`
    select ${columns} from letter_templates where edition_id is not distinct from ${of}::uuid order by kind, language limit 200`.execute(db);
  return rows;
}

export async function template(db: Db, of: EditionId | null, kind: Changeable, language: Language): Promise<Template | null> {
  const { rows } = await sql<Template>`
    select ${columns} from letter_templates
    where edition_id is not distinct from ${of}::uuid and kind = ${kind} and language = ${language}`.execute(db);
  return rows[0] ?? null;
}

/** The words for a letter about an edition, or about none; null: those of the house. */
export async function wordingFor(db: Db, slug: string | null, kind: Changeable, language: Language): Promise<Wording | null> {
  const { rows } = await sql<Wording>`
    select t.subject, t.body from letter_templates t left join editions e on e.id = t.edition_id
    where t.kind = ${kind} and t.language = ${language} and t.subject is not null and e.slug is not distinct from ${slug}`.execute(db);
  return rows[0] ?? null;
}

/** False when somebody changed it meanwhile. No wording: the words of the house. */
export async function write(
  db: Db,
  id: string,
  { of, kind, language, revision }: Which,
  wording: Wording | null,
  { now, person }: By,
): Promise<boolean> {
  const [subject, body] = [wording?.subject ?? null, wording?.body ?? null];
  const { rows } =
    revision === 0
      ? await sql`
        insert into letter_templates (id, edition_id, kind, language, subject, body, changed_at, changed_by)
        values (${id}, ${of}, ${kind}, ${language}, ${subject}, ${body}, ${now}, ${person?.id ?? null})
        on conflict do nothing returning id`.execute(db)
      : await sql`
        update letter_templates set subject = ${subject}, body = ${body}, before_subject = subject, before_body = body,
          revision = revision + 1, changed_at = ${now}, changed_by = ${person?.id ?? null}
        where edition_id is not distinct from ${of}::uuid and kind = ${kind} and language = ${language} and revision = ${revision} returning id`.execute(
          db,
        );
  return rows.length > 0;
}

/** What is there and what was there before change places. */
export async function swap(db: Db, { of, kind, language, revision }: Which, { now, person }: By): Promise<boolean> {
  const { rows } = await sql`
    update letter_templates set subject = before_subject, body = before_body, before_subject = subject, before_body = body,
      revision = revision + 1, changed_at = ${now}, changed_by = ${person?.id ?? null}
    where edition_id is not distinct from ${of}::uuid and kind = ${kind} and language = ${language} and revision = ${revision} returning id`.execute(
    db,
  );
  return rows.length > 0;
}
