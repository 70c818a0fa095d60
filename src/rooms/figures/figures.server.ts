// The door of figures.
export {};
