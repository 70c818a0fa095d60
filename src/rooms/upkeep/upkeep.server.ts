// The door of upkeep: what is closed for a while, what failed, and how the house is kept.
export { announce, closeForChanges, endAnnouncement, isReadOnly, notices, openForChanges } from './notices.server.ts';
export { countsOfFailed, dropFailed, failed, tryAgain } from './failed.server.ts';
