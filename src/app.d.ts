import type { Edition } from '#rooms/programme/edition.ts';
import type { Place } from '#ground/address.ts';
import type { Visit } from '#ground/visit.ts';

declare global {
  namespace App {
    interface Locals {
      visit: Visit;
      place: Place;
      /** The edition that the address names, else the current one; null when there is none of that name, or none at all. */
      edition: Edition | null;
    }
    interface Error {
      message: string;
      /** The number to mention when asking for help. */
      request?: string;
    }
  }
}
export {};
