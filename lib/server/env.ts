import "server-only";
import fs from "node:fs";
import { z } from "zod";
import { parseStorageUrl } from "./storage-location";

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** The values of .env.example: good enough to show the form, never to run with. */
const EXAMPLE_SECRETS = new Set([
  "replace-with-the-output-of-openssl-rand-base64-32",
  "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
]);

const isUrl = (value: string) => URL.canParse(value);
const isLoopback = (value: string) => LOOPBACK_HOSTS.has(new URL(value).hostname);
const isOrigin = (value: string) => new URL(value).origin === value.replace(/\/$/, "");

const originUrl = z
  .string()
  .refine(isUrl, { error: "must be a URL such as https://play.example.com", abort: true })
  .refine((value) => /^https?:/.test(value), {
    error: "must begin with http or https",
    abort: true,
  })
  .refine(isOrigin, { error: "must have no path, query, user or password" })
  .transform((value) => new URL(value).origin);

const upstreamUrl = originUrl.refine((value) => value.startsWith("https:") || isLoopback(value), {
  error: "may be http only on the loopback address",
});

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, { error: `must be a whole number from ${min} to ${max}`, abort: true })
    .transform(Number)
    .refine((value) => value >= min && value <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    });

const imageHost = z
  .string()
  .regex(/^[a-z0-9.-]+(:\d{1,5})?$/i, {
    error: "must be exact host names, divided by commas, with a port only where it is not 443",
  })
  .transform((host) => host.toLowerCase());

const secret = z
  .string()
  .min(32, { error: "must have at least 32 characters; make one with: openssl rand -base64 32" })
  .refine((value) => !EXAMPLE_SECRETS.has(value), { error: "is the value of .env.example" });

const storageUrl = z.string().transform((value, context) => {
  const location = parseStorageUrl(value);
  if (location) return location;
  context.addIssue({
    code: "custom",
    message:
      "must be vercel-blob: or s3://KEY:SECRET@HOST/BUCKET?region=REGION with KEY and SECRET percent-encoded; see .env.example",
  });
  return z.NEVER;
});

/** Hours, weather and explanations of the balance read the last week of the ledger itself. */
const MIN_RETENTION_DAYS = 8;

const settingsSchema = z.object({
  APP_URL: originUrl.optional(),
  PORT: wholeNumber(1, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[a-z0-9.:-]+$/i, { error: "must be a host name or an address" })
    .default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: z
    .string()
    .refine((value) => /^postgres(ql)?:\/\//.test(value) && isUrl(value), {
      error: "must be a postgresql:// URL",
    })
    .optional(),
  EMBEDDED_DATABASE: z.literal("1", { error: "is set by the launcher only" }).optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 200).default(10),
  AUTH_SECRET: secret.optional(),
  TOKEN_KEYS: z.string().min(1).optional(),
  TOKEN_KEYS_FILE: z.string().min(1).optional(),
  SETUP_CODE: z.string().min(12, { error: "must have at least 12 characters" }).optional(),
  MODELSCOPE_API_URL: upstreamUrl.default("https://api-inference.modelscope.cn"),
  MODELSCOPE_SITE_URL: upstreamUrl.default("https://modelscope.cn"),
  IMAGE_HOSTS: z
    .string()
    .transform((value) => value.split(",").map((host) => host.trim()))
    .pipe(z.array(imageHost).min(1))
    .default(["muse-ai.oss-cn-hangzhou.aliyuncs.com"]),
  STORAGE_URL: storageUrl.optional(),
  BLOB_READ_WRITE_TOKEN: z.string().min(1).optional(),
  RUN_HEADERS_MS: wholeNumber(10, 600_000).default(90_000),
  RUN_FIRST_CONTENT_MS: wholeNumber(10, 600_000).default(90_000),
  RUN_IDLE_MS: wholeNumber(10, 600_000).default(90_000),
  RUN_TOTAL_MS: wholeNumber(10, 3_600_000).default(600_000),
  RUN_KEEPALIVE_MS: wholeNumber(10, 60_000).default(10_000),
  RUN_CHECKPOINT_MS: wholeNumber(10, 60_000).default(1_000),
  RUN_LEASE_MS: wholeNumber(100, 600_000).default(15_000),
  RUN_RETRY_MS: wholeNumber(0, 60_000).default(2_000),
  RUN_POLL_MS: wholeNumber(10, 60_000).default(2_000),
  USAGE_RETENTION_DAYS: wholeNumber(0, 36_500)
    .refine((days) => days === 0 || days >= MIN_RETENTION_DAYS, {
      error: `must be 0, for ever, or at least ${MIN_RETENTION_DAYS}`,
    })
    .default(0),
  DRAIN_SECONDS: wholeNumber(0, 600).default(25),
  MAX_BODY_BYTES: wholeNumber(1_024, 50_000_000).default(1_000_000),
  MAX_LINE_BYTES: wholeNumber(1_024, 100_000_000).default(1_000_000),
  MAX_TEXT_BYTES: wholeNumber(1_024, 100_000_000).default(1_000_000),
  MAX_STREAM_BYTES: wholeNumber(1_024, 1_000_000_000).default(8_000_000),
  MAX_UPLOAD_BYTES: wholeNumber(1_024, 100_000_000).default(10_000_000),
  MAX_USER_UPLOAD_BYTES: wholeNumber(1_024, 100_000_000_000).default(1_000_000_000),
  MAX_IMAGE_BYTES: wholeNumber(1_024, 1_000_000_000).default(20_000_000),
  VERCEL: z.literal("1").optional().catch(undefined),
  CRON_SECRET: z.string().min(16, { error: "must have at least 16 characters" }).optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

