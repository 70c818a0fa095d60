/** The lines through the example month, in the order they are shown. */
export const themes: readonly { readonly slug: string; readonly nl: string; readonly en: string }[] = [
  { slug: 'technologie-en-data', nl: 'Technologie en data', en: 'Technology and data' },
  { slug: 'samen-werken', nl: 'Samen werken', en: 'Working together' },
  { slug: 'inkoop-en-start-ups', nl: 'Inkoop en start-ups', en: 'Procurement and start-ups' },
  { slug: 'mensen-en-leiderschap', nl: 'Mensen en leiderschap', en: 'People and leadership' },
  { slug: 'veilig-en-gezond', nl: 'Veilig en gezond', en: 'Safe and healthy' },
  { slug: 'proces-en-dienst', nl: 'Proces en dienst', en: 'Process and service' },
];
