import { describe, expect, it } from "vitest";
import { parseStorageUrl } from "./storage-location";

const parse = (text: string) => {
  const location = parseStorageUrl(text);
  return location?.kind === "s3"
    ? { ...location, secretAccessKey: location.secretAccessKey.reveal() }
    : location;
};

describe("STORAGE_URL", () => {
  const own = { kind: "s3", region: "auto", accessKeyId: "id", secretAccessKey: "a/b+c" };
  const taken: [string, object][] = [
    ["vercel-blob:", { kind: "vercel-blob" }],
    [
      "s3://id:a%2Fb%2Bc@r2.example/pics?region=auto",
      { ...own, baseUrl: "https://r2.example/pics", prefix: "" },
    ],
    [
      "s3://id:a%2Fb%2Bc@oss.example/pics/team/one?region=auto&style=virtual",
      { ...own, baseUrl: "https://pics.oss.example", prefix: "team/one/" },
    ],
    [
      "s3://id:a%2Fb%2Bc@pics.example/team?region=auto&style=domain",
      { ...own, baseUrl: "https://pics.example", prefix: "team/" },
    ],
    [
      "s3://id:a%2Fb%2Bc@minio:9000/pics?region=auto&scheme=http",
      { ...own, baseUrl: "http://minio:9000/pics", prefix: "" },
    ],
    [
      "s3://id:a%2Fb%2Bc@127.0.0.1:9000/pics?region=auto",
      { ...own, baseUrl: "http://127.0.0.1:9000/pics", prefix: "" },
    ],
  ];
  for (const [text, location] of taken) {
    it(`takes ${text}`, () => expect(parse(text)).toEqual(location));
  }

  const refused = [
    "s3://r2.example/pics?region=auto",
    "s3://id:secret@r2.example/pics",
    "s3://id:secret@r2.example?region=auto",
    "s3://id:secret@r2.example/pics?region=auto&style=other",
    "s3://id:secret@r2.example/pics?region=auto&scheme=ftp",
    "s3://id:secret@r2.example/pics?region=auto&regoin=x",
    "s3://id:secret@r2.example/pics/a%2F..%2Fb?region=auto",
    "https://id:secret@r2.example/pics?region=auto",
    "file:///tmp",
    "s3://id:se%cret@r2.example/pics?region=auto",
    "s3://i%d:secret@r2.example/pics?region=auto",
    "vercel-blob:store",
    "",
  ];
  for (const text of refused) it(`refuses ${text}`, () => expect(parseStorageUrl(text)).toBeNull());

  it("prints no secret", () => {
    const location = parseStorageUrl("s3://id:hidden-secret@r2.example/pics?region=auto");
    expect(JSON.stringify(location)).not.toContain("hidden-secret");
  });
});
