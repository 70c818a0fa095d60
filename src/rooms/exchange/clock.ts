// Days and times as people type them in a sheet: Dutch, English and ISO.

const months: Readonly<Record<string, number>> = Object.fromEntries(
  ['jan', 'feb', 'maa', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec']
    .map((name, at) => [name, at + 1] as const)
    .concat([
      ['mrt', 3],
      ['mar', 3],
      ['may', 5],
      ['oct', 10],
    ]),
);

export interface Typed {
  /** YYYY-MM-DD */
  readonly day: string | null;
  /** HH:MM */
  readonly time: string | null;
  /** The whole, when it was written the ISO way, perhaps with an offset. */
  readonly full: string | null;
  /** What could not be read. */
  readonly rest: string;
}

/** A day, a time, or both; the day comes before the month. */
export function readTyped(text: string): Typed {
  const cell = text.trim().slice(0, 80);
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}/.test(cell)) return { day: cell.slice(0, 10), time: null, full: cell, rest: '' };
  const { day, rest } = dayIn(cell);
  const found = /^[,\s]*(?:om\s+|at\s+|t)?(\d{1,2})(?:[:.uh](\d{2}))?(?:[:.]\d{2})?\s*(uur|u|h|am|pm)?\s*$/i.exec(rest);
  const hasTime =
    found !== null && (found[2] !== undefined || found[3] !== undefined) && !(found[2] === undefined && day === null && found[3] === undefined);
  if (!found || !hasTime) return { day, time: null, full: null, rest: rest.replace(/^[,\s]+/, '') };
  const late = /pm/i.test(found[3] ?? '') && Number(found[1]) < 12 ? 12 : /am/i.test(found[3] ?? '') && Number(found[1]) === 12 ? -12 : 0;
  return { day, time: `${String(Number(found[1]) + late).padStart(2, '0')}:${found[2] ?? '00'}`, full: null, rest: '' };
}

function dayIn(text: string): { day: string | null; rest: string } {
  const bare = text.replace(/^(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i, '');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(bare);
  if (iso) return { day: dayOf(iso[1]!, Number(iso[2]), iso[3]!), rest: bare.slice(iso[0].length) };
  const dutch = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/.exec(bare);
  if (dutch) return { day: dayOf(dutch[3]!, Number(dutch[2]), dutch[1]!), rest: bare.slice(dutch[0].length) };
  const spoken = /^(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})/i.exec(bare);
  const month = spoken ? months[spoken[2]!.toLowerCase()] : undefined;
  return spoken && month !== undefined
    ? { day: dayOf(spoken[3]!, month, spoken[1]!), rest: bare.slice(spoken[0].length) }
    : { day: null, rest: text };
}

const dayOf = (year: string, month: number, day: string): string =>
  `${year.length === 2 ? `20${year}` : year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;

/** '90', '90 min', '1:30', '1,5 uur', '1u30' as minutes or as it was. */
export function readDuration(text: string): string {
  const cell = text.trim().toLowerCase().slice(0, 40);
  const hours = /^(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:uur|u|hours?|h)$/.exec(cell);
  if (hours) return String(Math.round(Number(hours[1]!.replace(',', '.')) * 60));
  const both = /^(\d{1,2})\s*(?:u|h|uur)\s*(\d{1,2})/.exec(cell);
  if (both) return String(Number(both[1]) * 60 + Number(both[2]));
  return /^(\d{1,4})\s*(?:min|m|minuten|minutes)\.?$/.exec(cell)?.[1] ?? cell;
}
