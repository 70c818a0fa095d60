import { say, type Text } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import { dayName, local } from '#rooms/programme/when.ts';
import { sentence, words } from '#words';
import { moment } from '#rooms/programme/moment.ts';
import { isLive, type Answered, type Why, type Window } from './window.ts';

/** Why a wish was granted or not, as a sentence; a session in it is called by its title. */
export function whySaid({ code, values }: Why, titles: ReadonlyMap<string, Text>, language: Language): string {
  const told = Object.entries(values).map(([name, value]) => {
    const title = name === 'session' ? titles.get(String(value)) : undefined;
    return [name, title ? say(title, language).text : name === 'price' ? Math.round(Number(value) * 100) : value] as const;
  });
  return sentence(language, `wishes.why-${code}`, Object.fromEntries(told));
}

/** What somebody got, what they stand in line for, and what neither. */
export const fateOf = ({ given, line }: Pick<Answered, 'given' | 'line'>): 'given' | 'line' | 'none' => (given ? 'given' : line ? 'line' : 'none');

const aWhile = 14 * 86_400_000;
/** Whether there is something to say about a window to somebody who passes by: it comes soon, runs, or was answered lately. */
const isTold = (window: Pick<Window, 'state' | 'opensAt' | 'confirmedAt'>, now: Date): boolean =>
  isLive(window)
    ? window.opensAt.getTime() - now.getTime() < aWhile
    : window.confirmedAt !== null && now.getTime() - window.confirmedAt.getTime() < aWhile;

/** The window that matters most to somebody who passes by: the one that is open, else the one that goes on, else the one answered last. */
export function mostTold<One extends Pick<Window, 'state' | 'opensAt' | 'confirmedAt'>>(windows: readonly One[], now: Date): One | null {
  const told = windows.filter((window) => isTold(window, now));
  return told.find(({ state }) => state === 'open') ?? told.find(isLive) ?? told[0] ?? null;
}

/** What a window is called: 'Wensperiode van 3 november tot en met 10 november'. */
export function calledAs({ opensAt, closesAt }: Pick<Window, 'opensAt' | 'closesAt'>, timeZone: string, language: Language): string {
  const day = (at: Date): string => dayName(local(at, timeZone).day, language, 'long').split(' ').slice(1).join(' ');
  const [from, until] = [day(opensAt), day(closesAt)];
  return words(language)(from === until ? 'wishes.windowOfDay' : 'wishes.windowCalled', { from, until });
}

/** How far a window is, in a sentence or two. */
export const stateSaid = (
  { state, opensAt, closesAt }: Pick<Window, 'state' | 'opensAt' | 'closesAt'>,
  timeZone: string,
  language: Language,
): string => words(language)(`wishes.state-${state}`, { from: moment(opensAt, timeZone, language), until: moment(closesAt, timeZone, language) });
