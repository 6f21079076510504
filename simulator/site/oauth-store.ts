import { createHash, randomBytes } from "node:crypto";
import type { SimulatorState } from "../state.ts";
import { OAUTH_CLIENTS, type OauthClient } from "./oauth-clients.ts";

/** What somebody allowed an application. */
export type OauthGrant = {
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  nonce: string | null;
  username: string;
};

/** Clients, codes and tokens, each by its id. */
export type OauthState = {
  clients: Map<string, OauthClient>;
  codes: Map<string, OauthGrant & { expiresAtMs: number }>;
  refreshTokens: Map<string, OauthGrant>;
  accessTokens: Map<string, OauthGrant>;
};

export const OAUTH_LIFETIME_SECONDS = 2_592_000;
const TOKEN_PREFIX = "ms_oauth";
/** Measured on 2026-10-06. */
const TOKEN_LENGTH = 475;
const CODE_LIFETIME_MS = 600_000; // inferred

export function createOauthState(): OauthState {
  return {
    clients: new Map(OAUTH_CLIENTS.map((client) => [client.id, client])),
    codes: new Map(),
    refreshTokens: new Map(),
    accessTokens: new Map(),
  };
}

export const isOauthToken = (token: string | null) => token?.startsWith(TOKEN_PREFIX) ?? false;

/** What an access token was given for; null where this simulator never gave it out. */
export function findOauthGrant(state: SimulatorState, token: string | null): OauthGrant | null {
  return (token && state.oauth.accessTokens.get(token)) || null;
}

/** Whose quota and pictures a call draws on: a person keeps them when the tokens of an application change. */
export function accountOf(state: SimulatorState, token: string | null): string {
  const grant = findOauthGrant(state, token);
  return grant ? `person ${grant.username}` : (token ?? "");
}

/** The same opaque id for the same person in every run. */
export function subjectOf(username: string): string {
  return `msub_${createHash("sha256").update(username).digest("hex").slice(0, 24)}`;
}

export function issueCode(state: SimulatorState, grant: OauthGrant): string {
  const code = randomBytes(24).toString("base64url");
  state.oauth.codes.set(code, { ...grant, expiresAtMs: state.clock.nowMs() + CODE_LIFETIME_MS });
  return code;
}

/** The grant behind a code, once. */
export function takeCode(state: SimulatorState, code: string): OauthGrant | null {
  const { codes } = state.oauth;
  const found = codes.get(code);
  codes.delete(code);
  return found && found.expiresAtMs > state.clock.nowMs() ? found : null;
}

/** The grant behind a refresh token, once: it rotates. */
export function takeRefreshToken(state: SimulatorState, token: string): OauthGrant | null {
  const { refreshTokens } = state.oauth;
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
  state.oauth.accessTokens.set(accessToken, grant);
  state.oauth.refreshTokens.set(refreshToken, grant);
  return { accessToken, refreshToken };
}
