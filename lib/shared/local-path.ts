/** An origin that no address of ours has, to find out whether one leaves. */
const NOWHERE = "http://nowhere.invalid";

/** Path and query of a page of ours; null for what leads elsewhere, is no page, or is no address at all. */
export function toLocalPath(text: string | null | undefined): string | null {
  if (!text?.startsWith("/") || !URL.canParse(text, NOWHERE)) return null;
  const url = new URL(text, NOWHERE);
  // Dots in a path are resolved away, and may leave two slashes at its beginning: another host.
  const isOurs = url.origin === NOWHERE && !/^\/(\/|(api|sign-in|setup)(\/|$))/.test(url.pathname);
  return isOurs ? url.pathname + url.search : null;
}
