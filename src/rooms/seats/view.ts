// What an organiser asks to see, as it stands in the address.
export const deskViews = ['straks', 'wachtlijst', 'geweest'] as const;
export type DeskView = (typeof deskViews)[number];
export const deskViewIn = (typed: string | null): DeskView => deskViews.find((view) => view === typed) ?? 'straks';

/** Whom of those on the roll: with a place, with a place to answer, in the line for the room or online, not come. */
export const rollViews = ['plaats', 'aangeboden', 'wachtlijst-zaal', 'wachtlijst-online', 'afwezig'] as const;
export type RollView = (typeof rollViews)[number];
export const rollViewIn = (typed: string | null): RollView => rollViews.find((view) => view === typed) ?? 'plaats';
