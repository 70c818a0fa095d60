/** Of the API, as semantic versioning has it; the major one stands in the address. */
export const version = '1.1.0';
