import "server-only";
import { queryNamed } from "./pool";

export type WeatherRow = {
  model: string;
  /** Whether the numbers are of the last hour; else of the last day. */
  isHour: boolean;
  calls: number;
  succeeded: number;
  limited: number;
  /** Milliseconds; null where no call had a first token. */
  p50: number | null;
  p95: number | null;
};

/**
 * How each model did for the whole team in the last hour and day: calls and attempts that ended well or
 * failed (what was stopped, was never sent, or failed here says nothing), those refused with 429, and the
 * time to the first token.
 */
export function readWeather(): Promise<WeatherRow[]> {
  return queryNamed<WeatherRow>(
    "read-weather",
    `with recent as (
       select model, "startedAt" > now() - interval '1 hour' as is_recent, status, "errorCode",
              case when "isCall" then extract(epoch from "firstTokenAt" - coalesce("calledAt", "startedAt")) * 1000 end as ms
       from "UsageEntry"
       where "startedAt" > now() - interval '1 day' and status not in ('open', 'stopped')
         and ("calledAt" is not null or "firstTokenAt" is not null)
         and ("errorCode" is null or "errorCode" not in (
           'invalid_token', 'account_unbound', 'account_unverified', 'balance_empty', 'model_quota_day',
           'content_blocked', 'bad_request', 'not_found', 'restarting', 'token_missing',
           'image_copy_failed', 'storage_down', 'database_down', 'internal'))
     )
     select model, span.is_hour as "isHour", count(*)::int as calls,
            (count(*) filter (where status = 'complete'))::int as succeeded,
            (count(*) filter (where "errorCode" = 'rate_limited'))::int as limited,
            round(percentile_cont(0.5) within group (order by ms))::int as p50,
            round(percentile_cont(0.95) within group (order by ms))::int as p95
     from recent, (values (true), (false)) span(is_hour)
     where is_recent or not span.is_hour
     group by model, span.is_hour order by model, span.is_hour`,
    [],
  );
}
