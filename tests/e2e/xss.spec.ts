import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import { startSink } from "../support/sink";
import { signIn, TEXTS, USERS } from "./story";

const t = TEXTS.en;
test.use({ locale: "en" });

/** What would run, load or lead somewhere, if any of it were taken as markup. */
const scripts = (sink: string) => [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)></svg>",
  "<svg><script>alert(1)</script></svg>",
  "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
  "<iframe src=javascript:alert(1)></iframe>",
  "<body onload=alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<video><source onerror=alert(1)></video>",
  "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
  "<a href=javascript:alert(1)>click</a>",
  "<form action=javascript:alert(1)><button>go</button></form>",
  "<input autofocus onfocus=alert(1)>",
  "<marquee onstart=alert(1)>x</marquee>",
  "<object data=javascript:alert(1)></object>",
  "<embed src=javascript:alert(1)>",
  "<base href=//evil.example/>",
  `<meta http-equiv=refresh content="0;url=${sink}/refresh">`,
  `<link rel=stylesheet href=${sink}/css>`,
  `<style>@import url(${sink}/import);</style>`,
  "<template><img src=x onerror=alert(1)></template>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  "[a](javascript:alert(1))",
  "[b](JaVaScRiPt:alert(1))",
  "[c](java\tscript:alert(1))",
  "[d](&#106;avascript:alert(1))",
  "[e](data:text/html,<script>alert(1)</script>)",
  "[f](vbscript:msgbox(1))",
  "[g](blob:https://x/y)",
  "[h](file:///etc/passwd)",
  "<javascript:alert(1)>",
  "[i][ref]\n\n[ref]: javascript:alert(1)",
  `![x](${sink}/image?q=secret)`,
  `![y][pic]\n\n[pic]: ${sink}/reference`,
  `<img src="${sink}/html">`,
  `<picture><source srcset="${sink}/set"><img></picture>`,
  "![](/api/conversations/1/delete)",
  "![](/api/auth/signout)",
  "![](../../x)",
  "![](/api/images/../admin)",
  '```"><img onerror=alert(1) src=x>\ncode\n```',
  "```html\n<img src=x onerror=alert(1)>\n```",
  "`<img src=x onerror=alert(1)>`",
  "```js\n\u001b[31mred\u001b[0m\n```",
  "| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>alert(1)</script> | d |",
  "$\\href{javascript:alert(1)}{click}$",
  "$\\url{javascript:alert(1)}$",
  `$\\includegraphics{${sink}/katex}$`,
  "$\\htmlData{onclick=alert(1)}{x}$",
  "$$\\def\\a{\\a\\a}\\a$$",
  '```mermaid\n%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\ngraph LR\n  A["<img src=x onerror=alert(1)>"] --> B\n  click A "javascript:alert(1)"\n```',
  '```mermaid\ngraph LR\n  A["$$\\href{javascript:alert(1)}{x}$$"]\n```',
  `\`\`\`mermaid\ngraph LR\n  A --> B\n  click A "${sink}/mermaid"\n\`\`\``,
  "{{constructor.constructor('alert(1)')()}}",
  "#{alert(1)}",
  "<x onclick=alert(1)>click me</x>",
  "[normal](https://example.com/page)",
  "The last of an even number, so that an answer has it.",
];

async function importChat(page: Page, body: object): Promise<Conversation> {
  const headers = { origin: new URL(page.url()).origin, "content-type": "application/json" };
  const data = JSON.stringify(body);
  return (await page.request.post("/api/conversations/import", { data, headers })).json();
}

