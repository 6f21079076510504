import "server-only";
import type { Locale } from "@/lib/shared/locales";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";

const MESSAGES = { "zh-CN": zh, en } as const;

export type Messages = typeof zh;

/** All texts of a language; a test holds the keys of both files equal. */
export function loadMessages(locale: Locale): Messages {
  return MESSAGES[locale];
}
