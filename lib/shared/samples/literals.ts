/** Code samples are made from the very body that we send, so that what is shown is what is sent. */
export type SampleLanguage = "curl" | "python" | "javascript";

const INDENT = 4;

const indent = (text: string, by: number) => text.replaceAll("\n", `\n${" ".repeat(by)}`);

/** A value as a Python literal. JSON's string escapes are Python's too. */
export function toPython(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const isList = Array.isArray(value);
  const items = isList
    ? value.map(toPython)
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${toPython(item)}`);
  const [open, close] = isList ? "[]" : "{}";
  const short = `${open}${items.join(", ")}${close}`;
  if (short.length <= 60 && !short.includes("\n")) return short;
  const lines = items.map((item) => `\n${" ".repeat(INDENT)}${indent(item, INDENT)},`);
  return `${open}${lines.join("")}\n${close}`;
}

/** Keyword arguments of a call, one a line. */
export function toArguments(fields: object): string {
  return Object.entries(fields)
    .map(([key, value]) => `    ${key}=${indent(toPython(value), INDENT)},\n`)
    .join("");
}

/** An object as JavaScript, which JSON is. */
export function toJavaScript(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/"([a-z_]+)":/g, "$1:");
}

/** A shell command that posts JSON from a here-document: nothing in it is expanded. */
export function toCurl(url: string, headers: readonly string[], body: object): string {
  const flags = headers.map((header) => `  -H "${header}" \\\n`).join("");
  return `curl -sN ${url} \\\n${flags}  -d @- <<'JSON'\n${JSON.stringify(body, null, 2)}\nJSON\n`;
}
