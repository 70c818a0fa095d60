// Every kind of letter there is, once. What each says stands beside it by subject: about-account.ts, about-sessions.ts, about-programme.ts.
export const kinds = [
  'sign-in-code',
  'registration-confirmed',
  'seat-moved-up',
  'seat-offered',
  'seat-offer-expired',
  'seat-placed',
  'seat-removed',
  'session-changed',
  'session-cancelled',
  'wishes-confirmed',
  'passkey-added',
  'passkey-removed',
  'role-granted',
  'role-removed',
  'token-made',
  'webhook-paused',
  'account-unused',
  'erased',
] as const;
export type Kind = (typeof kinds)[number];
