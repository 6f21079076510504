const OFFICIAL = {
  api: "https://api-inference.modelscope.cn",
  site: "https://modelscope.cn",
};
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Throws where an address is not one that a token may be sent to. */
function toOrigin(text, name) {
  if (!URL.canParse(text)) throw new Error(`${name} is no address.`);
  const url = new URL(text);
  const isSafe =
    url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.includes(url.hostname));
  if (!isSafe) throw new Error(`${name} must be https, or http on this machine.`);
  if (url.username || url.password) throw new Error(`${name} must not carry credentials.`);
  return url.origin;
}

/** The two hosts that are asked, and whether they are ModelScope's own. */
export function readHosts(env) {
  const api = toOrigin(env.MODELSCOPE_API_URL || OFFICIAL.api, "MODELSCOPE_API_URL");
  const site = toOrigin(env.MODELSCOPE_SITE_URL || OFFICIAL.site, "MODELSCOPE_SITE_URL");
  return { api, site, isOfficial: api === OFFICIAL.api && site === OFFICIAL.site };
}
