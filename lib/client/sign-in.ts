import { z } from "zod";
import { ApiError, callApi, toApiError } from "./api";

const csrfSchema = z.object({ csrfToken: z.string() });

async function postForm(path: string, fields: Record<string, string>): Promise<void> {
  const { csrfToken } = await callApi(csrfSchema, "/api/auth/csrf");
  const response = await fetch(path, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  }).catch(() => {
    throw new ApiError("offline", "");
  });
  if (!response.ok) throw toApiError(await response.text(), response.status);
}

/** Opens a session. Throws {@link ApiError} `wrong_credentials` or `too_many_requests`. */
export function signIn(email: string, password: string): Promise<void> {
  return postForm("/api/auth/callback/credentials", { email, password });
}

/** Ends this session on the server, drops its cookie, and forgets what was kept in this browser. */
export async function signOut(): Promise<void> {
  await postForm("/api/auth/signout", {});
  forgetKept();
}

/** Drafts and the like: the next person at this browser must not find them. */
function forgetKept(): void {
  try {
    for (const kept of [localStorage, sessionStorage]) {
      for (const key of Object.keys(kept)) if (key.startsWith("msp:")) kept.removeItem(key);
    }
  } catch {
    // storage is switched off: nothing was kept
  }
}
