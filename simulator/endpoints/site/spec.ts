import { type Exchange, sendJson } from "../../http.ts";

type Described = { method: string; path: RegExp };

/** `/^\/a\/[^/]+$/` as a path of a specification: `/a/{1}`. */
function toTemplate(path: RegExp): string {
  let count = 0;
  return path.source
    .replace(/^\^|\$$/g, "")
    .replaceAll("\\/", "/")
    .replaceAll(/\[\^\/\]\+|\.\+/g, () => `{${++count}}`);
}

/** `GET /.well-known/openapi.json`: the paths of the OpenAPI that this simulator has, no schemas. */
export function specOf(routes: readonly Described[]) {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path } of routes) {
    const template = toTemplate(path);
    paths[template] = {
      ...paths[template],
      [method.toLowerCase()]: { responses: { 200: { description: "OK" } } },
    };
  }
  const info = { title: "ModelScope OpenAPI (simulated)", version: "1.1.0" };
  return ({ response }: Exchange) => sendJson(response, 200, { openapi: "3.1.0", info, paths });
}
