import "server-only";
import type { z } from "zod";
import { PRIVATE_HEADERS } from "./error-response";

/** A JSON answer through its schema, so that a new column cannot leave by being selected. */
export function answer<S extends z.ZodType>(schema: S, value: z.input<S>, status = 200): Response {
  return Response.json(schema.parse(value), { status, headers: PRIVATE_HEADERS });
}

/** 204, for what has nothing to say. */
export function answerNothing(headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 204, headers: { ...PRIVATE_HEADERS, ...headers } });
}

/** 303: what was posted is done, and this is where it shows. */
export function answerSeeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { ...PRIVATE_HEADERS, location: path } });
}

/** A run as it arrives, in the AI SDK's UI message stream. */
export function answerStream(run: {
  runId: string;
  conversationId: string;
  stream: ReadableStream<Uint8Array>;
}): Response {
  return new Response(run.stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Without no-transform Next compresses, and every event pays for it.
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
      "x-vercel-ai-ui-message-stream": "v1",
      "x-run-id": run.runId,
      "x-conversation-id": run.conversationId,
    },
  });
}

/** RFC 6266: the name as it is, and without all but plain letters for those who cannot read that. */
function toAttachment(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** A text to be kept as a file; a stream where it may be long. */
export function answerDownload({
  body,
  mediaType,
  name,
}: {
  body: string | ReadableStream<Uint8Array>;
  mediaType: string;
  name: string;
}): Response {
  return new Response(body, {
    headers: {
      ...PRIVATE_HEADERS,
      "content-type": `${mediaType}; charset=utf-8`,
      "content-disposition": toAttachment(name),
    },
  });
}

/** A picture to be kept as a file. */
export function answerPicture({
  bytes,
  mediaType,
  name,
}: {
  bytes: Uint8Array;
  mediaType: string;
  name: string;
}): Response {
  return new Response(Uint8Array.from(bytes), {
    headers: {
      ...PRIVATE_HEADERS,
      "content-type": mediaType,
      "content-disposition": toAttachment(`${name}.${mediaType.replace("image/", "")}`),
    },
  });
}

/** A picture of our own making, to be shown. */
export function answerPreview(bytes: Uint8Array, mediaType: string): Response {
  return new Response(Uint8Array.from(bytes), {
    headers: { ...PRIVATE_HEADERS, "content-type": mediaType, "content-disposition": "inline" },
  });
}

/** The bytes of a picture, under a file name of our own making. */
export function answerFile(
  file: { body: ReadableStream<Uint8Array>; sizeBytes: number | null; mediaType: string },
  name: string,
): Response {
  const extension = file.mediaType.replace("image/", "");
  return new Response(file.body, {
    headers: {
      ...PRIVATE_HEADERS,
      "content-type": file.mediaType,
      ...(file.sizeBytes !== null && { "content-length": String(file.sizeBytes) }),
      "content-disposition": `inline; filename="${name}.${extension}"`,
    },
  });
}
