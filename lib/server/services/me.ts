import "server-only";
import type { Actor } from "@/lib/shared/actor";
import type { UpdateMeBody } from "@/lib/shared/schemas/me";
import { findChoices, updatePreferences } from "../db/users";

/** What the user chose beside language and theme. */
export function getChoices({ userId }: Actor): Promise<{ autoTitles: boolean }> {
  return findChoices(userId);
}

/** Stores what the user chose; what is absent stays. */
export async function updateMe(actor: Actor, changes: UpdateMeBody): Promise<void> {
  await updatePreferences(actor.userId, {
    ...(changes.locale !== undefined && { locale: changes.locale }),
    ...(changes.theme !== undefined && { theme: changes.theme }),
    ...(changes.autoTitles !== undefined && { autoTitles: changes.autoTitles }),
  });
}
