import { openSession } from "@/lib/server/auth/session";
import { getPool } from "@/lib/server/db/pool";
import { insertUser } from "@/lib/server/db/users";
import { storeToken } from "@/lib/server/services/token";
import type { Actor, UserId } from "@/lib/shared/actor";
import { newId } from "@/lib/shared/ids";
import type { TokenStatus } from "@/lib/shared/schemas/token";
import type { Simulator } from "@/simulator/server";

export const HEALTHY_TOKEN = "ms-00000000-0000-4000-8000-000000000001";

export type TestUser = { id: UserId; cookie: string };

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

type Call = {
  method?: string;
  path?: string;
  user?: TestUser | null;
  body?: unknown;
  params?: Record<string, string>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** The simulator of this worker, with its record of requests. */
export function getSimulator(): Simulator {
  return (globalThis as unknown as { __mspTestSimulator: Simulator }).__mspTestSimulator;
}

/** What was sent to the simulator under a path. */
export function requestsTo(path: string) {
  return getSimulator().state.requests.filter((request) => request.path === path);
}

/** Answers every request to a path of the simulator's with a JSON document. */
export function answerWith(path: string, status: number, body: unknown): void {
  getSimulator().state.interceptors.set(path, ({ response }) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
}

/** Answers every request to a path with the page of some proxy. */
export function answerPage(path: string): void {
  getSimulator().state.interceptors.set(path, ({ response }) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<html>please wait</html>");
  });
}

/** Breaks the connection of every request to a path. */
export function breakPath(path: string): void {
  getSimulator().state.interceptors.set(path, ({ response }) => void response.destroy());
}

/** Puts the stored token of a user into a state that an earlier call left it in. */
export async function setTokenState({ id }: TestUser, state: TokenStatus["state"]): Promise<void> {
  await rowsOf(`update "ModelScopeToken" set state = $2 where "userId" = $1`, [id, state]);
}

/** Calls a route handler as Next would. */
export function call(handler: Handler, options: Call = {}): Promise<Response> {
  const { method = "GET", path = "/api/test", user, body, params = {}, headers, signal } = options;
  const request = new Request(`http://localhost:3000${path}`, {
    method,
    headers: {
      "accept-language": "en",
      ...(user && { cookie: user.cookie }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  return handler(request, { params: Promise.resolve(params) });
}

/** The error of an answer that must be one. */
export async function errorOf(response: Response) {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; id: string; fields?: Record<string, string> };
  };
  return { status: response.status, ...error };
}

/** A member as services know one. */
export const actorOf = ({ id }: TestUser): Actor => ({
  userId: id,
  sessionId: "",
  name: "",
  email: "",
  role: "member",
  locale: null,
  theme: null,
});

/** A new user with a live session, and a token where one is named. */
export async function createUser({
  token,
  role = "member",
}: {
  token?: string;
  role?: "administrator" | "member";
} = {}): Promise<TestUser> {
  const id = newId("user") as UserId;
  await insertUser({
    id,
    email: `${id}@example.com`,
    name: "Test User",
    role,
    passwordHash: "none",
  });
  const secret = await openSession({ id, sessionEpoch: 0, userAgent: null });
  const user = { id, cookie: `msp.sid=${secret}` };
  if (token) {
    await storeToken(actorOf(user), token, "cn");
  }
  return user;
}

/** Rows of a statement, for looking behind the routes. */
export async function rowsOf(text: string, values: unknown[] = []) {
  const { rows } = await getPool().query(text, values);
  return rows as Record<string, unknown>[];
}

/** Waits until `check` answers something; fails after `timeoutMs`. */
export async function waitFor<Value>(
  check: () => Promise<Value | null | undefined | false>,
  timeoutMs = 10_000,
): Promise<Value> {
  for (const endMs = Date.now() + timeoutMs; Date.now() < endMs; ) {
    const value = await check();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("waited in vain");
}
