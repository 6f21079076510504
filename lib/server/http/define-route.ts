import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/shared/actor";
import { requireActor } from "../auth/session";
import { localeOf } from "../i18n/locale";
import { PRIVATE_HEADERS, toErrorResponse } from "./error-response";
import { readJson } from "./read-json";
import { requireSameOrigin } from "./same-origin";

type HeaderShape = Record<string, z.ZodType<string>>;

type Schemas<
  B extends z.ZodType,
  Q extends z.ZodType,
  P extends z.ZodType,
  H extends HeaderShape,
> = {
  body?: B;
  query?: Q;
  params?: P;
  /** Lower-case names of the headers a caller must send. */
  headers?: H;
};

type Input<B extends z.ZodType, Q extends z.ZodType, P extends z.ZodType, H extends HeaderShape> = {
  body: z.output<B>;
  query: z.output<Q>;
  params: z.output<P>;
  headers: Record<keyof H, string>;
};

type Context = { params: Promise<unknown> };
type Handler = (request: Request, context: Context) => Promise<Response>;

async function parseInput<
  B extends z.ZodType,
  Q extends z.ZodType,
  P extends z.ZodType,
  H extends HeaderShape,
>(schemas: Schemas<B, Q, P, H>, request: Request, context: Context): Promise<Input<B, Q, P, H>> {
  const { searchParams } = new URL(request.url);
  const shape: HeaderShape = schemas.headers ?? {};
  const present = Object.fromEntries(
    Object.keys(shape).map((name) => [name, request.headers.get(name) ?? undefined]),
  );
  return {
    headers: z.object(shape).parse(present) as Record<keyof H, string>,
    params: schemas.params?.parse(await context.params) as z.output<P>,
    query: schemas.query?.parse(Object.fromEntries(searchParams)) as z.output<Q>,
    body: (schemas.body ? schemas.body.parse(await readJson(request)) : undefined) as z.output<B>,
  };
}

/**
 * Builds a route handler for signed-in users: same origin, who, what, do, say. A stranger learns
 * nothing of the schema. Everything thrown becomes the error answer in the caller's language.
 */
export function defineRoute<
  B extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  P extends z.ZodType = z.ZodUndefined,
  H extends HeaderShape = Record<never, never>,
>(
  definition: Schemas<B, Q, P, H> & {
    handler: (input: Input<B, Q, P, H> & { actor: Actor }) => Response | Promise<Response>;
  },
): Handler {
  return async (request, context) => {
    let chosen: string | null = null;
    try {
      requireSameOrigin(request);
      const actor = await requireActor(request);
      chosen = actor.locale;
      const input = await parseInput(definition, request, context);
      return await definition.handler({ ...input, actor });
    } catch (error) {
      return toErrorResponse(error, localeOf(request, chosen));
    }
  };
}

/** Builds a route handler that anybody may call; the same beats without the who. */
export function definePublicRoute<
  B extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  P extends z.ZodType = z.ZodUndefined,
  H extends HeaderShape = Record<never, never>,
>(
  definition: Schemas<B, Q, P, H> & {
    handler: (input: Input<B, Q, P, H>) => Response | Promise<Response>;
  },
): Handler {
  return async (request, context) => {
    try {
      requireSameOrigin(request);
      return await definition.handler(await parseInput(definition, request, context));
    } catch (error) {
      return toErrorResponse(error, localeOf(request, null));
    }
  };
}

/** A JSON answer through its schema, so that a new column cannot leave by being selected. */
export function answer<S extends z.ZodType>(schema: S, value: z.input<S>, status = 200): Response {
  return Response.json(schema.parse(value), { status, headers: PRIVATE_HEADERS });
}

/** 204, for what has nothing to say. */
export function answerNothing(headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 204, headers: { ...PRIVATE_HEADERS, ...headers } });
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

/** The bytes of a picture, under a file name of our own making. */
export function answerFile(
  file: { body: ReadableStream<Uint8Array>; sizeBytes: number; mediaType: string },
  name: string,
): Response {
  const extension = file.mediaType.replace("image/", "");
  return new Response(file.body, {
    headers: {
      ...PRIVATE_HEADERS,
      "content-type": file.mediaType,
      "content-length": String(file.sizeBytes),
      "content-disposition": `inline; filename="${name}.${extension}"`,
    },
  });
}
