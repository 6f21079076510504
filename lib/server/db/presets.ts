import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";

const PRESET = {
  id: true,
  userId: true,
  name: true,
  model: true,
  settings: true,
  isShared: true,
  user: { select: { name: true } },
} as const;

export type PresetRow = Awaited<ReturnType<typeof findPresets>>[number];

/** The user's own presets and those that others share, by name. */
export function findPresets(userId: UserId) {
  return getDb().preset.findMany({
    where: { OR: [{ userId }, { isShared: true }] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: PRESET,
  });
}

export function findPreset(userId: UserId, id: string) {
  return getDb().preset.findFirst({ where: { id, userId }, select: PRESET });
}

export function countPresets(userId: UserId): Promise<number> {
  return getDb().preset.count({ where: { userId } });
}

type PresetData = { name: string; model: string; settings: object; isShared: boolean };

/** False where the user has one of that name. */
export async function insertPreset(
  userId: UserId,
  preset: PresetData & { id: string },
): Promise<boolean> {
  const { count } = await getDb().preset.createMany({
    data: [{ ...preset, userId }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Whether the user has another preset of that name. */
export async function hasPresetName(userId: UserId, name: string, id: string): Promise<boolean> {
  const found = await getDb().preset.findFirst({
    where: { userId, name, id: { not: id } },
    select: { id: true },
  });
  return found !== null;
}

/** False where it is not the user's. */
export async function updatePreset(
  userId: UserId,
  id: string,
  changes: Partial<PresetData>,
): Promise<boolean> {
  const { count } = await getDb().preset.updateMany({ where: { id, userId }, data: changes });
  return count === 1;
}

/** False where it is not the user's. */
export async function deletePreset(userId: UserId, id: string): Promise<boolean> {
  const { count } = await getDb().preset.deleteMany({ where: { id, userId } });
  return count === 1;
}
