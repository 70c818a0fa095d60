import type { Text } from '#ground/text.ts';

/** A public body, company or community that people work for or that hosts sessions; one list for all editions. */
export interface Organisation {
  readonly slug: string;
  readonly name: Text;
}

/** What an organisation says of itself. */
export interface AboutOrganisation {
  readonly name: Text;
  readonly about: Text;
  readonly website: string | null;
}
