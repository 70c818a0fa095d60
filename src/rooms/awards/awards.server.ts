// The door of awards.
export {};
