import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor } from "@/lib/shared/actor";
import { toLocalPath } from "@/lib/shared/local-path";
import { PATH_HEADER } from "@/lib/shared/request-headers";
import { cookieNames } from "./cookies";
import { findActor } from "./session";

/** The caller of the page being rendered, or null; one look-up a render. */
export const findPageActor = cache(async (): Promise<Actor | null> => {
  const jar = await cookies();
  return findActor(jar.get(cookieNames().session)?.value);
});

/** The caller of a page that needs one; sends everybody else to sign in, and back here afterwards. */
export async function requirePageActor(): Promise<Actor> {
  const actor = await findPageActor();
  if (actor) return actor;
  const path = toLocalPath((await headers()).get(PATH_HEADER));
  redirect(path && path !== "/chat" ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in");
}

/** The same for a page of administrators; to everybody else there is no such page. */
export async function requirePageAdministrator(): Promise<Actor> {
  const actor = await requirePageActor();
  if (actor.role !== "administrator") notFound();
  return actor;
}
