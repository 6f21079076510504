/** What the process holds after a collection, in bytes. */
export async function GET(): Promise<Response> {
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return Response.json(process.memoryUsage());
}
