/**
 * What a picture may have before it is shrunk in the browser. Sides: vision models of API-Inference
 * cut pictures into tiles of 28 px and scale larger ones down themselves (Qwen-VL's model cards,
 * 2026-11); 2,048 px keeps small print readable. Bytes: Vercel takes 4.5 MB a request.
 */
export const VISION_LIMITS = { maxSide: 2_048, maxBytes: 4_000_000 } as const;