/** Elements that only markup of the text could have made. */
const foreign = (page: Page) =>
  page.evaluate(() => {
    const log = document.querySelector("[role=log]") ?? document.body;
    const elements = [...log.querySelectorAll("*")];
    const handlers = elements.flatMap((element) =>
      [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
    );
    const tags = "script,iframe,object,embed,base,meta,form,marquee,video,link,noscript";
    const badLinks = [...log.querySelectorAll("a")].filter(
      ({ href }) => !/^(https?:|mailto:)/.test(href),
    );
    const badImages = [...log.querySelectorAll("img")].filter(
      ({ src }) => !src.startsWith("blob:") && !src.startsWith(location.origin),
    );
    return {
      handlers,
      tags: log.querySelectorAll(tags).length,
      links: badLinks.map(({ href }) => href),
      images: badImages.map(({ src }) => src),
    };
  });

const NOTHING = { handlers: [], tags: 0, links: [], images: [] };

test("XSS-01 XSS-02 XSS-04 XSS-05 XSS-07 XSS-08 nothing that a model or a user writes runs, loads or leads astray", async ({
  page,
}) => {
  const sink = await startSink();
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await signIn(page, "en", USERS.member);
  const payloads = scripts(sink.url);
  const messages = payloads.map((text, index) => ({
    key: String(index),
    parent: index === 0 ? null : String(index - 1),
    role: index % 2 === 0 ? "user" : "assistant",
    text: index % 2 === 0 ? text : `${text}\n\n${payloads[index - 1]}`,
    reasoning: index % 2 === 0 ? "" : text,
    createdAt: "2026-11-25T00:00:00.000Z",
  }));
  const html = await importChat(page, {
    format: "modelscope-playground/conversation",
    version: 1,
    title: '"><img src=x onerror=alert(1)>',
    model: "Qwen/Qwen3.5-27B",
    settings: { systemPrompt: "<img src=x onerror=alert(1)>" },
    messages,
  });
  const raw = await (await page.request.get(`/chat/${html.id}`)).text();
  expect(raw).not.toMatch(/<img[^>]+onerror/i);
  // Nothing is preloaded on the server's side either.
  expect(raw).not.toMatch(new RegExp(`<link[^>]+${sink.url}`));
  await page.goto(`/chat/${html.id}`);
  await expect(page.locator("[data-role=assistant]").last()).toBeVisible();
  for (const summary of await page.getByRole("button", { name: /^Reasoning/ }).all()) {
    await summary.click();
  }
  expect(await foreign(page)).toEqual(NOTHING);
  // The earlier ones too.
  await page.getByRole("log").hover();
  for (let times = 0; times < 60; times += 1) await page.mouse.wheel(0, -2_000);
  await expect(page.getByText(payloads[0] ?? "", { exact: true }).first()).toBeVisible();
  // Formulas and diagrams are drawn by now.
  await page.waitForTimeout(3_000);
  expect(await foreign(page)).toEqual(NOTHING);
  const link = page.getByRole("link", { name: "normal" }).first();
  await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expect(link).toHaveAttribute("title", "https://example.com/page");
  await expect(page.getByText(t.chat.blockedImage.replace("{alt}", "x")).first()).toBeVisible();
  expect(dialogs).toEqual([]);
  expect(sink.hits).toEqual([]);
  sink.close();
});

test("LIM-08 a bomb of Markdown is shown as text, and the page lives", async ({ page }) => {
  await signIn(page, "en", USERS.member);
  const bombs = [
    ">".repeat(100_000),
    "[".repeat(100_000),
    "*".repeat(100_000),
    `| a |\n|---|\n|${"x|".repeat(500_000)}`,
    Array.from({ length: 50_000 }, (_unused, n) => `[${n}]: http://a.example/${n}`).join("\n"),
  ];
  for (const bomb of bombs) {
    const messages = [
      { role: "user", content: "bomb" },
      { role: "assistant", content: bomb.slice(0, 199_000) },
    ];
    const { id } = await importChat(page, { title: "bomb", messages });
    await page.goto(`/chat/${id}`);
    await expect(page.getByText("bomb", { exact: true }).first()).toBeVisible();
    const startedMs = Date.now();
    await page.getByLabel(t.chat.message).fill("still alive");
    await expect(page.getByLabel(t.chat.message)).toHaveValue("still alive");
    expect(Date.now() - startedMs).toBeLessThan(3_000);
    await page.getByLabel(t.chat.message).fill("");
  }
});
