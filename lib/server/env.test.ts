import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSettings } from "./env";

const key = (bytes: number | Buffer) =>
  `k1:${(typeof bytes === "number" ? randomBytes(bytes) : bytes).toString("base64")}`;
const GOOD = {
  DATABASE_URL: "postgresql://app@db.example/app",
  AUTH_SECRET: randomBytes(32).toString("base64"),
  TOKEN_KEYS: key(32),
};

describe("settings", () => {
  it("need nothing at all with the embedded database", () => {
    const { settings } = readSettings({});
    expect(settings).toMatchObject({
      PORT: 3000,
      HOST: "127.0.0.1",
      APP_URL: "http://localhost:3000",
      MODELSCOPE_API_URL: "https://api-inference.modelscope.cn",
      isSimulated: false,
    });
  });

  it("take empty texts as not set, and the address from the port", () => {
    expect(readSettings({ APP_URL: "", PORT: "4000" }).settings?.APP_URL).toBe(
      "http://localhost:4000",
    );
    expect(readSettings({ APP_URL: "https://play.example.com/" }).settings?.APP_URL).toBe(
      "https://play.example.com",
    );
  });

  it("tell every fault at once, naming variables and never values", () => {
    const canary = "c4nary-value";
    const { faults } = readSettings({
      PORT: canary,
      APP_URL: `ftp://${canary}`,
      MODELSCOPE_API_URL: `http://${canary}.example`,
      DATABASE_URL: `mysql://${canary}`,
      DRAIN_SECONDS: `-${canary}`,
      IMAGE_HOSTS: `https://${canary}`,
      SETUP_CODE: "short",
      AUTH_SECRET: canary,
      STORAGE_URL: `s3://${canary}`,
    });
    expect(faults?.map(({ name }) => name).sort()).toEqual([
      "APP_URL",
      "AUTH_SECRET",
      "DATABASE_URL",
      "DRAIN_SECONDS",
      "IMAGE_HOSTS",
      "MODELSCOPE_API_URL",
      "PORT",
      "SETUP_CODE",
      "STORAGE_URL",
    ]);
    expect(JSON.stringify(faults)).not.toContain(canary);
    expect(JSON.stringify(faults)).not.toContain("short");
  });

  const faulty: [string, Record<string, string>, string][] = [
    ["no session secret beside an own database", { AUTH_SECRET: "" }, "AUTH_SECRET"],
    ["no token key beside an own database", { TOKEN_KEYS: "" }, "TOKEN_KEYS"],
    ["a secret of 31 characters", { AUTH_SECRET: "x".repeat(31) }, "AUTH_SECRET"],
    [
      "the secret of .env.example",
      { AUTH_SECRET: "replace-with-the-output-of-openssl-rand-base64-32" },
      "AUTH_SECRET",
    ],
    ["a key of 31 bytes", { TOKEN_KEYS: key(31) }, "TOKEN_KEYS"],
    ["a key of zeros", { TOKEN_KEYS: key(Buffer.alloc(32)) }, "TOKEN_KEYS"],
    [
      "the key of .env.example",
      { TOKEN_KEYS: "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" },
      "TOKEN_KEYS",
    ],
    ["a key that is the session secret", { TOKEN_KEYS: `k1:${GOOD.AUTH_SECRET}` }, "TOKEN_KEYS"],
    [
      "ModelScope over http on another machine",
      { MODELSCOPE_API_URL: "http://10.0.0.5:4010" },
      "MODELSCOPE_API_URL",
    ],
    ["an address with a path", { APP_URL: "https://play.example.com/app" }, "APP_URL"],
    ["an address with a password", { APP_URL: "https://a:b@play.example.com" }, "APP_URL"],
  ];
  for (const [name, change, variable] of faulty) {
    it(`refuse ${name}`, () => {
      const { faults } = readSettings({ ...GOOD, ...change });
      expect(faults?.map((fault) => fault.name)).toEqual([variable]);
    });
  }

  it("know a simulator on loopback by its address", () => {
    const { settings } = readSettings({ MODELSCOPE_API_URL: "http://127.0.0.1:4010" });
    expect(settings?.isSimulated).toBe(true);
  });
});
