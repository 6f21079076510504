import "server-only";
import { Prisma } from "@/prisma/generated/client";
import { getDb } from "./client";

/** Whether the first administrator exists. The row of id 1 is never removed. */
export async function isSetupDone(): Promise<boolean> {
  return (await getDb().setup.findUnique({ where: { id: 1 }, select: { id: true } })) !== null;
}

/**
 * Inserts the first administrator and closes the setup in one transaction; false where another
 * request was first (the singleton's primary key decides).
 */
export async function insertFirstAdministrator(user: {
  id: string;
  email: string;
  name: string;
  passwordHash: string;
}): Promise<boolean> {
  const db = getDb();
  try {
    await db.$transaction([
      db.setup.create({ data: { id: 1, userId: user.id }, select: { id: true } }),
      db.user.create({ data: { ...user, role: "administrator" }, select: { id: true } }),
    ]);
    return true;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
      return false;
    throw error;
  }
}
