import { POST as share } from "@/app/api/images/[id]/share/route";
import { POST as open } from "@/app/s/[slug]/open/route";
import { call, type TestUser } from "./api";

export const startShare = (user: TestUser, id: string, body: object = {}) =>
  call(share, { method: "POST", user, body, params: { id } });

/** Shares a picture and answers the secret part of its address. */
export async function shared(user: TestUser, id: string, body: object = {}): Promise<string> {
  const response = await startShare(user, id, body);
  const { url } = (await response.json()) as { url: string };
  return url.split("/s/")[1] ?? "";
}

export const openView = (slug: string) =>
  call(open, {
    method: "POST",
    params: { slug },
    // What a browser says of a form on a page without a referrer.
    headers: { origin: "null", "content-type": "application/x-www-form-urlencoded" },
  });

/** Uses up a view and answers its pass. */
export async function passOf(slug: string): Promise<string> {
  const location = (await openView(slug)).headers.get("location") ?? "";
  return new URLSearchParams(location.split("?")[1]).get("pass") ?? "";
}
