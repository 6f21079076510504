import { createHash, randomBytes } from "node:crypto";
import type { SimulatorState } from "./state.ts";

export type OauthClient = {
  id: string;
  secret: string;
  about: string;
  /** Addresses a sign-in may return to; null is any on this machine. */
  redirectUris: readonly string[] | null;
  /** Whoever signs in with it says no. */
  isDenied?: boolean;
  /** Puts the nonce into the id token, as the standard wants it and the real site is said not to. */
  echoesNonce?: boolean;
};

/** What somebody allowed an application. */
export type OauthGrant = {
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  nonce: string | null;
  username: string;
};

type OauthState = {
  clients: Map<string, OauthClient>;
  codes: Map<string, OauthGrant & { expiresAtMs: number }>;
  refreshTokens: Map<string, OauthGrant>;
  accessTokens: Map<string, OauthGrant>;
};

/** Applications that exist from the start; the id chooses what happens. */
export const OAUTH_CLIENTS: readonly OauthClient[] = [
  {
    id: "simulator-app",
    secret: "simulator-secret",
    about: "signs in at once",
    redirectUris: null,
  },
  {
    id: "simulator-app-denied",
    secret: "simulator-secret",
    about: "the person says no",
    redirectUris: null,
    isDenied: true,
  },
  {
    id: "simulator-app-nonce",
    secret: "simulator-secret",
    about: "the id token repeats the nonce",
    redirectUris: null,
    echoesNonce: true,
  },
];

export const OAUTH_LIFETIME_SECONDS = 2_592_000;
const TOKEN_PREFIX = "ms_oauth";
/** Measured on 2026-10-06. */
const TOKEN_LENGTH = 475;
const CODE_LIFETIME_MS = 600_000; // inferred
const states = new WeakMap<SimulatorState, OauthState>();

export function oauthOf(state: SimulatorState): OauthState {
  const known = states.get(state);
  if (known) return known;
  const created: OauthState = {
    clients: new Map(OAUTH_CLIENTS.map((client) => [client.id, client])),
    codes: new Map(),
    refreshTokens: new Map(),
    accessTokens: new Map(),
  };
  states.set(state, created);
  return created;
}

export const isOauthToken = (token: string | null) => token?.startsWith(TOKEN_PREFIX) ?? false;

/** What an access token was given for; null where this simulator never gave it out. */
export function findOauthGrant(state: SimulatorState, token: string | null): OauthGrant | null {
  return (token && oauthOf(state).accessTokens.get(token)) || null;
}

/** The same opaque id for the same person in every run. */
export function subjectOf(username: string): string {
  return `msub_${createHash("sha256").update(username).digest("hex").slice(0, 24)}`;
}

export function issueCode(state: SimulatorState, grant: OauthGrant): string {
  const code = randomBytes(24).toString("base64url");
  oauthOf(state).codes.set(code, { ...grant, expiresAtMs: Date.now() + CODE_LIFETIME_MS });
  return code;
}

/** The grant behind a code, once. */
export function takeCode(state: SimulatorState, code: string): OauthGrant | null {
  const { codes } = oauthOf(state);
  const found = codes.get(code);
  codes.delete(code);
  return found && found.expiresAtMs > Date.now() ? found : null;
}

/** The grant behind a refresh token, once: it rotates. */
export function takeRefreshToken(state: SimulatorState, token: string): OauthGrant | null {
  const { refreshTokens } = oauthOf(state);
  const found = refreshTokens.get(token) ?? null;
  refreshTokens.delete(token);
  return found;
}

export function issueTokens(
  state: SimulatorState,
  grant: OauthGrant,
): { accessToken: string; refreshToken: string } {
  const letters = randomBytes(TOKEN_LENGTH).toString("base64url");
  const accessToken = `${TOKEN_PREFIX}${letters}`.slice(0, TOKEN_LENGTH);
  const refreshToken = randomBytes(48).toString("base64url");
  oauthOf(state).accessTokens.set(accessToken, grant);
  oauthOf(state).refreshTokens.set(refreshToken, grant);
  return { accessToken, refreshToken };
}
