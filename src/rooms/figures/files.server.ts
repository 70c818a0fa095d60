// The figures by day as a file: for any spreadsheet, or as a document of one.
import { OdsDocument } from 'odf-kit';
import type { Language } from '#ground/visit.ts';
import { csv } from '#rooms/seats/roll-csv.ts';
import { words } from '#words';
import { measures, type Day } from './figure.ts';

const rows = (days: readonly Day[], language: Language): readonly (readonly (string | number)[])[] => {
  const t = words(language);
  return [
    [t('figures.day'), ...measures.map((measure) => t(`figures.is-${measure}`))],
    ...days.map(({ day, figures }) => [day, ...measures.map((measure) => figures[measure] ?? t('figures.few'))]),
  ];
};

export const figuresCsv = (days: readonly Day[], language: Language): string =>
  csv(
    rows(days, language).map((cells) => cells.map(String)),
    language,
  );

export async function figuresOds(days: readonly Day[], language: Language): Promise<Uint8Array<ArrayBuffer>> {
  const document = new OdsDocument();
  const sheet = document.addSheet(words(language)('figures.title'));
  // A day is written as words: what begins like a formula never comes in.
  for (const cells of rows(days, language))
    sheet.addRow(cells.map((value) => (typeof value === 'number' ? value : { value, type: 'string' as const })));
  return new Uint8Array(await document.save());
}
