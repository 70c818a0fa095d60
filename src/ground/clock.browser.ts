/** The clock of the reader's own device, which may be wrong: good for telling how long ago something was. */
export const nowHere = (): number => Date.now();
