/**
 * The rooms from top to bottom. A room opens the doors of rooms above it, never below, and reacts only to rooms above;
 * house.test.ts checks it. Reads as the table of contents.
 */
export const order = [
  'journal', // what happened, who did it
  'identity', // people, organisations, sign-in, access
  'programme', // editions, themes, sessions, deepening chains
  'seats', // every choice is a seat: places, waiting list, shares, the door
  'wishes', // wishes first, then a fair draw
  'itinerary', // my programme: choose, swap, undo, overlap
  'compose', // two that fit and one surprise, each with its reason
  'registration', // the guide: draft, steps, submit
  'calendar', // iCalendar files and feeds
  'library', // materials of sessions
  'newsroom', // news and interviews
  'proposals', // the call for sessions, what was proposed, and what the committee makes of it
  'schedule', // the board: where and when, as a draft and as it was told
  'figures', // where we stand against what we wanted
  'handbook', // how such a month is made, and how far this one is
  'exchange', // import and export of programmes
  'mail', // letters: what is told to whom, and the outbox
  'webhooks', // programs of others that are told what happened
  'privacy', // what is kept of somebody, and for how long: read it, take it along, have it erased
  'upkeep', // how the house is kept: backups, what failed, what is closed for a while
] as const;
