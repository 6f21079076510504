import "server-only";
import { z } from "zod";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { toFields } from "@/lib/shared/field-faults";
import { admit, type Identify, requireActor, requireSessionKey } from "../auth/session";
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

/** Who asks, and what was read with that. */
type Identity<F> = { actor: Actor; found: F };

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
  { params, query, maxBytes, headers }: Schemas<B, Q, P, H>,
  request: Request,
  context: Context,
  body: Promise<z.output<B>>,
): Promise<Input<B, Q, P, H>> {
  return {
    bytes: maxBytes ? await readBytes(request, maxBytes()) : new Uint8Array(),
    headers: (headers ? parseHeaders(headers, request) : {}) as Record<keyof H, string>,
    params: (params && parse(params, await context.params)) as z.output<P>,
    query: (query &&
      parse(query, Object.fromEntries(new URL(request.url).searchParams))) as z.output<Q>,
    body: await body,
  };
}

function parseHeaders(shape: HeaderShape, request: Request): Record<string, string> {
  const names = Object.keys(shape);
  const present = names.map((name) => [name, request.headers.get(name) ?? undefined]);
  return parse(z.object(shape), Object.fromEntries(present));
}

/** Begins to read the body where there is one; its faults are thrown to whoever awaits it. */
function beginBody<B extends z.ZodType>(
  schema: B | undefined,
  request: Request,
): Promise<z.output<B>> {
  if (!schema) return Promise.resolve(undefined as z.output<B>);
  const body = readJson(request).then((json) => parse(schema, json));
  body.catch(() => undefined);
  return body;
}

/** Who asks. Throws `unauthenticated`. */
async function identifyCaller<B extends z.ZodType, F>(
  identify: Identify<z.output<B>, F> | undefined,
  request: Request,
  begun: Promise<z.output<B>>,
): Promise<Identity<F>> {
  const nothing = undefined as F;
  // A body with faults is looked at only where a stranger would have been turned away.
  const body = identify ? await begun.catch(() => null) : null;
  if (!identify || body === null) return { actor: await requireActor(request), found: nothing };
  const identity = await identify(requireSessionKey(request), body);
  if (!identity) throw new AppError("unauthenticated");
  return { actor: await admit(identity.session), found: identity.found };
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
  F = undefined,
>(
  definition: Schemas<B, Q, P, H> & {
    /** Who else is refused with `forbidden`, before anything of what they sent is looked at. */
    role?: Actor["role"];
    /** Where each round trip counts: who asks, and what the handler needs to know, in one. */
    identify?: Identify<z.output<B>, F>;
    handler: (input: Input<B, Q, P, H> & Identity<F>) => Response | Promise<Response>;
  },
): Handler {
  return async (request, context) => {
    let chosen: string | null = null;
    try {
      requireSameOrigin(request);
      const body = beginBody(definition.body, request); // while we look who asks
      const identity = await identifyCaller(definition.identify, request, body);
      chosen = identity.actor.locale;
      if (definition.role && identity.actor.role !== definition.role) {
        throw new AppError("forbidden");
      }
      const input = await parseInput(definition, request, context, body);
      return await respond(request, definition.handler({ ...input, ...identity }));
    } catch (error) {
      return toErrorResponse(error, localeOf(request, chosen));
    }
  };
}

/**
 * Builds a route handler that anybody may call; the same beats without the who. `fromAnywhere` is for
 * forms of pages without a referrer, whose origin browsers hide; such a route must not know a caller.
 */
export function definePublicRoute<
  B extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  P extends z.ZodType = z.ZodUndefined,
  H extends HeaderShape = Record<never, never>,
>(
  definition: Schemas<B, Q, P, H> & {
    fromAnywhere?: true;
    handler: (input: Input<B, Q, P, H>) => Response | Promise<Response>;
  },
): Handler {
  return async (request, context) => {
    try {
      if (!definition.fromAnywhere) requireSameOrigin(request);
      const body = beginBody(definition.body, request);
      const input = await parseInput(definition, request, context, body);
      return await respond(request, definition.handler(input));
    } catch (error) {
      return toErrorResponse(error, localeOf(request, null));
    }
  };
}
