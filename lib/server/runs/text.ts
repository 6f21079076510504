import "server-only";

/**
 * Joins text that arrives in pieces: drops NUL, which PostgreSQL cannot store, and holds back the
 * first half of a surrogate pair until its second half is there, so that no piece is ill-formed.
 */
export function createTextJoiner(): (piece: string) => string {
  let heldBack = "";
  return (piece) => {
    if (piece === "") return "";
    const text = heldBack + piece.replaceAll("\0", "");
    const last = text.charCodeAt(text.length - 1);
    const isHalf = last >= 0xd800 && last <= 0xdbff;
    heldBack = isHalf ? text.slice(-1) : "";
    return (isHalf ? text.slice(0, -1) : text).toWellFormed();
  };
}
