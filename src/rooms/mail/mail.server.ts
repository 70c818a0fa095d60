// The door of the mail: who is told what stands in reactions.server.ts, what a letter says in kinds.ts.
export { deliverDue, startPostman, wakePostman, type Postman } from './postman.server.ts';
export { carrierFor, type Carrier } from './carrier.server.ts';
export { reactions } from './reactions.server.ts';
export { forgetPaper, lastLetter } from './farewell.server.ts';
export { carryAgain, countGivenUp, givenUp, putAside, type GivenUp } from './given-up.server.ts';