type Source = Record<string, string | undefined>;
type ParsedSettings = z.infer<typeof settingsSchema>;

export type Settings = Omit<ParsedSettings, "APP_URL"> & {
  APP_URL: string;
  /** True where ModelScope's part is played by a server on this machine. */
  isSimulated: boolean;
  /** True where the process sleeps between requests, so that nothing may be left for after an answer. */
  isServerless: boolean;
};

/** A setting that cannot be used. The text names the variable and the rule, never the value. */
export type SettingFault = { name: string; text: string };

function findMissing(settings: ParsedSettings): SettingFault[] {
  if (!settings.DATABASE_URL || settings.EMBEDDED_DATABASE) return [];
  const why = "is required where DATABASE_URL is set; see .env.example";
  return [
    ...(settings.AUTH_SECRET ? [] : [{ name: "AUTH_SECRET", text: why }]),
    ...(settings.TOKEN_KEYS || settings.TOKEN_KEYS_FILE ? [] : [{ name: "TOKEN_KEYS", text: why }]),
  ];
}

function findKeyFaults(
  name: string,
  keys: string | undefined,
  authSecret: string | undefined,
): SettingFault[] {
  if (keys === undefined) return [];
  const entries = keys
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (entries.some((entry) => EXAMPLE_SECRETS.has(entry))) {
    return [{ name, text: "is the value of .env.example" }];
  }
  const materials = entries.map((entry) => entry.slice(entry.indexOf(":") + 1));
  const isKey = (material: string) => {
    const bytes = Buffer.from(material, "base64");
    return bytes.length === 32 && new Set(bytes).size > 8;
  };
  if (entries.length === 0 || !materials.every(isKey)) {
    return [{ name, text: "must be k1:KEY, each KEY 32 random bytes in base64" }];
  }
  const isShared = authSecret !== undefined && materials.includes(authSecret);
  return isShared ? [{ name, text: "must not be the same as AUTH_SECRET" }] : [];
}

function findKeyFileFaults({
  TOKEN_KEYS,
  TOKEN_KEYS_FILE,
  AUTH_SECRET,
}: ParsedSettings): SettingFault[] {
  if (TOKEN_KEYS !== undefined || TOKEN_KEYS_FILE === undefined) return [];
  try {
    return findKeyFaults("TOKEN_KEYS_FILE", fs.readFileSync(TOKEN_KEYS_FILE, "utf8"), AUTH_SECRET);
  } catch {
    return [{ name: "TOKEN_KEYS_FILE", text: "names a file that cannot be read" }];
  }
}

function findStorageFaults({ STORAGE_URL, BLOB_READ_WRITE_TOKEN }: ParsedSettings): SettingFault[] {
  if (STORAGE_URL?.kind !== "vercel-blob" || BLOB_READ_WRITE_TOKEN) return [];
  return [{ name: "BLOB_READ_WRITE_TOKEN", text: "is required where STORAGE_URL is vercel-blob:" }];
}

/** Reads and checks all settings at once; an empty string counts as not set. */
export function readSettings(
  source: Source,
): { settings: Settings; faults: null } | { settings: null; faults: SettingFault[] } {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = settingsSchema.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => ({
      name: String(issue.path[0]),
      text: issue.message,
    }));
    return { settings: null, faults };
  }
  const { data } = parsed;
  const faults = [
    ...findMissing(data),
    ...findKeyFaults("TOKEN_KEYS", data.TOKEN_KEYS, data.AUTH_SECRET),
    ...findKeyFileFaults(data),
    ...findStorageFaults(data),
  ];
  if (faults.length > 0) return { settings: null, faults };
  const settings = {
    ...data,
    APP_URL: data.APP_URL ?? `http://localhost:${data.PORT}`,
    isSimulated: isLoopback(data.MODELSCOPE_API_URL),
    isServerless: data.VERCEL === "1",
  };
  return { settings, faults: null };
}

const store = globalThis as unknown as { __mspSettings?: Settings };

/** The settings of this process, checked at the first call. Throws where one is wrong. */
export function getSettings(): Settings {
  if (!store.__mspSettings) {
    const { settings, faults } = readSettings(process.env);
    if (faults) throw new Error(faults.map(({ name, text }) => `${name} ${text}`).join("\n"));
    // next-auth reads its own address from here; it must not believe Host headers.
    process.env.NEXTAUTH_URL = settings.APP_URL;
    store.__mspSettings = settings;
  }
  return store.__mspSettings;
}
