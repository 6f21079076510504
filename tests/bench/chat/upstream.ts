import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Plan } from "./plan";

/** The bench's own ModelScope, in a process of its own. */
export type Upstream = {
  url: string;
  /** Resolves with the moment at which the next stream is hung up on. */
  nextClose: () => Promise<number>;
  close: () => Promise<void>;
};

export async function startUpstream(): Promise<Upstream> {
  const child: ChildProcess = fork(path.join(import.meta.dirname, "upstream-process.ts"), {
    execArgv: process.execArgv,
  });
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  return {
    url,
    nextClose: () =>
      new Promise((resolve) => {
        const take = (message: { closedAt?: number }) => {
          if (message.closedAt === undefined) return;
          child.off("message", take);
          resolve(message.closedAt);
        };
        child.on("message", take);
      }),
    close: async () => {
      child.kill();
      await once(child, "exit");
    },
  };
}

/** The model id that makes the upstream follow a plan. */
export const modelOf = (plan: Plan): string =>
  `bench/c${plan.chunks}-d${plan.delayMs}${plan.text ? `-${plan.text}` : ""}`;
