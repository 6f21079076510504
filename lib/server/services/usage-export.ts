import "server-only";
import { stringify } from "csv-stringify/sync";
import type { Actor } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import type { Cursor } from "@/lib/shared/cursor";
import type { UsageCall, UsageFilter } from "@/lib/shared/schemas/usage";
import { now } from "../clock";
import { findCalls } from "../db/usage-calls";
import { toFilter, toUsageCall } from "./usage-calls";

const PAGE_SIZE = 2_000;

/** What a spreadsheet gets of a call; times are UTC, `day` is the ledger's. */
const COLUMNS: Record<string, (call: UsageCall) => string | number | null> = {
  started_at: ({ startedAt }) => startedAt,
  day: ({ startedAt }) => toLedgerDay(new Date(startedAt)),
  kind: ({ kind }) => kind,
  model: ({ model }) => model,
  provider: ({ provider }) => provider,
  protocol: ({ protocol }) => protocol,
  status: ({ status }) => status,
  charged: ({ isCall }) => (isCall ? 1 : 0),
  error: ({ errorCode }) => errorCode,
  first_token_ms: ({ firstTokenMs }) => firstTokenMs,
  total_ms: ({ totalMs }) => totalMs,
  input_tokens: ({ inputTokens }) => inputTokens,
  output_tokens: ({ outputTokens }) => outputTokens,
  reasoning_tokens: ({ reasoningTokens }) => reasoningTokens,
  token_source: ({ tokenSource }) => tokenSource,
  magicubes: ({ credits }) => credits,
  price_source: ({ priceSource }) => priceSource,
  request_id: ({ upstreamRequestId }) => upstreamRequestId,
  call_id: ({ id }) => id,
  conversation_id: ({ conversationId }) => conversationId,
  image_id: ({ imageId }) => imageId,
};

/**
 * Rows as CSV for spreadsheets (RFC 4180): with a byte order mark before the first, and nothing in them
 * is read as a formula.
 */
export function toCsv(rows: readonly (string | number | null)[][], { isFirst = false } = {}) {
  return stringify([...rows], {
    bom: isFirst,
    escape_formulas: true,
    // A carriage return alone ends a line for some.
    quoted_match: /[\r\n]/,
    record_delimiter: "windows",
  });
}

type Page = { text: string; next: Cursor | null };

/** The file of a user's ledger page by page, so that no ledger is too long; unknown is empty. */
export function exportUsage({ userId }: Actor, filter: UsageFilter) {
  const encoder = new TextEncoder();
  const wanted = toFilter(filter);
  const readPage = async (cursor: Cursor | null): Promise<Page> => {
    const rows = await findCalls(userId, wanted, cursor, PAGE_SIZE);
    const calls = rows.map(toUsageCall);
    const cells = calls.map((call) => Object.values(COLUMNS).map((read) => read(call)));
    const head = cursor ? [] : [Object.keys(COLUMNS)];
    const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined;
    return {
      text: toCsv([...head, ...cells], { isFirst: cursor === null }),
      next: last ? { at: last.startedAt, id: last.id } : null,
    };
  };
  let cursor: Cursor | null = null;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { text, next } = await readPage(cursor);
      controller.enqueue(encoder.encode(text));
      cursor = next;
      if (!next) controller.close();
    },
  });
  return { body, mediaType: "text/csv", name: `usage-${toLedgerDay(now())}.csv` };
}
