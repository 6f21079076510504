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

/** What an application may be allowed. */
export const OAUTH_SCOPES = [
  "openid",
  "profile",
  "api-inference",
  "read-repos",
  "list-operational-mcp",
  "manage-mcp-deployment",
];
