/** What somebody says yes to, apart from everything else: what they need to take part, and their name at a door. */
export const purposes = ['access-needs', 'door-name'] as const;
export type Purpose = (typeof purposes)[number];

/** Which text they said yes to: goes up with every change of `privacy.consent-PURPOSE`; consent.test.ts sees to it. */
export const textVersions: Readonly<Record<Purpose, number>> = { 'access-needs': 1, 'door-name': 1 };

/** A yes, and when it was taken back or replaced by a newer one. */
export interface Consent {
  readonly purpose: Purpose;
  readonly textVersion: number;
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
}
