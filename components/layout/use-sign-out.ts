"use client";

import { signOut } from "@/lib/client/sign-in";

/** Ends the session and loads the sign-in page anew, so that nothing of the user stays in memory. */
export function useSignOut(): () => void {
  return () => {
    void signOut().finally(() => window.location.assign("/sign-in"));
  };
}
