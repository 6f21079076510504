type Reply = { reasoning: string; text: string };

const isChinese = (text: string) => /[\u4e00-\u9fff]/.test(text);

const ZH_TEXT = `这是**模拟器**在回答：没有任何请求离开这台机器，也不花魔粒。

你问的是：

> {question}

下面是一段排版示例，用来看清流式输出的样子。

1. 文字一到就显示，不等整段写完
2. 关掉页面，答案照样写完
3. 每次调用都记在账本里

\`\`\`typescript
const lane = new Map<string, Promise<void>>();

export async function enqueue(token: string, job: () => Promise<void>) {
  const before = lane.get(token) ?? Promise.resolve();
  const mine = before.then(job, job);
  lane.set(token, mine);
  return mine;
}
\`\`\`

| 项目 | 值 |
| --- | --- |
| 来源 | 模拟器 |
| 花费 | 0 真实魔粒 |

想看别的结局，可以选 \`simulator/…\` 开头的模型。`;

const EN_TEXT = `This is the **simulator** answering: no request left this machine and no Magicubes were spent.

You asked:

> {question}

Below is a short sample, to see what streaming looks like.

1. Words show up as they arrive
2. Close the page and the answer is finished all the same
3. Every call is booked in the ledger

\`\`\`typescript
const lane = new Map<string, Promise<void>>();

export async function enqueue(token: string, job: () => Promise<void>) {
  const before = lane.get(token) ?? Promise.resolve();
  const mine = before.then(job, job);
  lane.set(token, mine);
  return mine;
}
\`\`\`

| Item | Value |
| --- | --- |
| Source | simulator |
| Cost | 0 real Magicubes |

For other endings pick a model that begins with \`simulator/\`.`;

/** A prompt for pictures that is to be translated or improved stands at the end of its question. */
const PROMPT_HELP = /text-to-image[\s\S]*<prompt>\n([\s\S]*)\n<\/prompt>$/;

/** What the simulator says to a question, in the question's language. */
export function replyTo(question: string): Reply {
  const prompt = PROMPT_HELP.exec(question)?.[1];
  if (prompt !== undefined) {
    return {
      reasoning: "A prompt for pictures. I keep it and add light, composition and material.",
      text: `${prompt}, soft morning light, wide composition, fine paper texture (simulated)`,
    };
  }
  const shown = question.replaceAll("\n", " ").slice(0, 200);
  return isChinese(question)
    ? {
        reasoning:
          "用户想看看这套界面怎么工作。我先复述问题，再给一段带代码和表格的示例，最后说明这是模拟器。",
        text: ZH_TEXT.replace("{question}", () => shown),
      }
    : {
        reasoning:
          "The user wants to see how this bench works. I repeat the question, then give a sample with code and a table, and say that this is the simulator.",
        text: EN_TEXT.replace("{question}", () => shown),
      };
}

/** Cuts a text into frames of a few letters, never inside a surrogate pair. */
export function toPieces(text: string, letters = 4): string[] {
  const all = [...text];
  return Array.from({ length: Math.ceil(all.length / letters) }, (_, index) =>
    all.slice(index * letters, (index + 1) * letters).join(""),
  );
}

/** A token count that looks right: one for each Chinese letter, one for four others. Inferred. */
export function countTokens(text: string): number {
  const chinese = text.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  return chinese + Math.ceil((text.length - chinese) / 4);
}

/** The longest beginning of a text that has at most so many tokens. */
export function cutToTokens(text: string, max: number): string {
  if (countTokens(text) <= max) return text;
  const letters = [...text];
  let low = 0;
  for (let high = letters.length; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if (countTokens(letters.slice(0, middle).join("")) <= max) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join("");
}
