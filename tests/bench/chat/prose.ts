/** Parts of an answer as people get them: prose in two languages, code, a table, a list. */
const SECTIONS = [
  "## 流式渲染 Streaming\n\n把长回答切成块，只有最后一块在变，前面的块就不必再画。这样做的好处是：每一帧的工作量与回答的长度无关，读到哪里，画到哪里。",
  "A long answer is cut into blocks. Only the last one grows, so the others need not be drawn again, and the work of a frame does not depend on how long the answer has become.",
  "```ts\nexport function toBlocks(text: string): string[] {\n  const blocks: string[] = [];\n  for (const token of lexer(text)) blocks.push(token.raw);\n  return blocks.filter((block) => block.trim() !== '');\n}\n```",
  "| 指标 | 数值 | unit |\n|---|---|---|\n| 首字 | 0.84 | s |\n| 速度 | 47.2 | tok/s |\n| 总长 | 20000 | tok |",
  "1. 先量一量，**再**决定要不要改\n2. 每一步都能回退\n3. `npm run bench` 给出的是比值，*不是*绝对值\n   - 同一台机器\n   - 同一次运行",
  "> 没有量过的性能，只是愿望。Performance that nobody measured is a wish.",
];

/** An answer of so many tokens, one an entry: a CJK letter, or a Latin word with its blank. */
export function toProse(tokens: number): string[] {
  const words: string[] = [];
  for (let section = 0; words.length < tokens; section += 1) {
    const text = `${SECTIONS[section % SECTIONS.length]}\n\n`;
    words.push(
      ...(text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+/g) ?? []),
    );
  }
  return words.slice(0, tokens);
}
