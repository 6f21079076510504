/** The least that a server of this build can do for a stream: what every row of the bench is held against. */
export async function POST(request: Request): Promise<Response> {
  const upstream = await fetch(`${request.headers.get("x-upstream")}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: await request.text(),
    signal: request.signal,
  });
  return new Response(upstream.body, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
    },
  });
}
