/** Pages are read without script; the guide and my programme say otherwise for themselves. */
export const csr = false;
