import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { toFields } from "@/lib/shared/field-faults";
import { requireActor } from "../auth/session";
import { localeOf } from "../i18n/locale";
import { trackInFlight } from "../in-flight";
import { toErrorResponse } from "./error-response";
import { readBytes, readJson } from "./read-json";
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
  /** Takes the body as it is, at most this many bytes; instead of `body`. */
  maxBytes?: () => number;
};

type Input<B extends z.ZodType, Q extends z.ZodType, P extends z.ZodType, H extends HeaderShape> = {
  body: z.output<B>;
  query: z.output<Q>;
  params: z.output<P>;
  headers: Record<keyof H, string>;
  /** The body as it came; empty unless the route takes bytes. */
  bytes: Uint8Array;
};

type Context = { params: Promise<unknown> };
type Handler = (request: Request, context: Context) => Promise<Response>;

/** The parsed value; throws `invalid_request` with a fault for each field. */
function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_request", { fields: toFields(parsed.error) });
}

async function parseInput<
  B extends z.ZodType,
  Q extends z.ZodType,
  P extends z.ZodType,
  H extends HeaderShape,
>(
  schemas: Schemas<B, Q, P, H>,
  request: Request,
  context: Context,
  json: Promise<unknown> | null,
): Promise<Input<B, Q, P, H>> {
  const { searchParams } = new URL(request.url);
  const shape: HeaderShape = schemas.headers ?? {};
  const present = Object.fromEntries(
    Object.keys(shape).map((name) => [name, request.headers.get(name) ?? undefined]),
  );
  const { params, query, body, maxBytes } = schemas;
  return {
    bytes: maxBytes ? await readBytes(request, maxBytes()) : new Uint8Array(),
    headers: parse(z.object(shape), present) as Record<keyof H, string>,
    params: (params && parse(params, await context.params)) as z.output<P>,
    query: (query && parse(query, Object.fromEntries(searchParams))) as z.output<Q>,
    body: (body && parse(body, await json)) as z.output<B>,
  };
}

/** Begins to read the body where there is one; its faults are told when it is parsed. */
function beginBody(body: z.ZodType | undefined, request: Request): Promise<unknown> | null {
  const json = body ? readJson(request) : null;
  json?.catch(() => undefined);
  return json;
}

/** The handler's answer; to HEAD without its body, which nobody would read or close. */
async function respond(request: Request, handled: Response | Promise<Response>): Promise<Response> {
  const response = await trackInFlight(Promise.resolve(handled));
  if (request.method !== "HEAD") return response;
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
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
      const json = beginBody(definition.body, request); // while we look who asks
      const actor = await requireActor(request);
      chosen = actor.locale;
      const input = await parseInput(definition, request, context, json);
      return await respond(request, definition.handler({ ...input, actor }));
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
      const json = beginBody(definition.body, request);
      const input = await parseInput(definition, request, context, json);
      return await respond(request, definition.handler(input));
    } catch (error) {
      return toErrorResponse(error, localeOf(request, null));
    }
  };
}
