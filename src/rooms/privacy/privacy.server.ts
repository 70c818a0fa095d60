// The door of privacy: what is kept of somebody, to take along, to have erased, and for how long.
export { erase, eraseAgain, eraseMe, finishErasing, keepErased, type Keeping } from './erase.server.ts';
export { takeAlong } from './take-along.server.ts';
export { forgetWhatIsOver } from './retention.server.ts';
export { withdraw } from './consent.server.ts';
export { erasedIn } from './erased-list.server.ts';
