/** An origin that no address of ours has, to find out whether one leaves. */
const NOWHERE = "http://nowhere.invalid";

/** Path and query of a page of ours; null for what leads elsewhere, is no page, or is no address at all. */
export function toLocalPath(text: string | null | undefined): string | null {
  if (!text?.startsWith("/") || !URL.canParse(text, NOWHERE)) return null;
  const url = new URL(text, NOWHERE);
  const isPage = url.origin === NOWHERE && !/^\/(api|sign-in|setup)(\/|$)/.test(url.pathname);
  return isPage ? url.pathname + url.search : null;
}
