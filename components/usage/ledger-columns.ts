/** Class of the ledger's columns for which a phone has no room; their values are among the details there. */
export const WIDE = "max-sm:hidden";
