/** While a letter leaves, the page says by itself how far it is. */
export const csr = true;
