// The door of proposals.
export {};
