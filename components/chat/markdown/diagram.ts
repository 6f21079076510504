import mermaid from "mermaid";

/** Longer ones are not asked for. */
const MAX_TEXT_LENGTH = 20_000;
const MAX_EDGES = 300;

let count = 0;

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
  return URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
}
