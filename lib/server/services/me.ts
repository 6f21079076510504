import "server-only";
import type { Actor } from "@/lib/shared/actor";
import type { UpdateMeBody } from "@/lib/shared/schemas/me";
import { updatePreferences } from "../db/users";

/** Stores the language or theme the user chose; what is absent stays. */
export async function updateMe(actor: Actor, changes: UpdateMeBody): Promise<void> {
  await updatePreferences(actor.userId, {
    ...(changes.locale !== undefined && { locale: changes.locale }),
    ...(changes.theme !== undefined && { theme: changes.theme }),
  });
}
