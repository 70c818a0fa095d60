// The door of the schedule: where and when every session is meant to be, and what of that was told. Participants see what
// was released and nothing else.
export { boardOf } from './board.server.ts';
export { copyVenues } from './copy.server.ts';
export { attendableShare, figures } from './figures.server.ts';
export { chooseSlot, ownChoice, sayAvailable, sayUnavailable, unavailable } from './hosts.server.ts';
export {
  acceptOptimisation,
  askOptimisation,
  dropOptimisation,
  instanceOf,
  lastOptimisation,
  startOptimising,
  type Optimisation,
  type ProposedMove,
} from './optimise.server.ts';
export { pin, place, redo, undo, undoable, type MovedMeanwhile, type NotPlaced, type Undoable } from './place.server.ts';
export { changesToRelease, release, releases, toldChanges, type Released, type ToRelease } from './release.server.ts';
export {
  changeVenue,
  makeSlots,
  makeVenue,
  openSlots,
  removeSlots,
  removedVenueName,
  removeVenue,
  restoreVenue,
  slots,
  venues,
  type TypedVenue,
} from './venues.server.ts';
