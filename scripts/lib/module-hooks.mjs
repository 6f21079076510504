// Lets plain Node load the app's own TypeScript: `@/…` from the root, endings left out, `server-only` as nothing.
import fs from "node:fs";
import { registerHooks } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = path.resolve(import.meta.dirname, "../..");
const EMPTY = "data:text/javascript,";

function findFile(base) {
  return [base, `${base}.ts`, `${base}.tsx`].find(
    (file) => fs.existsSync(file) && fs.statSync(file).isFile(),
  );
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === "server-only") return { url: EMPTY, shortCircuit: true };
    const isAlias = specifier.startsWith("@/");
    const isOurs =
      context.parentURL?.startsWith("file:") && !context.parentURL.includes("/node_modules/");
    const isRelative = isOurs && /^\.{1,2}\//.test(specifier);
    if (isAlias || isRelative) {
      const from = isAlias ? ROOT : path.dirname(fileURLToPath(context.parentURL));
      const file = findFile(path.resolve(from, isAlias ? specifier.slice(2) : specifier));
      if (file) return nextResolve(pathToFileURL(file).href, context);
    }
    return nextResolve(specifier, context);
  },
});
