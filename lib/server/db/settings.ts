import "server-only";
import type { Prisma } from "@/prisma/generated/client";
import { getDb } from "./client";

/** A value of the whole deployment, or null. */
export async function findSetting(key: string): Promise<unknown> {
  const row = await getDb().setting.findUnique({ where: { key }, select: { value: true } });
  return row?.value ?? null;
}

export async function saveSetting(key: string, value: Prisma.InputJsonObject): Promise<void> {
  await getDb().setting.upsert({
    where: { key },
    create: { key, value },
    update: { value },
    select: { key: true },
  });
}
