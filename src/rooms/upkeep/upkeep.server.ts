// The door of upkeep: what is closed for a while, what failed, and how the house is kept.
export { announce, closeForChanges, endAnnouncement, isReadOnly, notices, openForChanges } from './notices.server.ts';
export { countsOfFailed, dropFailed, failed, tryAgain } from './failed.server.ts';
export { backUp, backUpBefore, backUpWhenDue, report } from './backup/backup.server.ts';
export { finishRestore, restore, type NotRestored, type Restored } from './backup/restore.server.ts';
export { readBackup } from './backup/read.server.ts';
export { checkUp, type CheckedUp } from './backup/check-up.server.ts';
export { drill } from './backup/drill.server.ts';
export { identitiesIn, passphraseIn, whyNoLock, type Keys, type Lock } from './backup/lock.server.ts';
export { newestBackup } from './backup/folder.server.ts';
export { examine, type Finding } from './doctor/doctor.server.ts';
