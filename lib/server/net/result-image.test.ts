import { describe, expect, it } from "vitest";
import { getSettings } from "../env";
import { fetchResultImage, isPublicAddress } from "./result-image";

describe("an address of the open internet", () => {
  const refused = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:a9fe:a9fe",
    "not an address",
  ];
  for (const address of refused)
    it(`not ${address}`, () => expect(isPublicAddress(address)).toBe(false));
  for (const address of ["47.110.23.1", "2408:4001::1"]) {
    it(address, () => expect(isPublicAddress(address)).toBe(true));
  }
});

describe("a result picture is fetched from exact hosts only", () => {
  const host = "muse-ai.oss-cn-hangzhou.aliyuncs.com";
  const urls = [
    `http://${host}/img/a.png`,
    `https://${host}:8443/img/a.png`,
    `https://user:pw@${host}/img/a.png`,
    "https://muse-ai.oss-cn-hangzhou-internal.aliyuncs.com/img/a.png",
    `https://evil.example/${host}`,
    `https://${host}.evil.example/a.png`,
    `https://evil${host}/a.png`,
    `https://${host}@evil.example/a.png`,
    "https://47.110.23.1/a.png",
    "http://127.0.0.1:1/a.png",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "not a url",
  ];
  for (const url of urls) {
    it(`not from ${url}`, async () => {
      const before = getSettings().IMAGE_HOSTS;
      getSettings().IMAGE_HOSTS = [host];
      await expect(fetchResultImage(url)).rejects.toMatchObject({ code: "image_copy_failed" });
      getSettings().IMAGE_HOSTS = before;
    });
  }
});
