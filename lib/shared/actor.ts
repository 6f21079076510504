declare const brand: unique symbol;
/** A user id that came from a checked session or job, never from a body. */
export type UserId = string & { readonly [brand]: "UserId" };

/** Who asks: made only from a live session by lib/server/auth. */
export type Actor = {
  userId: UserId;
  sessionId: string;
  name: string;
  email: string;
  role: "administrator" | "member" | "viewer";
  locale: string | null;
  theme: string | null;
};
