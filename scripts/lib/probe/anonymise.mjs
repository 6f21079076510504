const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const ACCESS_TOKEN = /\bms[-_](?:oauth)?[\w-]{16,}/gi;
const HEX_NAME = /(?<![0-9a-z])[0-9a-f]{16,}(?![0-9a-z])/gi;
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const QUERY = /(https?:\/\/[^\s"'?]+)\?[^\s"']+/gi;
/** What a model of the hub is called, so that the list of models stays readable. */
const MODEL_ID = /^[\w.-]+\/[\w.-]+(?::\w+)?$/;

const ID_KEYS = new Set(["id", "request_id", "requestid", "task_id", "taskid", "trace_id"]);
/** Texts and numbers that describe a person or what the person has. */
const ACCOUNT_KEYS =
  /^(?:user_?name|nick_?name|name|email|avatar(?:_url)?|description|phone|sub|uid|user_id|.*balance|.*amount)$/i;

const toPattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The forms in which a token may come back: as it is, without its prefix, escaped, encoded. */
function formsOf(token) {
  const bare = token.replace(/^ms[-_]/, "");
  const encoded = [token, `Bearer ${token}`].flatMap((text) =>
    ["base64", "base64url", "hex"].map((form) => Buffer.from(text).toString(form)),
  );
  const forms = [token, encodeURIComponent(token), bare, ...encoded];
  return forms.filter((form) => form.length >= 8).toSorted((a, b) => b.length - a.length);
}

/**
 * Makes texts and bodies fit to be shown and stored. `forget` names further texts, such as the id of a
 * task, that are to go wherever they stand.
 */
export function createAnonymiser(token) {
  const forms = formsOf(token);
  const secret = new RegExp(forms.map(toPattern).join("|"), "gi");
  const known = new Set();

  const toText = (text) => {
    let clean = text.replace(secret, "<token>");
    for (const id of known) clean = clean.replaceAll(id, "<id>");
    return clean
      .replace(QUERY, "$1?<query>")
      .replace(ACCESS_TOKEN, "<token>")
      .replace(UUID, "<uuid>")
      .replace(HEX_NAME, "<hex>")
      .replace(EMAIL, "<email>");
  };

  /** What stands in place of a value that its key gives away; undefined where the key says nothing. */
  const toStandIn = (key, value) => {
    const isId = ID_KEYS.has(key.toLowerCase());
    if (!isId && !ACCOUNT_KEYS.test(key)) return undefined;
    if (typeof value === "number") return 0;
    const isKept = typeof value !== "string" || value === "" || (isId && MODEL_ID.test(value));
    return isKept ? undefined : `<${isId ? "id" : "account"}>`;
  };

  const toValue = (value) => {
    if (typeof value === "string") return toText(value);
    if (Array.isArray(value)) return value.map(toValue);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        toText(key),
        toStandIn(key, item) ?? toValue(item),
      ]),
    );
  };

  /** True where some form of the token is still there. */
  const isLeaking = (text) => new RegExp(secret.source, "i").test(text);

  return { forget: (id) => known.add(id), toText, toValue, isLeaking };
}
