// The door of newsroom.
export {};
