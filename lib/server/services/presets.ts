import "server-only";
import type { Actor, UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { chatSettingsSchema } from "@/lib/shared/schemas/chat";
import type { CreatePresetBody, PatchPresetBody, Preset } from "@/lib/shared/schemas/preset";
import {
  countPresets,
  deletePreset,
  findPreset,
  findPresets,
  hasPresetName,
  insertPreset,
  type PresetRow,
  updatePreset,
} from "../db/presets";

const MAX_PRESETS = 200;

const toPreset = (userId: UserId, { user, ...row }: PresetRow): Preset => ({
  id: row.id,
  name: row.name,
  model: row.model,
  settings: chatSettingsSchema.safeParse(row.settings).data ?? {},
  isShared: row.isShared,
  isOwn: row.userId === userId,
  ownerName: user.name,
});

const nameTaken = () => new AppError("invalid_request", { fields: { name: { key: "nameTaken" } } });

async function readPreset(userId: UserId, id: string): Promise<Preset> {
  const row = await findPreset(userId, id);
  if (!row) throw new AppError("not_found");
  return toPreset(userId, row);
}

/** The user's own presets and those that the team shares. */
export async function listPresets({ userId }: Actor): Promise<Preset[]> {
  return (await findPresets(userId)).map((row) => toPreset(userId, row));
}

/** Throws `invalid_request` for a name that the user has given before, and past 200. */
export async function createPreset({ userId }: Actor, body: CreatePresetBody): Promise<Preset> {
  if ((await countPresets(userId)) >= MAX_PRESETS) {
    const fault = { key: "countMax", values: { max: MAX_PRESETS } };
    throw new AppError("invalid_request", { fields: { name: fault } });
  }
  const id = newId("preset");
  const { name, model, settings, isShared = false } = body;
  if (!(await insertPreset(userId, { id, name, model, settings, isShared }))) throw nameTaken();
  return readPreset(userId, id);
}

/** Changes one of the user's own. Throws `not_found`, `invalid_request`. */
export async function changePreset(
  { userId }: Actor,
  id: string,
  { name, model, settings, isShared }: PatchPresetBody,
): Promise<Preset> {
  if (name !== undefined && (await hasPresetName(userId, name, id))) throw nameTaken();
  const isFound = await updatePreset(userId, id, {
    ...(name !== undefined && { name }),
    ...(model !== undefined && { model }),
    ...(settings !== undefined && { settings }),
    ...(isShared !== undefined && { isShared }),
  });
  if (!isFound) throw new AppError("not_found");
  return readPreset(userId, id);
}

/** Throws `not_found`. */
export async function removePreset({ userId }: Actor, id: string): Promise<void> {
  if (!(await deletePreset(userId, id))) throw new AppError("not_found");
}
