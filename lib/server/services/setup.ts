import "server-only";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { SetupBody } from "@/lib/shared/schemas/setup";
import { hashPassword } from "../crypto/password";
import { isSameText } from "../crypto/same-text";
import { insertFirstAdministrator, isSetupDone } from "../db/setup";
import { getSettings } from "../env";
import { logInfo } from "../log";
import { limitRate } from "./rate-limit";

const TRIES = { max: 10, windowSeconds: 15 * 60 };

/** Whether `/setup` is open: no administrator was ever made. */
export async function isSetupOpen(): Promise<boolean> {
  return !(await isSetupDone());
}

function isSetupCode(code: string): boolean {
  const { SETUP_CODE } = getSettings();
  return !!SETUP_CODE && isSameText(code.trim().toLowerCase(), SETUP_CODE.toLowerCase());
}

/**
 * Makes the first administrator and closes the setup for ever. Throws `not_found` once closed,
 * `too_many_requests` past ten tries in 15 minutes, `setup_code_wrong`.
 */
export async function completeSetup(body: SetupBody): Promise<{ id: string }> {
  if (await isSetupDone()) throw new AppError("not_found");
  await limitRate("setup", TRIES);
  if (!isSetupCode(body.code)) throw new AppError("setup_code_wrong");
  const id = newId("user");
  const passwordHash = await hashPassword(body.password);
  const isFirst = await insertFirstAdministrator({
    id,
    email: body.email,
    name: body.name,
    passwordHash,
  });
  if (!isFirst) throw new AppError("not_found");
  logInfo("setup completed", { userId: id });
  return { id };
}
