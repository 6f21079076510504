import { readA1111 } from "./a1111";
import { readComfyUi } from "./comfyui";
import type { FoundRecipe } from "./found-recipe";
import { OWN_KEY, readOwn } from "./own-recipe";
import { readPictureTexts } from "./picture-texts";

/**
 * How a picture was made, by the texts in its file: ours, then A1111's, then ComfyUI's graph. Null where
 * it says nothing.
 */
export async function readRecipe(bytes: Uint8Array): Promise<FoundRecipe | null> {
  const texts = await readPictureTexts(bytes);
  const tries: [string, (text: string) => FoundRecipe | null][] = [
    [OWN_KEY, readOwn],
    ["comment", readOwn],
    ["description", readOwn],
    ["parameters", readA1111],
    ["comment", readA1111],
    ["description", readA1111],
    ["prompt", readComfyUi],
  ];
  for (const [key, read] of tries) {
    const text = texts.get(key);
    const found = text === undefined ? null : read(text);
    if (found) return found;
  }
  return null;
}
