import { readCsv } from './csv.ts';
import { isHalfnarp, readHalfnarp } from './halfnarp.ts';
import { isCalendar, readCalendar } from './ics.ts';
import { isUnreadable, unreadable, type Unreadable } from './imported.ts';
import { parseJson } from './json.ts';
import type { Mapping } from './mapping.ts';
import type { RawProgramme } from './raw.ts';
import { isScheduleJson, readScheduleJson } from './schedule-json.ts';
import { readScheduleXml } from './schedule-xml.ts';
import { isSessionize, readSessionize } from './sessionize.ts';
import { parseXml } from './xml.ts';

/** Which format it is, by what it says and never by the name of the file. */
export function recognise(text: string, sheet: Mapping): RawProgramme | Unreadable {
  const first = text.trimStart()[0];
  if (first === '<') {
    const document = parseXml(text.trimStart());
    return isUnreadable(document) ? document : readScheduleXml(document);
  }
  if (isCalendar(text)) return readCalendar(text);
  if (first !== '{' && first !== '[') return readCsv(text, sheet);
  const json = parseJson(text);
  if (isUnreadable(json)) return json;
  if (isScheduleJson(json.value)) return readScheduleJson(json.value);
  if (isHalfnarp(json.value)) return readHalfnarp(json.value);
  if (isSessionize(json.value)) return readSessionize(json.value);
  return unreadable('unknown');
}
