import mermaid from "mermaid";

/** Longer ones are not asked for. */
const MAX_TEXT_LENGTH = 20_000;
const MAX_EDGES = 300;

let count = 0;

/** A drawing as large as it was drawn, where it says only "all the width there is". */
function withSize(svg: string): string {
  const [, width, height] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  if (!width || !height) return svg;
  return svg.replace(/(<svg[^>]*?) width="100%"/, `$1 width="${width}" height="${height}"`);
}

/**
 * Draws a diagram and answers the address of a picture of it: a picture runs no script and loads
 * nothing, whatever the text says. What the text may set of its own look is left out of `secure`.
 * Throws where it is no diagram.
 */
export async function drawDiagram(text: string, isDark: boolean): Promise<string> {
  mermaid.initialize({
    startOnLoad: false,
    suppressErrorRendering: true,
    securityLevel: "strict",
    secure: ["secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "htmlLabels"],
    htmlLabels: false,
    maxTextSize: MAX_TEXT_LENGTH,
    maxEdges: MAX_EDGES,
    theme: isDark ? "dark" : "neutral",
    fontFamily: "sans-serif",
  });
  count += 1;
  const { svg } = await mermaid.render(`diagram-${count}`, text);
  return URL.createObjectURL(new Blob([withSize(svg)], { type: "image/svg+xml" }));
}
