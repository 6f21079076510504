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

/** Ends this session on the server and drops its cookie. */
export function signOut(): Promise<void> {
  return postForm("/api/auth/signout", {});
}
