/** A frame that is an object; null for anything else, such as `[DONE]`. */
function toFrame(text) {
  try {
    const frame = JSON.parse(text);
    return typeof frame === "object" ? frame : null;
  } catch {
    return null;
  }
}

/** The frames of a stream, as far as the questions need them. */
export function readFrames(text) {
  const lines = text.split(/\r?\n/);
  const data = lines
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice("data:".length).trim());
  const frames = data.map(toFrame).filter((frame) => frame !== null);
  return {
    frames,
    isDoneSent: data.at(-1) === "[DONE]",
    lineEnding: text.includes("\r\n") ? "CRLF" : "LF",
    hasEventLines: lines.some((line) => line.startsWith("event:")),
  };
}

/** Enough of a stream to compare its frames with, not all of it. */
export function toExcerpt(text) {
  const { frames, ...facts } = readFrames(text);
  const isShort = frames.length <= 8;
  return {
    ...facts,
    count: frames.length,
    first: isShort ? frames : frames.slice(0, 4),
    last: isShort ? [] : frames.slice(-4),
  };
}
