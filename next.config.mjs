import createNextIntlPlugin from "next-intl/plugin";

/** For what the proxy does not see; pages get a policy with a nonce there, which takes its place. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS = [
  { key: "Content-Security-Policy", value: CONTENT_SECURITY_POLICY },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

const SHARE_HEADERS = [
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Robots-Tag", value: "noindex, nofollow, noarchive" },
];

/** The build of the bench has two routes more, `*.bench.ts`: a floor to be held against, and a scale. */
const BENCH_BUILD = {
  distDir: ".next-bench",
  pageExtensions: ["tsx", "ts", "bench.ts"],
};

/** @type {import('next').NextConfig} */
const config = {
  ...(process.env.BENCH_BUILD === "1" && BENCH_BUILD),
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  images: { unoptimized: true },
  // `npm run check` type-checks everything, tests too; a person who only starts the app need not wait for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: HEADERS },
    { source: "/s/:path*", headers: SHARE_HEADERS },
  ],
};

export default createNextIntlPlugin("./lib/server/i18n/request.ts")(config);
