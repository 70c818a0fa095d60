/** What cannot be undone asks for a proof of so few minutes ago. */
export const freshMinutes = 15;
