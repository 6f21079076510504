import { type ImageOrder, toImageBody } from "../wire/image-body";
import { type SampleLanguage, toCurl, toJavaScript, toPython } from "./literals";

/** An address in the place of a picture that only its owner can read. */
export const EXAMPLE_INPUT = "https://example.com/picture.png";

function python(body: object, origin: string): string {
  return `import json
import os
import time
import requests

headers = {"Authorization": "Bearer " + os.environ["MODELSCOPE_TOKEN"]}

submit = requests.post(
    "${origin}/v1/images/generations",
    headers={**headers, "Content-Type": "application/json", "X-ModelScope-Async-Mode": "true"},
    data=json.dumps(${toPython(body).replaceAll("\n", "\n    ")}, ensure_ascii=False).encode("utf-8"),
)
submit.raise_for_status()

while True:
    task = requests.get(
        "${origin}/v1/tasks/" + submit.json()["task_id"],
        headers={**headers, "X-ModelScope-Task-Type": "image_generation"},
    ).json()
    if task["task_status"] in ("SUCCEED", "FAILED"):
        break
    time.sleep(5)
print(task.get("output_images") or task)
`;
}

function javascript(body: object, origin: string): string {
  return `const headers = { Authorization: \`Bearer \${process.env.MODELSCOPE_TOKEN}\` };

const submit = await fetch("${origin}/v1/images/generations", {
  method: "POST",
  headers: { ...headers, "Content-Type": "application/json", "X-ModelScope-Async-Mode": "true" },
  body: JSON.stringify(${toJavaScript(body).replaceAll("\n", "\n  ")}),
});
if (!submit.ok) throw new Error(await submit.text());
const { task_id } = await submit.json();

let task;
do {
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const poll = await fetch(\`${origin}/v1/tasks/\${task_id}\`, {
    headers: { ...headers, "X-ModelScope-Task-Type": "image_generation" },
  });
  task = await poll.json();
} while (task.task_status !== "SUCCEED" && task.task_status !== "FAILED");
console.log(task.output_images ?? task);
`;
}

function curl(body: object, origin: string): string {
  const submit = toCurl(
    `${origin}/v1/images/generations`,
    [
      "Authorization: Bearer $MODELSCOPE_TOKEN",
      "Content-Type: application/json",
      "X-ModelScope-Async-Mode: true",
    ],
    body,
  );
  return `task=$(${submit.trimEnd()}
)
id=$(printf %s "$task" | sed -E 's/.*"task_id":"?([0-9]+).*/\\1/')

while sleep 5; do
  task=$(curl -s ${origin}/v1/tasks/$id \\
    -H "Authorization: Bearer $MODELSCOPE_TOKEN" \\
    -H "X-ModelScope-Task-Type: image_generation")
  case "$task" in *'"SUCCEED"'*|*'"FAILED"'*) break ;; esac
done
echo "$task"
`;
}

const WRITERS = { python, javascript, curl };

/** A program that orders a picture as we would, and waits for it. */
export function toImageSample(
  order: ImageOrder,
  language: SampleLanguage,
  { origin }: { origin: string },
): string {
  return WRITERS[language](toImageBody(order), origin);
}
