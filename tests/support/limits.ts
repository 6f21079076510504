import { PUT as put, DELETE as takeAway } from "@/app/api/admin/limits/[scope]/route";
import type { DayLimits } from "@/lib/shared/schemas/limits";
import { call, rowsOf, type TestUser } from "./api";

const NONE: DayLimits = { calls: null, credits: null, pictures: null };

/** Sets the limits of a scope as an administrator does; what is not named is no limit. */
export const setLimits = (
  administrator: TestUser,
  scope: string,
  limits: Partial<DayLimits>,
): Promise<Response> =>
  call(put, {
    method: "PUT",
    user: administrator,
    params: { scope },
    body: { ...NONE, ...limits },
  });

export const removeLimits = (administrator: TestUser, scope: string): Promise<Response> =>
  call(takeAway, { method: "DELETE", user: administrator, params: { scope } });

/** As before any limit was set. */
export async function forgetLimits(): Promise<void> {
  await rowsOf(`delete from "UsageLimit"`);
}
