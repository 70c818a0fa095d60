// The door of schedule.
export {};
