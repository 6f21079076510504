import { type BrowserContext, test as base, expect } from "@playwright/test";

/** Console errors and foreign requests of a context's pages, collected as they happen. */
function watch(context: BrowserContext, origin: string): string[] {
  const faults: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      faults.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => faults.push(`page error: ${error.error().message}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    const isInline = url.protocol === "data:" || url.protocol === "blob:";
    if (!isInline && url.origin !== origin) faults.push(`foreign request: ${request.url()}`);
  });
  return faults;
}

/** A test that fails on any console error and on any request to another origin than the app's own. */
export const test = base.extend<{ faults: string[] }>({
  faults: [
    async ({ context, baseURL }, use) => {
      const faults = watch(context, new URL(baseURL ?? "").origin);
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect, watch };
