import type { Edition } from '#rooms/programme/edition.ts';
import type { Place } from '#ground/address.ts';
import type { Visit } from '#ground/visit.ts';
import type { Notices } from '#rooms/upkeep/notice.ts';

declare global {
  namespace App {
    interface Locals {
      visit: Visit;
      place: Place;
      /** The edition that the address names, else the current one; null when there is none of that name, or none at all. */
      edition: Edition | null;
      notices: Notices;
      /** What was sent while nothing can be changed: where to, and what was filled in. */
      notSent?: { readonly to: string; readonly fields: readonly (readonly [string, string])[]; readonly hadFiles: boolean };
    }
    interface Error {
      message: string;
      /** The number to mention when asking for help. */
      request?: string;
    }
  }
}
export {};
