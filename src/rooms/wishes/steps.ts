// What an organiser does with a window, one step before it is done.
import type { WindowState } from './window.ts';

export const steps = ['sluit', 'bevestig', 'opnieuw', 'afblazen'] as const;
export type Step = (typeof steps)[number];

/** What can be done with a window as it is now, the main thing first. */
export const stepsOf: Readonly<Record<WindowState, readonly Step[]>> = {
  planned: ['afblazen'],
  open: ['sluit', 'afblazen'],
  closed: ['afblazen'],
  drawing: ['afblazen'],
  drawn: ['bevestig', 'opnieuw', 'afblazen'],
  confirmed: [],
  'called-off': [],
};

/** The step that the address names, when it can be done now. */
export const stepIn = (named: string | null, state: WindowState): Step | null => stepsOf[state].find((step) => step === named) ?? null;

const dones = ['gepland', 'veranderd', 'gesloten', 'opnieuw', 'bevestigd', 'afgeblazen'] as const;
export type Done = (typeof dones)[number];
/** What was done just now, as the address says, as long as it is the last thing that happened. */
export const doneIn = (named: string | null, state: WindowState): Done | null =>
  dones.find((done) => done === named && (state === 'closed' || state === 'drawing') === (done === 'gesloten' || done === 'opnieuw')) ?? null;
