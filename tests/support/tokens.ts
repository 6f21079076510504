/** A token of the simulator by the end of its number. */
export const tokenOf = (end: string) => `ms-00000000-0000-4000-8000-${end.padStart(12, "0")}`;
