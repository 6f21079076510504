import { expect, it } from "vitest";
import { publicUrlSchema } from "./public-url";

const taken = [
  "https://modelscope.oss-cn-beijing.aliyuncs.com/demo/images/dog.png",
  "https://example.com/a.png?x=1#y",
  "https://EXAMPLE.com/A.png",
];
const refused = [
  "http://example.com/a.png",
  "https://127.0.0.1/a.png",
  "https://[::1]/a.png",
  "https://0x7f000001/a.png",
  "https://2130706433/a.png",
  "https://localhost/a.png",
  "https://printer/a.png",
  "https://a.local/x",
  "https://metadata.google.internal/x",
  "https://user:pw@example.com/x",
  "https://example.com:8443/x",
  "https://example.com.:443/x",
  "data:image/png;base64,AA",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "",
  `https://example.com/${"x".repeat(2_000)}`,
];

for (const url of taken)
  it(`takes ${url}`, () => expect(publicUrlSchema.safeParse(url).success).toBe(true));
for (const url of refused) {
  it(`refuses ${url.slice(0, 60)}`, () =>
    expect(publicUrlSchema.safeParse(url).success).toBe(false));
}
