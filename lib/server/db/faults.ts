import "server-only";
import { AppError } from "@/lib/shared/errors";

const CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "57P01", // terminated by administrator
  "57P02", // crash shutdown
  "57P03", // cannot connect now
  "53300", // too many connections
  "55P03", // lock not available in time
  "57014", // statement timeout
  "08006",
  "08001",
  "08003",
]);

/** Whether an error of pg or Prisma says that the database cannot be reached, at any depth of `cause`. */
function isConnectionFault(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string" && CONNECTION_CODES.has(at.code)) return true;
    if (/^P10(01|02|08|17)$/.test("code" in at ? String(at.code) : "")) return true;
    if (
      /Connection terminated|timeout exceeded when trying to connect|Query read timeout/.test(
        at.message,
      )
    )
      return true;
  }
  return isPrismaConnectionFault(error);
}

/** Prisma wraps the driver's error as `meta.driverAdapterError.cause.kind`. */
function isPrismaConnectionFault(error: unknown): boolean {
  if (!(error instanceof Error) || !("meta" in error)) return false;
  const meta = JSON.stringify(error.meta) ?? "";
  return /DatabaseNotReachable|ConnectionClosed|SocketTimeout|ECONNREFUSED|ENOENT|57P0/.test(meta);
}

/** `database_down` where the database cannot be reached; every other error as it is. */
export function toDatabaseError(error: unknown): unknown {
  return isConnectionFault(error) ? new AppError("database_down", { cause: error }) : error;
}
