// What follows for seats from what happened elsewhere.
import type { Reaction } from '#rooms/journal';
import { passHouse } from './desk.server.ts';
import * as queries from './queries.server.ts';

export const reactions: readonly Reaction[] = [
  {
    name: 'who waits moves up when a session is moved to later',
    to: ['session-changed'],
    run: async (visit, { session }) => {
      const code = session && (await queries.codeOf(visit.db, session));
      if (session && code) await passHouse(visit, { id: session, code }, () => Promise.resolve());
    },
  },
];
