// The door of the mail: who is told what stands in reactions.server.ts, what a letter says in kinds.ts.
export { deliverDue, startPostman, wakePostman, type Postman } from './postman.server.ts';
export { copyLetters } from './copy.server.ts';
export { carrierFor, type Carrier } from './carrier.server.ts';
export { reactions } from './reactions.server.ts';
export { forgetPaper, lastLetter } from './farewell.server.ts';
export { carryAgain, countGivenUp, givenUp, putAside, type GivenUp } from './given-up.server.ts';
export { template, templatesOf, putInWords, restoreWords, takeBackWords, type Template } from './templates.server.ts';
export {
  changeMailing,
  forReview,
  mailingIn,
  mailingsOf,
  outbox,
  outboxCounts,
  reach,
  releaseMailing,
  removeMailing,
  resumeMailing,
  reviewed,
  reviewsChanges,
  setReviewsChanges,
  stopMailing,
  tryLetterAgain,
  writeMailing,
  type MailingRow,
  type OutboxState,
} from './mailings.server.ts';
export { choicesOf, choose, end, endingWith, takeBackEnd } from './choices.server.ts';
export { gatherDigests, remindOfTomorrow } from './digest.server.ts';
export { arrivesAgain, bounceOf, countBounced, readBounce } from './bounces.server.ts';
export { previewMailing, previewWords, sendTest, type Preview } from './preview.server.ts';
