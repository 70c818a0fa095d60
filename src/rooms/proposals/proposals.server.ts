// The door of proposals.
export { copyCall } from './copy.server.ts';
