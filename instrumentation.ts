/** Runs once at the start of the server. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startLifecycle } = await import("./lib/server/lifecycle");
  await startLifecycle();
}
