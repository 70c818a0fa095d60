// Making an edition, whole or after an earlier one: each room copies what is its own, all at once or not at all.
import { atOnce } from '#ground/database.server.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { copyLetters } from '#rooms/mail';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { lengthOf, type Part, type WrittenEdition } from '#rooms/programme/edition-form.ts';
import { copyCall } from '#rooms/proposals';
import { copyVenues } from '#rooms/schedule';

/** Makes an edition that begins with these parts of another. Never people's data. */
export const makeAfter = (
  visit: Visit,
  from: Edition,
  parts: readonly Part[],
  written: WrittenEdition,
): Promise<Edition | Refusal<'edition-name-taken'>> =>
  atOnce(visit, async (visit) => {
    const has = (part: Part) => parts.includes(part);
    const made = await programme.makeEdition(visit, has('rules') ? { ...written, rules: from.rules } : written);
    if (isRefusal(made)) return made;
    await programme.copyInto(visit, from, made, { themes: has('themes'), sessions: has('sessions') });
    // The call opens and closes as long before the first day as it did.
    if (has('call')) await copyCall(visit, from, made, lengthOf(from.startsOn, made.startsOn) - 1);
    if (has('venues')) await copyVenues(visit, from, made);
    if (has('letters')) await copyLetters(visit, from, made);
    return made;
  });
